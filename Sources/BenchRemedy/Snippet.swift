/// A text that brings fixes about when a person puts it where it belongs; never run by us.
package struct Snippet: Hashable, Sendable {
  /// What the text is.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case daemonJSON = "daemon-json"
    case systemdDropIn = "systemd-drop-in"
    case auditRules = "audit-rules"
    case fileCommands = "file-commands"
    case containerCommands = "container-commands"
    case composeOverride = "compose-override"
    case dockerfile = "dockerfile"
    case hostCommands = "host-commands"
    case swarmCommands = "swarm-commands"
    case staticPod = "static-pod"
    case kubeletConfig = "kubelet-config"
    case kubeletFlags = "kubelet-flags"
    case distributionConfig = "distribution-config"
    case nodeConfig = "node-config"
    case clusterCommands = "cluster-commands"
    case manifests = "manifests"
    case checklist = "checklist"
  }

  package var kind: Kind
  package var title: String
  /// A name for the file, which no other snippet of the list has.
  package var fileName: String
  /// Where the text belongs; empty where that is not one place.
  package var destination: String
  /// The language for highlighting: `json`, `sh`, `yaml`, `ini`, `dockerfile` or `text`.
  package var language: String
  /// The text, with a line feed at the end.
  package var text: String
  /// The hosts that it is for, in order.
  package var hosts: [String]
  /// The ids of the fixes that it brings about, in the catalogue's order.
  package var fixes: [String]
  /// What to know before applying it.
  package var notes: [Note]
}

/// A snippet before it is known for how many hosts it is.
struct Draft {
  var kind: Snippet.Kind
  var title: String
  var fileName: String
  var destination = ""
  var language: String
  var text: String
  /// The ids of the fixes that it brings about whole.
  var fixes: Set<String>
  var notes: [Note] = []
}

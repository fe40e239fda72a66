import BenchCatalog

/// Settings of the kubelet, as its configuration file and as options.
enum Kubelet {
  /// The options by the keys of the file; a feature gate's own is made of its name.
  private static let flags = [
    "authentication.anonymous.enabled": "--anonymous-auth",
    "authentication.x509.clientCAFile": "--client-ca-file",
    "authorization.mode": "--authorization-mode", "eventRecordQPS": "--event-qps",
    "imageGCHighThresholdPercent": "--image-gc-high-threshold",
    "imageGCLowThresholdPercent": "--image-gc-low-threshold",
    "imageMinimumGCAge": "--minimum-image-ttl-duration",
    "makeIPTablesUtilChains": "--make-iptables-util-chains", "podPidsLimit": "--pod-max-pids",
    "protectKernelDefaults": "--protect-kernel-defaults", "readOnlyPort": "--read-only-port",
    "rotateCertificates": "--rotate-certificates", "seccompDefault": "--seccomp-default",
    "serverTLSBootstrap": "--rotate-server-certificates",
    "streamingConnectionIdleTimeout": "--streaming-connection-idle-timeout",
    "tlsCertFile": "--tls-cert-file", "tlsCipherSuites": "--tls-cipher-suites",
    "tlsPrivateKeyFile": "--tls-private-key-file",
  ]

  /// Makes the part of the configuration file.
  static var config: SnippetMaker {
    SnippetMaker(takes: takes, usesItems: false) { host in
      let head = "apiVersion: \"kubelet.config.k8s.io/v1beta1\"\nkind: \"KubeletConfiguration\"\n"
      return Draft(
        kind: .kubeletConfig, title: "Keys for the kubelet's configuration file",
        fileName: "kubelet-config.yaml", destination: "/var/lib/kubelet/config.yaml",
        language: "yaml", text: head + yaml(object(host), ""), fixes: host.fixes,
        notes: host.notes)
    }
  }

  /// Makes the options, for a kubelet that is started without a configuration file.
  static var options: SnippetMaker {
    SnippetMaker(takes: takes, usesItems: false) { host in
      let words = flags(host).map { "\($0.flag)=\($0.value)" }
      let head = "# Only where the kubelet has no configuration file: options go before its keys."
      return Draft(
        kind: .kubeletFlags, title: "The same as options of the kubelet",
        fileName: "kubelet.env", destination: "/etc/default/kubelet", language: "sh",
        text: "\(head)\nKUBELET_EXTRA_ARGS=\(words.joined(separator: " ").shellQuoted)\n",
        fixes: host.fixes)
    }
  }

  private static func takes(_ task: FixTask) -> Bool {
    task.fix.kind == "kubelet-config" && task.fix.kubeletLayout == .kubeletConfig
  }

  /// The settings as options.
  static func flags(_ host: HostTasks) -> [(flag: String, value: String)] {
    var gates: [String] = []
    var found: [(flag: String, value: String)] = []
    for (key, value) in settings(host) {
      if key.hasPrefix("featureGates.") {
        gates.append(key.dropFirst("featureGates.".count) + "=" + value)
      } else if let flag = flags[key] {
        found.append((flag, value))
      }
    }
    if !gates.isEmpty { found.append(("--feature-gates", gates.joined(separator: ","))) }
    return found
  }

  /// The settings as an object of the configuration.
  static func object(_ host: HostTasks) -> JSONValue {
    settings(host).reduce(.object([])) { root, entry in
      let typed: JSONValue =
        entry.key == "tlsCipherSuites"
        ? .array(entry.value.split(separator: ",").map { .string(String($0)) })
        : FixValue.loose(entry.value)
      return setting(root, entry.key.split(separator: ".").map(String.init)[...], typed)
    }
  }

  /// An object as YAML.
  static func yaml(_ object: JSONValue, _ indent: String) -> String {
    lines(object, indent).map { $0 + "\n" }.joined()
  }

  /// The keys with their values, in the catalogue's order.
  private static func settings(_ host: HostTasks) -> [(key: String, value: String)] {
    host.tasks.filter { $0.fix.kind == "kubelet-config" }.flatMap { task in
      zip(task.fix.target.words, task.value.words).map { (key: $0.0, value: $0.1) }
    }
  }

  /// Sets a value at a path of keys.
  private static func setting(
    _ object: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue
  ) -> JSONValue {
    guard let key = path.first else { return value }
    var members = object.members
    if let place = members.firstIndex(where: { $0.key == key }) {
      members[place].value = setting(members[place].value, path.dropFirst(), value)
    } else {
      members.append(.init(key: key, value: setting(.object([]), path.dropFirst(), value)))
    }
    return .object(members)
  }

  /// The lines of an object as YAML; keys are the catalogue's.
  private static func lines(_ object: JSONValue, _ indent: String) -> [String] {
    object.members.flatMap { member -> [String] in
      switch member.value {
      case .object: ["\(indent)\(member.key):"] + lines(member.value, indent + "  ")
      case .array(let values):
        ["\(indent)\(member.key):"] + values.map { "\(indent)  - \($0.compact)" }
      default: ["\(indent)\(member.key): \(member.value.compact)"]
      }
    }
  }
}

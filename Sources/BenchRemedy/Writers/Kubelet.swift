import BenchCatalog

/// Settings of the kubelet, as its configuration file and as options.
enum Kubelet {
  /// The options by the keys of the file; a feature gate's own is made of its name.
  private static let flags = [
    "authentication.anonymous.enabled": "--anonymous-auth",
    "authentication.x509.clientCAFile": "--client-ca-file",
    "authorization.mode": "--authorization-mode", "eventRecordQPS": "--event-qps",
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
    SnippetMaker(takes: { $0.fix.kind == "kubelet-config" }, usesItems: false) { host in
      var root = JSONValue.object([
        .init(key: "apiVersion", value: .string("kubelet.config.k8s.io/v1beta1")),
        .init(key: "kind", value: .string("KubeletConfiguration")),
      ])
      for (key, value) in settings(host) {
        let typed: JSONValue =
          key == "tlsCipherSuites"
          ? .array(value.split(separator: ",").map { .string(String($0)) })
          : FixValue.loose(value)
        root = setting(root, key.split(separator: ".").map(String.init)[...], typed)
      }
      return Draft(
        kind: .kubeletConfig, title: "Keys for the kubelet's configuration file",
        fileName: "kubelet-config.yaml", destination: "/var/lib/kubelet/config.yaml",
        language: "yaml", text: lines(root, "").joined(separator: "\n") + "\n", fixes: host.fixes,
        notes: host.notes)
    }
  }

  /// Makes the options, for a kubelet that is started without a configuration file.
  static var options: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "kubelet-config" }, usesItems: false) { host in
      var gates: [String] = []
      var words: [String] = []
      for (key, value) in settings(host) {
        if key.hasPrefix("featureGates.") {
          gates.append(key.dropFirst("featureGates.".count) + "=" + value)
        } else if let flag = flags[key] {
          words.append(flag + "=" + value)
        }
      }
      if !gates.isEmpty { words.append("--feature-gates=" + gates.joined(separator: ",")) }
      let head = "# Only where the kubelet has no configuration file: options go before its keys."
      return Draft(
        kind: .kubeletFlags, title: "The same as options of the kubelet",
        fileName: "kubelet.env", destination: "/etc/default/kubelet", language: "sh",
        text: "\(head)\nKUBELET_EXTRA_ARGS=\(words.joined(separator: " ").shellQuoted)\n",
        fixes: host.fixes)
    }
  }

  /// The keys with their values, in the catalogue's order.
  private static func settings(_ host: HostTasks) -> [(key: String, value: String)] {
    host.tasks.flatMap { task in
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

import BenchCatalog

/// Options of the control plane's programs, as lines of the manifests that the kubelet starts them from.
enum StaticPod {
  /// The programs, by the kinds of the fixes that are about them.
  static let programs: [(kind: String, program: String)] = [
    ("apiserver-flag", "kube-apiserver"), ("controller-manager-flag", "kube-controller-manager"),
    ("scheduler-flag", "kube-scheduler"), ("etcd-flag", "etcd"),
  ]

  /// Makes a list of lines for each program.
  static var makers: [SnippetMaker] { programs.map(maker) }

  private static func maker(_ kind: String, _ program: String) -> SnippetMaker {
    SnippetMaker(
      takes: { $0.fix.kind == kind && $0.fix.flagsLayout == .staticPod }, usesItems: false
    ) { host in
      let flags = Flags(host.tasks)
      let manifest = "/etc/kubernetes/manifests/\(program).yaml"
      let head = "# In spec.containers[0].command of \(manifest)"
      let lines =
        flags.remarks.map { "# \($0)" } + flags.entries.map { "- \($0.flag)=\($0.value)" }
      return Draft(
        kind: .staticPod, title: "Options of \(program)", fileName: program + ".yaml",
        destination: manifest, language: "yaml",
        text: ([head] + lines).joined(separator: "\n") + "\n", fixes: host.fixes,
        notes: host.notes + flags.notes)
    }
  }
}

extension Fix {
  /// How options of the control plane are written where the fix is for.
  var flagsLayout: Distribution.Layout { distribution?.flags ?? .staticPod }

  /// How settings of the kubelet are written where the fix is for.
  var kubeletLayout: Distribution.Layout { distribution?.kubelet ?? .kubeletConfig }
}

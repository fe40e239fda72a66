import BenchCatalog

/// Options of the control plane's programs, as lines of the manifests that the kubelet starts them from.
enum StaticPod {
  /// Makes a list of lines for each program.
  static var makers: [SnippetMaker] {
    [
      maker("apiserver-flag", "kube-apiserver"),
      maker("controller-manager-flag", "kube-controller-manager"),
      maker("scheduler-flag", "kube-scheduler"), maker("etcd-flag", "etcd"),
    ]
  }

  private static func maker(_ kind: String, _ program: String) -> SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == kind }, usesItems: false) { host in
      var flags = Flags()
      for task in host.tasks {
        for (flag, value) in zip(task.fix.target.words, task.value.words) { flags.add(flag, value) }
      }
      let manifest = "/etc/kubernetes/manifests/\(program).yaml"
      let head = "# In spec.containers[0].command of \(manifest)"
      return Draft(
        kind: .staticPod, title: "Options of \(program)", fileName: program + ".yaml",
        destination: manifest, language: "yaml",
        text: ([head] + flags.lines).joined(separator: "\n") + "\n", fixes: host.fixes,
        notes: host.notes + flags.notes)
    }
  }

  /// The flags of one program, each once.
  private struct Flags {
    private var order: [String] = []
    private var values: [String: String] = [:]
    private var added: [String: [String]] = [:]
    private var removed: [String: [String]] = [:]
    private(set) var notes: [Note] = []

    /// Adds a value: one to set, `+A,B` to add to a list, `-A,B` to take from a list, or `(remove)`.
    mutating func add(_ flag: String, _ value: String) {
      if !order.contains(flag) { order.append(flag) }
      let names = value.dropFirst().split(separator: ",").map(String.init)
      switch value.first {
      case "+": added[flag, default: []] += names.filter { added[flag]?.contains($0) != true }
      case "-": removed[flag, default: []] += names.filter { removed[flag]?.contains($0) != true }
      default:
        if let known = values[flag], known != value {
          notes.append(.kept(key: flag, own: known, instead: value))
        } else {
          values[flag] = value
        }
      }
    }

    var lines: [String] {
      order.flatMap { flag -> [String] in
        var lines: [String] = []
        if let value = values[flag] {
          lines.append(value == "(remove)" ? "# Take out: \(flag)" : entry(flag, value))
        }
        if let names = added[flag] {
          lines.append("# Keep what \(flag) lists already.")
          lines.append(entry(flag, names.joined(separator: ",")))
        }
        if let names = removed[flag] {
          lines.append("# Take out of the list of \(flag): \(names.joined(separator: ", "))")
        }
        return lines
      }
    }

    private func entry(_ flag: String, _ value: String) -> String { "- \(flag)=\(value)" }
  }
}

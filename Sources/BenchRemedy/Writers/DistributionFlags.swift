import BenchCatalog

/// Options of Kubernetes' programs, as K3s, RKE2, RKE1 and MicroK8s have them.
enum DistributionFlags {
  /// Makes one file of all programs for each layout.
  static var makers: [SnippetMaker] {
    [
      maker(.configYAML, "config.yaml", "yaml", configYAML),
      maker(.clusterYML, "cluster.yml", "yaml", clusterYML),
      maker(.argsFile, "args.txt", "text", argsFiles),
    ]
  }

  /// A program with its options.
  private struct Program {
    /// Its name, but for `kube-` as the kubelet has it.
    var name: String
    var flags: Flags
  }

  private static func maker(
    _ layout: Distribution.Layout, _ fileName: String, _ language: String,
    _ lines: @escaping ([Program], String) -> [String]
  ) -> SnippetMaker {
    SnippetMaker(
      takes: { task in
        task.fix.kind == "kubelet-config"
          ? task.fix.kubeletLayout == layout
          : StaticPod.programs.contains { $0.kind == task.fix.kind }
            && task.fix.flagsLayout == layout
      }, usesItems: false
    ) { host in
      guard let distribution = host.tasks.first?.fix.distribution else { return nil }
      var programs = StaticPod.programs.map { kind, program in
        Program(name: program, flags: Flags(host.tasks.filter { $0.fix.kind == kind }))
      }
      programs.append(Program(name: "kubelet", flags: Flags(Kubelet.flags(host))))
      programs.removeAll(where: \.flags.isEmpty)
      let head = "# Then, on each node: \(distribution.restart)"
      return Draft(
        kind: .distributionConfig, title: "Options of \(distribution.name)", fileName: fileName,
        destination: distribution.flagsFile, language: language,
        text: ([head] + lines(programs, distribution.flagsFile)).joined(separator: "\n") + "\n",
        fixes: host.fixes, notes: host.notes + programs.flatMap(\.flags.notes))
    }
  }

  /// A flag as a key: without its dashes.
  private static func key(_ flag: String) -> String { String(flag.drop { $0 == "-" }) }

  /// A text as YAML and JSON have it in quotation marks.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).compact }

  /// The lists of K3s and RKE2: the last file's list goes, unless its key has a plus.
  private static func configYAML(_ programs: [Program], _ file: String) -> [String] {
    ["# Add to the lists that the file has already; a flag here goes before the built-in value."]
      + programs.flatMap { program in
        program.flags.remarks.map { "# \(program.name): \($0)" }
          + (program.flags.entries.isEmpty ? [] : ["\(program.name)-arg:"])
          + program.flags.entries.map { "  - \(quoted("\(key($0.flag))=\($0.value)"))" }
      }
  }

  /// The services of RKE1.
  private static func clusterYML(_ programs: [Program], _ file: String) -> [String] {
    let names = [
      "kube-apiserver": "kube-api", "kube-controller-manager": "kube-controller",
      "kube-scheduler": "scheduler",
    ]
    let services = programs.flatMap { program in
      program.flags.remarks.map { "  # \(program.name): \($0)" }
        + (program.flags.entries.isEmpty
          ? [] : ["  \(names[program.name] ?? program.name):", "    extra_args:"])
        + program.flags.entries.map { "      \(key($0.flag)): \(quoted($0.value))" }
    }
    let hasEntries = programs.contains { !$0.flags.entries.isEmpty }
    return (hasEntries ? ["services:"] : []) + services
  }

  /// The files of MicroK8s, one after the other.
  private static func argsFiles(_ programs: [Program], _ folder: String) -> [String] {
    programs.flatMap { program in
      ["", "# In \(folder)/\(program.name), each flag once:"]
        + program.flags.remarks.map { "# \($0)" }
        + program.flags.entries.map { "\($0.flag)=\($0.value)" }
    }
  }
}

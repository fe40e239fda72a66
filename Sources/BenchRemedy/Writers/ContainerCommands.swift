import BenchCatalog
import BenchModel

/// Options of containers, as docker update and docker run take them.
enum ContainerCommands {
  /// Makes the lines of all containers.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "run-option" }, usesItems: true) { host in
      var blocks: [[String]] = []
      var notes = host.notes
      var fixes: Set<String> = []
      for change in ContainerChange.all(host) {
        guard change.name.isPlain else {
          notes.append(.leftOut(.container, name: change.name.spelledOut))
          continue
        }
        if change.mustChoose { notes.append(.chooseByHost("run-apparmor", "run-selinux")) }
        fixes.formUnion(change.options.map(\.option.task.fix.id))
        if let service = change.service {
          notes.append(.swarmTask(container: change.name, service: service))
          let block = self.service(service, change)
          if !blocks.contains(block) { blocks.append(block) }
        } else {
          blocks.append(container(change))
        }
      }
      guard !blocks.isEmpty else { return nil }
      let head = [
        "# docker update takes hold at once; what the comments say, when the container is created anew."
      ]
      return Draft(
        kind: .containerCommands, title: "Options of containers", fileName: "containers.sh",
        language: "sh",
        text: ([head] + blocks).map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n",
        fixes: fixes, notes: notes)
    }
  }

  private static func container(_ change: ContainerChange) -> [String] {
    var lines = ["# Container \(change.name.shellQuoted)"]
    let memory = change.options.filter { $0.option.isMemory }.flatMap(\.option.updateArguments)
    let update = change.options.filter { !$0.option.isMemory }.flatMap(\.option.updateArguments)
    if !update.isEmpty {
      lines.append(
        "docker update \(update.map(\.shellWord).joined(separator: " ")) -- \(change.name.shellQuoted)"
      )
    }
    if !memory.isEmpty {
      // A limit below what the container uses kills it.
      lines.append(
        "# See what it uses first: docker stats --no-stream \(change.name.shellQuoted)")
      lines.append("# Equal values of the two switch swap off.")
      lines.append(
        "# docker update \(memory.map(\.shellWord).joined(separator: " ")) -- \(change.name.shellQuoted)"
      )
    }
    let run = change.options.filter { !change.isChoice($0.option) }.flatMap(\.option.arguments)
    if !run.isEmpty {
      lines.append("# docker run " + run.map(\.shellWord).joined(separator: " "))
    }
    return lines + remarks(change) { $0.arguments }
  }

  private static func service(_ service: String, _ change: ContainerChange) -> [String] {
    let update = change.options.flatMap(\.option.serviceArguments)
    var lines = ["# Service \(service.shellQuoted) of the swarm, on a manager"]
    if !update.isEmpty {
      lines.append(
        "docker service update \(update.map(\.shellWord).joined(separator: " ")) -- \(service.shellQuoted)"
      )
    }
    return lines + remarks(change) { $0.serviceArguments }
  }

  /// What no option brings about, and options of which one must be chosen.
  private static func remarks(
    _ change: ContainerChange, _ arguments: (RunOption) -> [String]
  ) -> [String] {
    change.options.compactMap { option, values in
      if change.isChoice(option) {
        let words = option.arguments.map(\.shellWord).joined(separator: " ")
        return "# on hosts that have it: \(words)"
      }
      return arguments(option).isEmpty ? "# " + ContainerChange.words(option, values) : nil
    }
  }
}

import BenchCatalog
import BenchModel

/// Commands on the host itself.
enum HostCommands {
  /// Takes users out of the docker group.
  static var maker: SnippetMaker {
    SnippetMaker(
      takes: { $0.fix.id == "host-docker-group" && $0.items.contains { $0.kind == .user } },
      usesItems: true
    ) { host in
      var notes = host.notes
      var lines: [String] = []
      for task in host.tasks {
        for (name, _) in task.named(.user) {
          guard name.isPlain else {
            notes.append(.leftOut(.user, name: name.spelledOut))
            continue
          }
          lines.append("gpasswd --delete \(name.shellQuoted) \(task.fix.target.shellWord)")
        }
      }
      guard !lines.isEmpty else { return nil }
      let head = "# Leave out those who may be root on this host."
      return Draft(
        kind: .hostCommands, title: "Members of the docker group", fileName: "docker-group.sh",
        language: "sh", text: ([head] + lines).joined(separator: "\n") + "\n", fixes: host.fixes,
        notes: notes)
    }
  }
}

/// Commands for a manager of a swarm; once for the swarm, not on each host.
enum SwarmCommands {
  /// Makes the commands; those that end something or want a name are comments.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "swarm-command" }, usesItems: true) { host in
      var notes = host.notes
      var lines = ["# Once for the swarm, on a manager; complete what is in capitals."]
      for task in host.tasks {
        lines += ["", "# \(task.fix.title)"]
        let networks = task.named(.network).map(\.name)
        let usable = networks.filter(\.isPlain)
        notes += networks.filter { !$0.isPlain }.map {
          .leftOut(.network, name: $0.spelledOut)
        }
        let wantsNames = task.value.words.contains { word in
          word.count > 1 && word.contains(where: \.isUppercase) && !word.hasPrefix("-")
        }
        if wantsNames, !usable.isEmpty, task.value.hasSuffix(" NETWORK") {
          let command = task.value.dropLast("NETWORK".count)
          lines += usable.map { name in
            // There is one network of this kind, which must go before it is made anew.
            name == "ingress"
              ? "# docker network rm ingress, then: \(command)--ingress ingress"
              : "\(command)-- \((name + "-encrypted").shellQuoted)"
          }
        } else if wantsNames || task.fix.id == "swarm-leave" {
          lines.append("# \(task.value)")
        } else {
          lines.append(task.value)
        }
      }
      return Draft(
        kind: .swarmCommands, title: "Commands for the swarm", fileName: "swarm.sh",
        language: "sh", text: lines.joined(separator: "\n") + "\n", fixes: host.fixes,
        notes: notes)
    }
  }
}

import BenchCatalog

/// Commands for a cluster, with its provider's or its distribution's own program.
enum ClusterCommands {
  /// Makes the commands; those that want a name are comments.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "command" }, usesItems: false) { host in
      guard let distribution = host.tasks.first?.fix.distribution else { return nil }
      let lines = host.tasks.flatMap { task in
        let isOpen = task.value.contains(/\b[A-Z][A-Z_]{2,}\b/)
        return ["", "# \(task.fix.title)", (isOpen ? "# " : "") + task.value]
      }
      return Draft(
        kind: .clusterCommands, title: "Commands for \(distribution.name)",
        fileName: "cluster.sh", language: "sh",
        text: (["# Once for each cluster; complete what is in capitals."] + lines)
          .joined(separator: "\n") + "\n",
        fixes: host.fixes, notes: host.notes)
    }
  }
}

import BenchCatalog
import BenchModel

/// Instructions for Dockerfiles, as comments: what stands around them only the image's owner knows.
enum DockerfileLines {
  /// Makes the instructions of all images; images that need the same share them.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "dockerfile" }, usesItems: true) { host in
      var notes = host.notes
      // What is in a Dockerfile's comment can't be taken for a directive once another comment was before it.
      var blocks = [["# Take out the comment mark of an instruction where it fits."]]
      for (images, tasks) in owners(host, &notes) {
        blocks.append(
          images.map { "# \($0)" }
            + tasks.flatMap { ["#   # \($0.fix.title)", "#   \($0.value)"] })
      }
      return Draft(
        kind: .dockerfile, title: "Instructions for Dockerfiles", fileName: "Dockerfile.additions",
        language: "dockerfile",
        text: blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n",
        fixes: host.fixes, notes: notes)
    }
  }

  /// The images that need the same instructions, with these; images by name, or by the container that runs them.
  private static func owners(
    _ host: HostTasks, _ notes: inout [Note]
  ) -> [(names: [String], tasks: [FixTask])] {
    var byName: [String: [FixTask]] = [:]
    for task in host.tasks {
      var isNamed = false
      for (kind, words) in [(ItemKind.image, "Image"), (.container, "Image of the container")] {
        for (name, _) in task.named(kind) {
          guard name.isPlain else {
            notes.append(.leftOut(kind, name: name.spelledOut))
            continue
          }
          isNamed = true
          byName["\(words) \(name)", default: []].append(task)
        }
      }
      if !isNamed { byName["Images of this host", default: []].append(task) }
    }
    let byTasks = Dictionary(grouping: byName.keys) { byName[$0]?.map(\.fix.id) ?? [] }
    return byTasks.values.map { $0.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
      .map { names in (names, names.first.flatMap { byName[$0] } ?? []) }
  }
}

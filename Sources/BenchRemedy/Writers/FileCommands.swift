import BenchCatalog
import BenchModel

/// Owners and modes of files, as shell lines.
enum FileCommands {
  /// Makes the lines.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { ["ownership", "mode"].contains($0.fix.kind) }, usesItems: true) { host in
      var lines: [String] = []
      var notes: [Note] = []
      var fixes: Set<String> = []
      for task in host.tasks {
        let (commands, leftOut) = commands(task)
        notes += task.notes + leftOut
        guard !commands.isEmpty else { continue }
        fixes.insert(task.fix.id)
        for command in commands where !lines.contains(command) { lines.append(command) }
      }
      guard !lines.isEmpty else { return nil }
      return Draft(
        kind: .fileCommands, title: "Owners and modes of files", fileName: "files.sh",
        language: "sh", text: lines.joined(separator: "\n") + "\n", fixes: fixes, notes: notes)
    }
  }

  /// The commands of a fix: for the paths of its findings, else for those that the catalogue names.
  private static func commands(_ task: FixTask) -> (commands: [String], notes: [Note]) {
    let change = (task.fix.kind == "mode" ? "chmod " : "chown ") + task.value
    let targets = task.fix.target.words.map(split)
    let paths = task.named(.file).map(\.name)
    if paths.isEmpty {
      return (targets.map { command(change, $0.path, $0.pattern) }, [])
    }
    // What a finding names may be the folder where what must change are files in it.
    let pattern = targets.count == 1 ? targets[0].pattern : ""
    let suffix = pattern.split(separator: "*").last.map(String.init) ?? ""
    let commands = paths.filter(isSafe).map { path in
      let isFile = pattern.isEmpty || suffix.hasPrefix(".") && path.hasSuffix(suffix)
      return command(change, path, isFile ? "" : pattern)
    }
    return (
      commands, paths.filter { !isSafe($0) }.map { .leftOut(.file, name: $0.spelledOut) }
    )
  }

  /// Whether a path is one that a command may be written for: absolute, without a way back up, and plain.
  private static func isSafe(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    return path.isPlain && path.utf8.first == UInt8(ascii: "/") && !parts.isEmpty
      && !parts.contains { $0.elementsEqual("..".utf8) }
  }

  /// A path of the catalogue, and the pattern of names behind it.
  private static func split(_ target: String) -> (path: String, pattern: String) {
    guard let star = target.firstIndex(of: "*") else { return (target, "") }
    return (String(target[..<star].dropLast()), String(target[star...]))
  }

  /// A command for a path, or for the files below it that a pattern matches.
  ///
  /// `**` stands for the whole tree, `**/*.crt` for files anywhere in it, `*.yaml` for files of the folder. `find` does
  /// the matching, since a shell that finds nothing hands on the pattern itself.
  private static func command(_ change: String, _ path: String, _ pattern: String) -> String {
    if pattern.isEmpty { return "\(change) -- \(path.shellQuoted)" }
    if pattern == "**" {
      let words = change.words
      return words[..<1].joined() + " -R " + words.dropFirst().joined(separator: " ") + " -- "
        + path.shellQuoted
    }
    let isDeep = pattern.hasPrefix("**/")
    let name = String(isDeep ? pattern.dropFirst(3) : pattern[...])
    return "find \(path.shellQuoted)" + (isDeep ? "" : " -maxdepth 1") + " -type f"
      + (name == "*" ? "" : " -name \(name.shellQuoted)") + " -exec \(change) -- {} +"
  }
}

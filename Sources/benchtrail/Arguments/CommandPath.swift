import ArgumentParser

/// A command of the tree, with the way there: `benchtrail policy audit`.
struct CommandPath {
  /// The command and those above it, the program first.
  private var types: [any ParsableCommand.Type] = [Benchtrail.self]

  /// The program itself.
  static let root = CommandPath()

  /// The command.
  var type: any ParsableCommand.Type { types.last ?? Benchtrail.self }

  /// The names that are typed behind the program's.
  var names: [String] { types.dropFirst().map { $0._commandName } }

  /// All that is typed: `benchtrail policy audit`.
  var words: String { types.map { $0._commandName }.joined(separator: " ") }

  var isRoot: Bool { types.count == 1 }

  /// Whether it only holds other commands.
  var isGroup: Bool { !type.configuration.subcommands.isEmpty }

  /// The names of the commands below it, without their aliases.
  var children: [String] { type.configuration.subcommands.map { $0._commandName } }

  /// The names of the commands below it, and their aliases.
  var callable: [String] {
    type.configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases }
  }

  /// The command below that has a name or an alias.
  func child(_ name: String) -> CommandPath? {
    let found = type.configuration.subcommands.first {
      $0._commandName == name || $0.configuration.aliases.contains(name)
    }
    guard let found else { return nil }
    var path = self
    path.types.append(found)
    return path
  }

  /// Follows the names at the beginning of a command line.
  ///
  /// - Parameter arguments: What was typed behind the program's name.
  /// - Returns: The command, and what follows its name.
  static func read(_ arguments: [String]) -> (path: CommandPath, rest: ArraySlice<String>) {
    var path = root
    var rest = arguments[...]
    while let word = rest.first, let child = path.child(word) {
      path = child
      rest = rest.dropFirst()
    }
    return (path, rest)
  }

  /// The first example of its help that is one line.
  var example: String? {
    type.configuration.discussion.split(separator: "\n").map { $0.drop { $0 == " " } }
      .first { $0.hasPrefix("benchtrail ") && $0.last != "\\" }.map(String.init)
  }
}

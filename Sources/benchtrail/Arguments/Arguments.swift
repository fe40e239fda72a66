import ArgumentParser

/// What was typed behind the program's name, as the parser takes it.
///
/// The parser wants options behind the command that has them, and no value that begins with a dash; a person types them
/// as they come to mind.
struct Arguments {
  /// The words that the parser is handed.
  private(set) var words: [String]

  /// Takes a command line.
  ///
  /// - Parameters:
  ///   - typed: What stands behind the program's name.
  ///   - hasDatabase: Tells whether there is a database where it is looked for; it is asked where nothing is typed.
  ///   - environment: Gives the value of a variable that is set.
  /// - Throws: ``Failure`` for a variable that names no format.
  init(
    _ typed: [String], hasDatabase: () -> Bool, environment: (String) -> String?
  ) throws {
    words = typed
    guard let first = typed.first else {
      if hasDatabase() { words = Self.bare.names }
      return
    }
    // A shell asks for completions in words of its own.
    if Self.areCompletion(typed) { return }
    if first.hasPrefix("-") || CommandPath.root.child(first)?.isGroup == true {
      words = Self.commandFirst(typed) ?? typed
    }
    let (path, rest) = CommandPath.read(words)
    guard !path.isGroup, !rest.contains(where: Self.help.contains) else { return }
    var syntax: Syntax?
    func known() -> Syntax {
      let known = syntax ?? Syntax(path)
      syntax = known
      return known
    }
    var tail = Array(rest)
    if tail.contains(where: Self.isNegative) { tail = Self.joinNegatives(tail, known()) }
    if let format = try DefaultFormat.choose(rest: tail, environment: environment, syntax: known) {
      tail.insert("--format=\(format)", at: 0)
    }
    words = words.prefix(words.count - rest.count) + tail
  }

  /// What is meant by the program's name alone, where there is something to show.
  static let bare = CommandPath.root.child("hosts") ?? .root

  /// Whether a shell asks for completions.
  static func areCompletion(_ words: [String]) -> Bool { words.first == "---completion" }

  private static let help: Set = ["-h", "--help", "--help-hidden", "--version"]

  // MARK: - Options before the command

  /// Puts options that stand before the command, or between the names of one, behind it; nil where no command is found.
  private static func commandFirst(_ typed: [String]) -> [String]? {
    if let found = find(.root, options: [], typed[...]) { return found }
    // Options alone are those of the command that is meant then.
    guard !typed.contains(where: help.contains), typed.first?.hasPrefix("-") == true,
      fits(typed, Syntax(bare), allowsUnknown: false)
    else { return nil }
    return bare.names + typed
  }

  /// Looks for the command behind options that may have values: `--db show show` is the command `show`.
  private static func find(
    _ path: CommandPath, options: [String], _ rest: ArraySlice<String>
  ) -> [String]? {
    guard path.isGroup else {
      guard options.isEmpty || fits(options, Syntax(path), allowsUnknown: true) else { return nil }
      return path.names + options + rest
    }
    // The help of a group needs no option.
    if rest.isEmpty, !path.isRoot { return path.names }
    for index in rest.indices {
      let word = rest[index]
      if word == "--" { return nil }
      if word.hasPrefix("-") { continue }
      if let child = path.child(word),
        let found = find(child, options: options + rest[..<index], rest[(index + 1)...])
      {
        return found
      }
      // Only the value of an option may stand here.
      guard index > rest.startIndex, rest[index - 1].hasPrefix("-"),
        !rest[index - 1].contains("=")
      else { return nil }
    }
    return nil
  }

  /// Whether words are options with their values, and nothing else.
  private static func fits(_ words: [String], _ syntax: Syntax, allowsUnknown: Bool) -> Bool {
    var mayBeValue = false
    for part in syntax.read(words) {
      switch part {
      case .option(_, let option, let value):
        if option.takesValue, value == nil { return false }
        mayBeValue = false
      case .unknown:
        if !allowsUnknown { return false }
        mayBeValue = true
      case .argument:
        if !mayBeValue { return false }
        mayBeValue = false
      }
    }
    return true
  }

  // MARK: - Negative numbers

  private static func isNegative(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && Double(word) != nil && word.dropFirst().first != "-"
  }

  /// Writes `--window -1` as `--window=-1`, so that the command says what is wrong with the number.
  private static func joinNegatives(_ words: [String], _ syntax: Syntax) -> [String] {
    var joined: [String] = []
    for word in words {
      if isNegative(word), let last = joined.last, last.hasPrefix("--"),
        syntax.option(last)?.takesValue == true
      {
        joined[joined.count - 1] = "\(last)=\(word)"
      } else {
        joined.append(word)
      }
    }
    return joined
  }
}

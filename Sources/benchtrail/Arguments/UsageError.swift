import ArgumentParser
import BenchModel

/// Words what the parser found wrong with a command line: what was given, what was expected and what to type.
///
/// The parser's errors are its own, so the first words of its message tell the kind, and the command line is read again
/// to name what it is about. A message of another kind, as our commands throw them, stays as it is.
struct UsageError {
  private let arguments: [String]
  private let path: CommandPath
  private let rest: ArraySlice<String>
  private let message: String

  /// Takes an error apart; nil where it is no wrong usage: help was asked for, or the command ended with a code.
  ///
  /// - Parameters:
  ///   - error: What parsing or a command threw.
  ///   - arguments: The words that the parser was handed.
  init?(_ error: any Error, _ arguments: [String]) {
    guard !(error is ExitCode), Benchtrail.exitCode(for: error) == .validationFailure else {
      return nil
    }
    self.arguments = arguments
    (path, rest) = CommandPath.read(arguments)
    message = Benchtrail.message(for: error)
  }

  /// The error as a person reads it.
  var failure: Failure {
    let isOther = Kind(message) == .other
    let named = path.isGroup && !isOther ? Named(noCommand) : named
    var hints = named?.hints ?? []
    hints.append(
      path.isGroup
        ? "'\(path.words) --help' lists its commands" : "'\(path.words) --help' lists its options")
    return Failure(named?.message ?? Self.plain(message), hints: hints, code: Failure.usage)
  }

  /// A message that is ours, with what to type.
  private struct Named {
    var message: String
    var hints: [String] = []

    init(_ message: String, hints: [String] = []) {
      self.message = message
      self.hints = hints
    }
  }

  private var named: Named? {
    let syntax = Syntax(path)
    let parts = syntax.read(rest)
    let kind = Kind(message)
    // What is mistyped is often why the rest is missing, or makes no sense.
    if kind != .unknownOption, let mistyped = unknownOption(parts.filter(\.isUnknownName), syntax) {
      return mistyped
    }
    return switch kind {
    case .unknownOption: unknownOption(parts, syntax)
    case .missingValue: missingValue(parts)
    case .badValue: badValue(parts, syntax)
    case .valueOfFlag: valueOfFlag(parts)
    case .tooMany: tooMany(parts, syntax)
    case .missingArgument: missingArgument(syntax)
    case .other: nil
    }
  }

  // MARK: - Commands

  /// Says that no command is called so, or that one must be named.
  private var noCommand: String {
    let above = path.isRoot ? "" : path.names.joined(separator: " ") + " "
    guard let word = mistyped else {
      guard path.isRoot, let option = rest.first else {
        return "'\(path.words)' needs a command: \(Choices.list(path.children))"
      }
      let known = Syntax(path).longNames + Syntax(Arguments.bare).longNames
      let near = Choices.question(option, known).map { ", \($0)" } ?? ""
      return "'\(path.words)' has no option '\(option)'\(near)"
    }
    let near = Spelling.closest(to: word, in: path.callable).map { above + $0 }
    if let question = Choices.question(near) { return "no command '\(above)\(word)', \(question)" }
    let commands = path.isRoot ? "" : "; '\(path.words)' has \(Choices.list(path.children))"
    return "no command '\(above)\(word)'\(commands)"
  }

  /// The word that stands for a command: one that is spelt nearly so, else the first that is no option's value.
  private var mistyped: String? {
    let words = rest.prefix { $0 != "--" }
    let candidates = words.indices.filter { !words[$0].hasPrefix("-") }
    let free = candidates.filter { $0 == words.startIndex || !words[$0 - 1].hasPrefix("-") }
    let isNear = { (index: Int) in
      !Spelling.closest(to: words[index], in: path.callable).isEmpty
    }
    let found = free.first(where: isNear) ?? free.first ?? candidates.first(where: isNear)
    return found.map { words[$0] }
  }

  // MARK: - Options

  private func unknownOption(_ parts: [Syntax.Part], _ syntax: Syntax) -> Named? {
    for case .unknown(let word) in parts {
      let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
      let isLong = name.hasPrefix("--")
      // `-limit 5` and `-n5` are written so in other tools.
      if !isLong, syntax.option("-\(name)") != nil {
        return Named("'\(path.words)' has no option '\(name)', did you mean '-\(name)'?")
      }
      if !isLong, let option = syntax.option(String(name.prefix(2))), option.takesValue {
        return Named(
          "'\(name)': type '\(name.prefix(2)) \(name.dropFirst(2))', with a blank between")
      }
      let near = isLong ? Choices.question(name, syntax.longNames) : nil
      return Named("'\(path.words)' has no option '\(name)'\(near.map { ", \($0)" } ?? "")")
    }
    return nil
  }

  private func missingValue(_ parts: [Syntax.Part]) -> Named? {
    for case .option(let name, let option, value: nil) in parts where option.takesValue {
      return Named("\(name) needs a value: \(Expected(option).words(name))")
    }
    return nil
  }

  private func badValue(_ parts: [Syntax.Part], _ syntax: Syntax) -> Named? {
    for case .option(let name, let option, let value?) in parts
    where message.hasPrefix("The value '\(value)' is invalid for '\(name) ")
      || message.hasPrefix("The value '\(value)' is invalid for '\(name)'")
    {
      guard option.values.isEmpty else {
        return Named(Choices.words("\(name) \(value)", value, option.values))
      }
      return Named("\(name) \(value): \(Expected(option).words(name))")
    }
    return nil
  }

  private func valueOfFlag(_ parts: [Syntax.Part]) -> Named? {
    for case .option(let name, let option, let value?) in parts where !option.takesValue {
      return Named("\(name) takes no value, so not '\(value)': type '\(name)' or leave it out")
    }
    return nil
  }

  // MARK: - Arguments

  private func tooMany(_ parts: [Syntax.Part], _ syntax: Syntax) -> Named? {
    let most = syntax.arguments.contains(where: \.isRepeated) ? Int.max : syntax.arguments.count
    let given = parts.compactMap { part -> String? in
      if case .argument(let word) = part { word } else { nil }
    }
    guard given.count > most else { return nil }
    let word = given[most]
    guard let argument = syntax.arguments.last else {
      let host = syntax.option("--host") == nil ? "" : "; for a host type '--host \(word)'"
      return Named("'\(path.words)' takes no '\(word)'\(host)")
    }
    return Named(
      "'\(path.words)' takes one \(argument.valueName), and '\(word)' is another; leave one out")
  }

  private func missingArgument(_ syntax: Syntax) -> Named? {
    let option = syntax.options.first { option in
      option.isRequired && option.names.contains { message.contains("'\($0) <") }
    }
    let required = syntax.arguments.filter(\.isRequired)
    let argument = required.first { message.contains("'<\($0.valueName)>") } ?? required.first
    guard let missing = option ?? argument else { return nil }
    let name = missing.names.last ?? missing.valueName
    return Named(
      "'\(path.words)' needs \(name): \(Self.begun(missing.abstract))",
      hints: path.example.map { ["as in '\($0)'"] } ?? [])
  }

  // MARK: - Words

  /// What the parser's message is about, by its first words.
  private enum Kind {
    case unknownOption, missingValue, badValue, valueOfFlag, tooMany, missingArgument, other

    init(_ message: String) {
      let kinds: [(String, Kind)] = [
        ("Unknown option", .unknownOption), ("Invalid option", .unknownOption),
        ("Missing value for", .missingValue), ("The value '", .badValue),
        ("The option '", .valueOfFlag), ("Unexpected argument", .tooMany),
        ("Missing expected argument", .missingArgument),
      ]
      if message.contains(" unexpected arguments: ") {
        self = .tooMany
      } else {
        self = kinds.first { message.hasPrefix($0.0) }?.1 ?? .other
      }
    }
  }

  /// A sentence as it follows the program's name: without its capital and its full stop.
  private static func plain(_ message: String) -> String {
    let line = message.split { $0.isWhitespace }.joined(separator: " ")
    return begun(line.hasPrefix("Error: ") ? String(line.dropFirst("Error: ".count)) : line)
  }

  private static func begun(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? sentence.dropLast() : Substring(sentence)
    guard let first = text.first, text.dropFirst().first?.isUppercase != true else {
      return String(text)
    }
    return first.lowercased() + text.dropFirst()
  }
}

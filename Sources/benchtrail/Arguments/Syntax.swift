import ArgumentParser
import Foundation

/// What a command takes: its options, flags and arguments, as the parser itself tells.
struct Syntax {
  /// One of them.
  struct Parameter {
    /// `--limit`, `-n`; none for an argument, which is told by its place.
    var names: [String]
    var takesValue: Bool
    var isRequired: Bool
    var isRepeated: Bool
    /// What the value is called in the help.
    var valueName: String
    /// The values that there are; none where any may be given.
    var values: [String]
    /// What the help says of it.
    var abstract: String
  }

  /// A part of a command line.
  enum Part {
    /// An option or a flag, with the value that stands with it.
    case option(String, Parameter, value: String?)
    /// What begins as an option and is none of the command's.
    case unknown(String)
    case argument(String)

    /// Whether it is a long name that the command does not have.
    var isUnknownName: Bool {
      if case .unknown(let word) = self { word.hasPrefix("--") } else { false }
    }
  }

  var options: [Parameter] = []
  var arguments: [Parameter] = []

  /// The names of the options that are not asked for by short letters.
  var longNames: [String] { options.flatMap(\.names).filter { $0.hasPrefix("--") } }

  /// Asks the parser what a command takes.
  init(_ path: CommandPath) {
    guard
      let dump = try? JSONDecoder().decode(Dump.self, from: Data(path.type._dumpHelp().utf8))
    else { return }
    for argument in dump.command.arguments ?? [] {
      let parameter = Parameter(argument, isGate: path.names == ["gate"])
      if argument.kind == "positional" {
        arguments.append(parameter)
      } else {
        options.append(parameter)
      }
    }
  }

  /// The option that has a name.
  func option(_ name: String) -> Parameter? { options.first { $0.names.contains(name) } }

  /// Takes a command line apart.
  func read(_ words: some Sequence<String>) -> [Part] {
    var parts: [Part] = []
    var words = Array(words)[...]
    while let word = words.popFirst() {
      if word == "--" { return parts + words.map(Part.argument) }
      guard word.count > 1, word.hasPrefix("-") else {
        parts.append(.argument(word))
        continue
      }
      let pieces = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(String.init)
      let name = pieces.first ?? word
      guard let option = option(name) else {
        parts.append(.unknown(word))
        continue
      }
      var value = pieces.count > 1 ? pieces[1] : nil
      if option.takesValue, value == nil, let next = words.first,
        next == "-" || !next.hasPrefix("-")
      {
        value = next
        words.removeFirst()
      }
      parts.append(.option(name, option, value: value))
    }
    return parts
  }
}

extension Syntax {
  /// What the parser writes of a command for other programs.
  fileprivate struct Dump: Decodable {
    struct Command: Decodable {
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        var kind: String
        var name: String
      }
      var kind: String
      var names: [Name]?
      var isOptional: Bool
      var isRepeating: Bool
      var valueName: String?
      var allValues: [String]?
      var abstract: String?
    }

    var command: Command
  }
}

extension Syntax.Parameter {
  fileprivate init(_ argument: Syntax.Dump.Argument, isGate: Bool) {
    let names = (argument.names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
    self.names = names
    takesValue = argument.kind == "option"
    isRequired = !argument.isOptional
    isRepeated = argument.isRepeating
    valueName = argument.valueName ?? "value"
    // The forms of a result are one type, and one of them is the gate's alone.
    values = (argument.allValues ?? []).filter {
      isGate || !names.contains("--format") || $0 != OutputOptions.Format.github.rawValue
    }
    abstract = argument.abstract ?? ""
  }
}

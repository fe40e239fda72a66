import BenchModel

/// How the results of a control's parts make its outcome.
///
/// Aqua docker-bench tests some controls twice: `2.2.a` the daemon's command line, and `2.2.b` its configuration file.
enum PartRule: Sendable, Equatable {
  /// Either is enough: the control holds if a part passes.
  case any
  /// All must hold: the control is broken if a part fails.
  case all
  /// Only one part, by its letter, tells anything.
  case part(String)

  /// Reads the word of `parts.tsv`.
  init(_ word: Substring) {
    switch word {
    case "any": self = .any
    case "all": self = .all
    default: self = .part(String(word))
    }
  }

  /// Whether a text is a word of `parts.tsv`.
  @Sendable static func isRule(_ word: Substring) -> Bool {
    word == "any" || word == "all"
      || (word.utf8.count == 1 && word.utf8.allSatisfy { $0 &- 0x61 < 26 })
  }

  /// The id of the whole and the letter of a part: `2.2.b` gives `2.2` and `b`; nil for a check that is no part.
  static func split(_ id: String) -> (id: String, part: String)? {
    guard let dot = id.lastIndex(of: "."), dot > id.startIndex else { return nil }
    let part = id[id.index(after: dot)...]
    guard part.utf8.count == 1, let letter = part.utf8.first, letter &- 0x61 < 26 else {
      return nil
    }
    return (String(id[..<dot]), String(part))
  }

  /// The result of the whole; nil if a part that could tell is missing.
  ///
  /// - Parameters:
  ///   - parts: The parts' letters and results, in their order.
  ///   - isWhole: Whether no part is missing.
  /// - Returns: The result, or nil.
  func status(_ parts: [(part: String, status: Status)], isWhole: Bool) -> Status? {
    let order: [Status]
    switch self {
    case .any: order = isWhole ? [.pass, .fail, .warn, .info] : [.pass]
    case .all: order = isWhole ? [.fail, .warn, .pass, .info] : [.fail]
    case .part(let part): return parts.first { $0.part == part }?.status
    }
    return order.first { status in parts.contains { $0.status == status } }
  }
}

import ArgumentParser
import BenchModel
import BenchReports

/// A word that a shell wants to be completed, and the database and policy that its command line names.
struct CompletionRequest {
  /// The word up to the cursor.
  let word: String
  /// What of the word stays: bash takes `web-1@20` for three words, and replaces only the last of them.
  private let head: String
  /// The options of the command line that tell where to look, as the parser takes them.
  let options: [String]

  /// What ends a word for bash, and not for us.
  private static let breaks: Set = ["@", ":", "="]
  private static let places = ["--db", "--policy", "--catalog"]

  /// Takes what the parser hands to a completion.
  ///
  /// - Parameters:
  ///   - words: The words of the command line as they were typed.
  ///   - index: Which of them is to be completed.
  ///   - prefix: The part of that word before the cursor.
  init(_ words: [String], _ index: Int, _ prefix: String) {
    var pieces = Array(words.prefix(max(index, 0))) + [prefix]
    let last = Self.breaks.contains(prefix) ? "" : prefix
    if CompletionShell.requesting == .bash { pieces = Self.joined(pieces) }
    var word = Self.plain(pieces.last ?? "")
    var head = word.hasSuffix(last) ? String(word.dropLast(last.count)) : ""
    // `--host=web` is an option with the word behind it.
    if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
      word = String(word[word.index(after: equals)...])
      head = head.firstIndex(of: "=").map { String(head[head.index(after: $0)...]) } ?? ""
    }
    self.word = word
    self.head = CompletionShell.requesting == .bash ? head : ""
    options = Self.options(CompletionShell.requesting == .bash ? Self.joined(words) : words)
  }

  /// The names that begin as the word does, as the shell takes them.
  ///
  /// Whoever runs a container or a host chooses its name: one that could steer a terminal is not offered.
  func offer(_ names: [String]) -> [String] {
    let isZsh = CompletionShell.requesting == .zsh
    return names.filter { name in
      name.hasPrefix(word) && name.hasPrefix(head) && !name.isEmpty
        && name.unicodeScalars.allSatisfy { !$0.isUnsafe }
    }.map { name in
      let rest = String(name.dropFirst(head.count))
      // Behind a colon zsh expects a description.
      return isZsh ? rest.replacing("\\", with: "\\\\").replacing(":", with: "\\:") : rest
    }
  }

  /// Words that bash has split at its own marks, as they were typed.
  private static func joined(_ words: [String]) -> [String] {
    var joined: [String] = []
    var isOpen = false
    for word in words {
      let isBreak = breaks.contains(word)
      if isBreak || isOpen, joined.count > 1 {
        joined[joined.count - 1] += word
      } else {
        joined.append(word)
      }
      isOpen = isBreak
    }
    return joined
  }

  private static func options(_ words: [String]) -> [String] {
    var options: [String] = []
    for (index, word) in words.enumerated() {
      for place in places {
        if word == place, index + 1 < words.count {
          options += [place, plain(words[index + 1])]
        } else if word.hasPrefix(place + "=") {
          options += [place, plain(String(word.dropFirst(place.count + 1)))]
        }
      }
    }
    return options
  }

  /// A word without its quotes: shells hand them over as they were typed.
  private static func plain(_ word: String) -> String {
    var text = word.replacing("\\", with: "")
    for quote in ["'", "\""] where text.hasPrefix(quote) {
      text.removeFirst()
      if text.hasSuffix(quote) { text.removeLast() }
    }
    if text.hasPrefix("~/"), let home = Output.environment("HOME") {
      text = home + text.dropFirst()
    }
    return text
  }
}

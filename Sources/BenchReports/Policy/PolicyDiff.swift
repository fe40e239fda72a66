/// What differs between two contents of a policy's file, line by line.
package struct PolicyDiff: Sendable {
  /// A line of either content.
  package struct Line: Hashable, Sendable {
    /// Where the line is.
    package enum Kind: String, Sendable {
      case same
      case removed
      case added
    }

    package var kind: Kind
    package var text: String
  }

  /// The lines of both in one order.
  package let lines: [Line]

  /// How many lines are shown around one that differs.
  private static let context = 3

  /// Compares two texts.
  package init(from old: String, to new: String) {
    let (left, right) = (Self.split(old), Self.split(new))
    let difference = right.difference(from: left)
    let removed = Set(
      difference.removals.compactMap { change in
        if case .remove(let offset, _, _) = change { offset } else { nil }
      })
    let added = Set(
      difference.insertions.compactMap { change in
        if case .insert(let offset, _, _) = change { offset } else { nil }
      })
    var lines: [Line] = []
    var (one, other) = (0, 0)
    while one < left.count || other < right.count {
      if one < left.count, removed.contains(one) {
        lines.append(Line(kind: .removed, text: left[one]))
        one += 1
      } else if other < right.count, added.contains(other) {
        lines.append(Line(kind: .added, text: right[other]))
        other += 1
      } else if one < left.count {
        lines.append(Line(kind: .same, text: left[one]))
        one += 1
        other += 1
      } else {
        break
      }
    }
    self.lines = lines
  }

  /// Whether nothing differs.
  package var isEmpty: Bool { lines.allSatisfy { $0.kind == .same } }

  /// The lines that differ with some around them; what is left out in between is nil.
  package var shown: [Line?] {
    var isShown = [Bool](repeating: false, count: lines.count)
    for (place, line) in lines.enumerated() where line.kind != .same {
      for near in max(0, place - Self.context)...min(lines.count - 1, place + Self.context) {
        isShown[near] = true
      }
    }
    var shown: [Line?] = []
    for (place, line) in lines.enumerated() {
      if isShown[place] {
        shown.append(line)
      } else if shown.last.map({ $0 != nil }) ?? false {
        shown.append(nil)
      }
    }
    if let last = shown.last, last == nil { shown.removeLast() }
    return shown
  }

  private static func split(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The difference for people.
  package func document(from old: String, to new: String) -> Document {
    var document = Document()
    document.paragraph(.init(Untrusted(old), .faint), .init(" to "), .init(Untrusted(new), .faint))
    guard !isEmpty else {
      document.paragraph(.init("Nothing differs."))
      return document
    }
    let text = shown.map { line in
      switch line?.kind {
      case nil: "..."
      case .same?: "  " + (line?.text ?? "")
      case .removed?: "- " + (line?.text ?? "")
      case .added?: "+ " + (line?.text ?? "")
      }
    }
    document.code(text.joined(separator: "\n"), language: "diff")
    return document
  }
}

/// What differs between two contents of a policy's file, for programs.
package struct PolicyDiffJSON: Encodable {
  private struct LineJSON: Encodable {
    let kind: String
    let text: String
  }

  private let schema = "benchtrail.policy-diff.v1"
  private let from: String
  private let to: String
  private let lines: [LineJSON]

  /// Lists the lines that differ.
  package init(_ diff: PolicyDiff, from: String, to: String) {
    (self.from, self.to) = (from, to)
    lines = diff.lines.filter { $0.kind != .same }
      .map { LineJSON(kind: $0.kind.rawValue, text: $0.text) }
  }
}

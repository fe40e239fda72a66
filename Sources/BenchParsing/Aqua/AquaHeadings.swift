import BenchModel

/// Tells the headings among the `[INFO]` lines of a target from its skipped checks, which look the same.
///
/// A heading's id begins the ids of what follows it; a check has the mark of its kind, such as `(Scored)`,
/// behind its title, which a heading never has. What neither rule decides, the number of skipped checks in the
/// tool's own summary decides, and without one the id's shape.
struct AquaHeadings {
  /// A result line of a target.
  struct Line {
    var status: Status
    /// Where among the kept bytes the id is.
    var id: TextRange
    var hasMark: Bool
  }

  private enum Meaning { case heading, check, open }

  /// Tells which lines are headings.
  ///
  /// - Parameters:
  ///   - lines: The result lines of a target, in their order.
  ///   - bytes: The bytes that their ids are in.
  ///   - hasOwn: Whether the first one is the heading of the target itself.
  ///   - skipped: The number of skipped checks by the summary.
  /// - Returns: For each line whether it is a heading.
  static func find(_ lines: [Line], in bytes: Bytes, hasOwn: Bool, skipped: Int?) -> [Bool] {
    func id(_ index: Int) -> Bytes {
      let range = lines[index].id
      return bytes.part(Int(range.start), Int(range.start) + Int(range.count))
    }
    var meanings = lines.indices.map { index -> Meaning in
      let line = lines[index]
      if line.status != .info { return .check }
      if index == 0, hasOwn { return .heading }
      if line.hasMark { return .check }
      guard index + 1 < lines.count else { return .open }
      return begins(id(index), id(index + 1)) ? .heading : .open
    }
    let open = meanings.indices.filter { meanings[$0] == .open }
    guard !open.isEmpty else { return meanings.map { $0 == .heading } }
    let sure = zip(lines, meanings).count { $0.status == .info && $1 == .check }
    if let skipped, skipped == sure + open.count || skipped == sure {
      for index in open { meanings[index] = skipped == sure ? .heading : .check }
      return meanings.map { $0 == .heading }
    }
    // Checks such as `V-242443` stand under headings such as `5.1`.
    let areLettered = lines.indices.count { isLettered(id($0)) } * 2 > lines.count
    var group: Int?
    for index in lines.indices {
      if meanings[index] == .open {
        let isCheck =
          areLettered
          ? isLettered(id(index))
          : group.map { begins(id($0), id(index)) && !($0 == 0 && hasOwn) } ?? false
        meanings[index] = isCheck ? .check : .heading
      }
      if meanings[index] == .heading { group = index }
    }
    return meanings.map { $0 == .heading }
  }

  /// Whether one id is the other, or the beginning of its parts.
  private static func begins(_ id: Bytes, _ next: Bytes) -> Bool {
    next.starts(with: id) && (next.count == id.count || next[id.count] == ASCII.dot)
  }

  private static func isLettered(_ id: Bytes) -> Bool {
    id.first.map { ASCII.isLetter($0) } ?? false
  }

  /// Whether a title ends in the mark of its kind: `(Scored)`, `(Not Scored)`, `(Automated)`, `(Manual)`.
  static func hasMark(_ title: Bytes) -> Bool {
    var end = title.count
    while end > 0, title[end - 1] == ASCII.space || title[end - 1] == 0x29 { end -= 1 }
    return title.has("Scored", at: end - 6) || title.has("(Automated", at: end - 10)
      || title.has("(Manual", at: end - 7)
  }
}

package import BenchHistory
import BenchModel

/// Words the books: how open failures came from one number to another.
package enum BooksReport {
  /// A sum that adds up, such as `89 open + 2 regressed - 13 fixed = 78 open`.
  package static func line(_ books: Books) -> Document.Line {
    guard !books.isQuiet else { return [.init("\(books.after) open, as before")] }
    var line: Document.Line = [.init("\(books.before) open", .strong)]
    for movement in Movement.allCases where books[movement] != 0 {
      line.append(.init(movement.isOpening ? " + " : " - "))
      line.append(.init("\(books[movement]) \(words(movement))", style(movement)))
    }
    line.append(.init(" = "))
    line.append(.init("\(books.after) open", .strong))
    return line
  }

  /// The movement in words.
  package static func words(_ movement: Movement) -> String {
    switch movement {
    case .regressed: "regressed"
    case .newlySeen: "newly seen"
    case .firstSeen: "first seen"
    case .reopened: "reopened"
    case .begunByCriterion: "begun because the check's logic changed"
    case .fixed: "fixed"
    case .retired: "retired"
    case .endedByCriterion: "ended because the check's logic changed"
    case .withoutVerdict: "without a verdict now"
    }
  }

  /// The movement as the head of a column, which a plus or a minus stands before.
  static func short(_ movement: Movement) -> String {
    switch movement {
    case .begunByCriterion, .endedByCriterion: "logic"
    case .withoutVerdict: "no verdict"
    case .newlySeen: "new"
    case .firstSeen: "first"
    case .regressed, .reopened, .fixed, .retired: words(movement)
    }
  }

  /// What the heads of columns stand for whose words are not theirs; empty where there is none.
  static func legend(_ movements: [Movement]) -> String {
    var meanings: [String] = []
    for movement in movements where short(movement) != words(movement) {
      let meaning =
        switch movement {
        case .begunByCriterion, .endedByCriterion: "because the check's logic changed"
        default: words(movement)
        }
      let text = "\(short(movement)): \(meaning)"
      if !meanings.contains(text) { meanings.append(text) }
    }
    return meanings.isEmpty ? "" : " Columns: " + meanings.joined(separator: "; ") + "."
  }

  static func style(_ movement: Movement) -> Document.Style {
    switch movement {
    case .regressed, .newlySeen, .reopened: .bad
    case .fixed: .good
    case .firstSeen, .begunByCriterion, .retired, .endedByCriterion, .withoutVerdict: .notable
    }
  }
}

/// The books in documents that programs read.
struct BooksJSON: Encodable {
  let before: Int
  let regressed: Int
  let newlySeen: Int
  let firstSeen: Int
  let reopened: Int
  let begunByCriterion: Int
  let fixed: Int
  let retired: Int
  let endedByCriterion: Int
  let withoutVerdict: Int
  let after: Int

  init(_ books: Books) {
    before = books.before
    regressed = books[.regressed]
    newlySeen = books[.newlySeen]
    firstSeen = books[.firstSeen]
    reopened = books[.reopened]
    begunByCriterion = books[.begunByCriterion]
    fixed = books[.fixed]
    retired = books[.retired]
    endedByCriterion = books[.endedByCriterion]
    withoutVerdict = books[.withoutVerdict]
    after = books.after
  }
}

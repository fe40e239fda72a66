import BenchModel
import Testing

@testable import BenchCatalog

struct `A rule of parts` {
  /// The results of the parts, from the first on, in the letters p, f, w and i.
  private static func parts(_ text: String) -> [(part: String, status: Status)] {
    let statuses: [Character: Status] = ["p": .pass, "f": .fail, "w": .warn, "i": .info]
    return zip("abcdef", text).compactMap { part, letter in
      statuses[letter].map { (String(part), $0) }
    }
  }

  @Test(
    arguments: [
      ("any", "pp", .pass), ("any", "pf", .pass), ("any", "fp", .pass), ("any", "ff", .fail),
      ("any", "fw", .fail), ("any", "ww", .warn), ("any", "wi", .warn), ("any", "ii", .info),
      ("any", "pi", .pass), ("any", "wp", .pass),
      ("all", "pp", .pass), ("all", "pf", .fail), ("all", "fp", .fail), ("all", "ff", .fail),
      ("all", "pw", .warn), ("all", "fw", .fail), ("all", "ww", .warn), ("all", "pi", .pass),
      ("all", "ii", .info),
      ("a", "pf", .pass), ("a", "fp", .fail), ("a", "wp", .warn), ("b", "pf", .fail),
      ("b", "fp", .pass), ("b", "fi", .info),
    ] as [(String, String, Status)])
  func `gives the whole its status`(rule: String, parts: String, status: Status) {
    #expect(PartRule(rule[...]).status(Self.parts(parts), isWhole: true) == status)
  }

  @Test(
    arguments: [
      // One that passes is enough, whatever the other one says; one that fails is not.
      ("any", "p", .pass), ("any", "f", nil), ("any", "w", nil), ("any", "i", nil),
      // One that fails is enough.
      ("all", "f", .fail), ("all", "p", nil), ("all", "w", nil), ("all", "i", nil),
      ("a", "p", .pass), ("a", "f", .fail), ("b", "p", nil), ("b", "f", nil), ("any", "", nil),
      ("all", "", nil), ("a", "", nil),
    ] as [(String, String, Status?)])
  func `does not guess what a part that is missing says`(
    rule: String, parts: String, status: Status?
  ) {
    #expect(PartRule(rule[...]).status(Self.parts(parts), isWhole: false) == status)
  }

  @Test(
    arguments: [
      ("2.2.a", "2.2", "a"), ("2.13.b", "2.13", "b"), ("1.2.3.c", "1.2.3", "c"),
      ("2.2", nil, nil), ("2.2.10", nil, nil), ("1.1.37a", nil, nil), ("V-242390", nil, nil),
      ("2.2.ab", nil, nil), ("2.2.A", nil, nil), (".a", nil, nil), ("a", nil, nil), ("", nil, nil),
      ("2.2.", nil, nil), ("2.2.é", nil, nil),
    ] as [(String, String?, String?)])
  func `is about ids with a letter`(id: String, whole: String?, part: String?) {
    let split = PartRule.split(id)
    #expect(split?.id == whole)
    #expect(split?.part == part)
  }
}

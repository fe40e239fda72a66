import BenchModel
import Testing

struct `A small fixed set` {
  @Test func `has the outcomes with the numbers that the database keeps`() {
    #expect(Outcome.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    #expect(Outcome.allCases.map(\.name) == ["pass", "fail", "manual", "info", "notApplicable"])
  }

  @Test func `has the statuses with the numbers that the database keeps`() {
    #expect(Status.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
    #expect(Status.allCases.map(\.word) == ["PASS", "WARN", "INFO", "NOTE", "FAIL", ""])
  }

  @Test func `has the kinds of item with the numbers that the database keeps`() {
    #expect(ItemKind.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    #expect(ItemKind.allCases.map(\.name) == ["container", "image", "user", "file", "network"])
  }

  @Test(arguments: ItemKind.allCases)
  func `finds a kind of item by its name`(kind: ItemKind) {
    #expect(ItemKind(name: kind.name) == kind)
  }

  @Test(arguments: ["", "Container", "none", "port"])
  func `has no other kind of item`(name: String) {
    #expect(ItemKind(name: name) == nil)
  }
}

import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A difference of items` {
  /// What came, with a plus, and what went, with a minus.
  private static func difference(_ base: [Item], _ head: [Item]) throws -> [String] {
    let change = try #require(
      Example.compare(
        Example.run([Example.finding("a", .fail, items: base)]),
        Example.run([Example.finding("a", .fail, items: head)])
      ).changes.first)
    let text = { (item: Item) in item.name + (item.value.isEmpty ? "" : ":" + item.value) }
    return change.itemsAdded.map { "+" + text($0) } + change.itemsRemoved.map { "-" + text($0) }
  }

  private static let id = String(repeating: "0123456789abcdef", count: 4)

  @Test func `is none between ids and names of containers`() throws {
    let (web, other) = (Example.container("web"), Example.container(Self.id))
    #expect(try Self.difference([other], [web]).isEmpty)
    #expect(try Self.difference([web], [other]).isEmpty)
    #expect(try Self.difference([other], [web, Example.container("db")]).isEmpty)
  }

  @Test func `is told between ids, and where one side has nothing`() throws {
    let one = Example.container(Self.id)
    let two = Example.container(String(Self.id.reversed()))
    #expect(try Self.difference([one], [one, two]) == ["+" + two.name])
    #expect(try Self.difference([], [one]) == ["+" + one.name])
    #expect(try Self.difference([one], []) == ["-" + one.name])
  }

  @Test func `does not come of blanks in what is at fault`() throws {
    let spaced = Example.container("a", value: "SYS_PTRACE SYS_ADMIN")
    let close = Example.container("a", value: "SYS_PTRACESYS_ADMIN")
    #expect(try Self.difference([spaced], [close]).isEmpty)
    #expect(try Self.difference([spaced], [Example.container("a", value: "SYS_PTRACE")]).count == 2)
  }

  @Test func `names an item once, however often it is listed`() throws {
    let web = Example.container("web")
    #expect(try Self.difference([], [web, web]) == ["+web"])
    #expect(try Self.difference([web, web], []) == ["-web"])
    #expect(try Self.difference([web, web], [web]).isEmpty)
  }

  @Test func `of a failure judged by another criterion is in doubt`() throws {
    func side(_ version: String, _ edition: String, _ names: [String]) -> ComparedRun {
      Example.run(
        [
          Example.finding(
            "container-no-privileged-ports", .fail, items: names.map { Example.container($0) })
        ], release: Example.release(version, edition: edition))
    }
    let comparison = Example.compare(
      side("v1.6.0", "e10-cis1.5.0", ["web"]), side("v1.6.1", "e11-cis1.6.0b", ["web", "db"]))
    let same = Example.compare(
      side("v1.6.1", "e11-cis1.6.0b", ["web"]), side("v1.6.1", "e11-cis1.6.0b", ["web", "db"]))
    #expect([same.worse, same.withMoreItems] == [0, 1])
    #expect(same.criterionChanged == 0)
    let change = try #require(comparison.changes.first)
    #expect(change.change == .stillFailing)
    #expect(change.isDoubtful)
    #expect([comparison.worse, comparison.withMoreItems] == [0, 0])
    #expect(comparison.criterionChanged == 1)
    #expect(comparison.count(.stillFailing) == 1)
  }
}

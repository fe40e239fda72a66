import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A comparison of a fleet` {
  private static func change(
    _ host: String, _ base: [Finding], _ head: [Finding], edition: String = "e11-cis1.6.0b"
  ) -> FleetComparison.HostChange {
    let summary = RunSummary(
      id: Int64(host.utf8.reduce(0) { $0 * 31 + Int($1) }), host: host,
      release: Example.release(), startedAt: 0, timeSource: .log, form: .text, isComplete: true,
      printedChecks: nil, printedScore: nil, path: "", line: 1, counts: [:], unmapped: 0)
    return FleetComparison.HostChange(
      base: summary, head: summary,
      comparison: Example.compare(
        Example.run(base), Example.run(head, release: Example.release(edition: edition))))
  }

  private static func fleet(_ changes: FleetComparison.HostChange...) -> FleetComparison {
    var fleet = FleetComparison()
    for change in changes { fleet.add(change) }
    return fleet.sorted()
  }

  private static func fails(_ control: String, _ items: String...) -> Finding {
    Example.finding(control, .fail, items: items.map { Example.container($0) })
  }

  private static func passes(_ control: String) -> Finding { Example.finding(control, .pass) }

  @Test func `has the worst host first, then the one with most fixed, then by name`() {
    let fleet = Self.fleet(
      Self.change("fixed", [Self.fails("a")], [Self.passes("a")]),
      Self.change("worse", [Self.passes("a")], [Self.fails("a")]),
      Self.change(
        "worst", [Self.passes("a"), Self.passes("b")], [Self.fails("a"), Self.fails("b")]),
      Self.change("better", [Self.fails("a")], [Self.passes("a")]))
    #expect(fleet.changed.map(\.head.host) == ["worst", "worse", "better", "fixed"])
    #expect(fleet.changed.map(\.comparison.worse) == [2, 1, 0, 0])
  }

  @Test func `counts hosts of which nothing is news`() {
    let fleet = Self.fleet(
      Self.change("same", [Self.fails("a")], [Self.fails("a")]),
      Self.change("quiet", [Self.passes("a")], [Example.finding("a", .info)]),
      Self.change(
        "gone", [Self.passes("a"), Self.passes("b")], [Self.passes("b")]))
    #expect(fleet.changed.isEmpty)
    #expect(fleet.unchanged == 3)
    #expect(fleet.controls.isEmpty)
  }

  @Test func `takes other items, and what was left out, for news`() {
    let fleet = Self.fleet(
      Self.change("items", [Self.fails("a", "web")], [Self.fails("a", "web", "db")]),
      Self.change("fewer", [Self.fails("a", "web", "db")], [Self.fails("a", "web")]),
      Self.change("left", [Self.fails("a"), Self.passes("b")], [Self.passes("b")]),
      Self.change("na", [Self.fails("a")], [Example.finding("a", .notApplicable)]))
    #expect(fleet.changed.map(\.head.host) == ["items", "fewer", "left", "na"])
    #expect(fleet.changed.map(\.comparison.worse) == [0, 0, 0, 0])
    #expect(fleet.changed.map(\.comparison.withMoreItems) == [1, 0, 0, 0])
    #expect(fleet.changed.map(\.comparison.leftOpen) == [0, 0, 1, 0])
  }

  @Test func `sums controls up over the hosts`() {
    var fleet = FleetComparison()
    for number in 0..<8 {
      fleet.add(Self.change("h\(number)", [Self.passes("a")], [Self.fails("a")]))
    }
    fleet.add(Self.change("z", [Self.fails("a")], [Self.passes("a")]))
    let controls = fleet.sorted().controls
    #expect(controls.map(\.change) == [.regressed, .fixed])
    #expect(controls.map(\.hosts) == [8, 1])
    #expect(controls.first?.examples == ["h0", "h1", "h2", "h3", "h4"])
  }

  @Test func `sets hosts apart that have nothing in common`() {
    let fleet = Self.fleet(
      Self.change("odd", [Self.fails("a")], [Self.fails("b")], edition: "e10-cis1.5.0"))
    #expect(fleet.incomparable == ["odd"])
    #expect(fleet.changed.isEmpty)
  }

  @Test func `does not count what another criterion may explain as worse`() {
    var fleet = FleetComparison()
    let control = "container-no-privileged-ports"
    var change = Self.change("x", [Self.passes(control)], [Self.fails(control)])
    change.comparison = Example.compare(
      Example.run(
        [Self.passes(control)], release: Example.release("v1.6.0", edition: "e10-cis1.5.0")),
      Example.run([Self.fails(control)]))
    fleet.add(change)
    #expect(fleet.changed.map(\.comparison.worse) == [0])
    #expect(fleet.changed.map(\.comparison.criterionChanged) == [1])
    #expect(fleet.controls.isEmpty)
  }
}

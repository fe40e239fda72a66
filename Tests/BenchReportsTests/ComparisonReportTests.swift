import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport
import Testing

struct `The report on a comparison` {
  private static func lines(
    _ base: [Finding], _ head: [Finding], isVerbose: Bool = false
  ) -> [String] {
    let comparison = Comparison(
      from: ComparedRun(release: Sample.head.release, isComplete: true, findings: base),
      to: ComparedRun(release: Sample.head.release, isComplete: true, findings: head))
    let document = ComparisonReport.document(
      Sample.base, Sample.head, comparison, isVerbose: isVerbose)
    return TerminalRenderer(width: 120, hasColor: false).render(document)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func items(_ numbers: ClosedRange<Int>, _ name: String) -> [Item] {
    numbers.map { Sample.item("\(name)-\($0)") }
  }

  /// The lines of a failure whose items were some and are others.
  private static func signs(_ base: [Item], _ head: [Item]) -> [String] {
    let control = "container-memory-limit"
    return lines(
      [Sample.finding(control, .fail, id: "5.11", items: base)],
      [Sample.finding(control, .fail, id: "5.11", items: head)]
    ).map { String($0.drop { $0 == " " }) }.filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") }
  }

  @Test func `lists the worst first, each with its severity`() throws {
    let lines = Self.lines(
      [
        Sample.finding("host-partition", .pass, id: "1.1.1"),
        Sample.finding("container-no-privileged", .manual, id: "5.5"),
        Sample.finding("container-no-docker-sock", .pass, id: "5.32"),
        Sample.finding("daemon-icc-disabled", .fail, id: "2.2"),
      ],
      [
        Sample.finding("host-partition", .fail, id: "1.1.1"),
        Sample.finding("container-no-docker-sock", .fail, id: "5.32"),
        Sample.finding("container-no-privileged", .fail, id: "5.5"),
        Sample.finding("daemon-icc-disabled", .pass, id: "2.2"),
      ])
    let start = try #require(lines.firstIndex(of: "Regressed (3)"))
    #expect(
      lines[(start + 1)...(start + 9)] == [
        "critical  5.5    No container is privileged (was manual)",
        "                 container-no-privileged",
        "critical  5.32   No container can reach the Docker socket",
        "                 container-no-docker-sock",
        "medium    1.1.1  Docker data directory sits on its own filesystem",
        "                 host-partition", "", "Fixed (1)",
        "high  2.2  Default bridge blocks traffic between containers",
      ])
    #expect(
      lines.contains(
        "3 regressed, 0 newly seen, 1 fixed, 0 still failing with other items, 0 unchanged failures"
      ))
  }

  @Test func `has a line for each item that came or went, and eight at most`() {
    let one = Self.items(1...1, "a")
    #expect(Self.signs(one, one + Self.items(1...2, "b")) == ["+ b-1", "+ b-2"])
    #expect(Self.signs(one, Self.items(2...2, "b")) == ["+ b-2", "- a-1"])
    let came = Self.signs(one, one + Self.items(1...12, "b"))
    #expect(came == (1...8).map { "+ b-\($0)" } + ["+ and 4 more"])
    let both = Self.signs(Self.items(1...10, "a"), Self.items(1...6, "b"))
    #expect(
      both == (1...4).map { "+ b-\($0)" } + ["+ and 2 more"] + (1...4).map { "- a-\($0)" } + [
        "- and 6 more"
      ])
    let few = Self.signs(Self.items(1...10, "a"), Self.items(1...2, "b"))
    #expect(few == ["+ b-1", "+ b-2"] + (1...6).map { "- a-\($0)" } + ["- and 4 more"])
  }

  @Test func `explains other items, and lists what stayed only where that is asked for`() throws {
    let base = [
      Sample.finding("container-memory-limit", .fail, id: "5.11", items: Self.items(1...1, "a")),
      Sample.finding("daemon-icc-disabled", .fail, id: "2.2"),
    ]
    let head = [
      Sample.finding("container-memory-limit", .fail, id: "5.11", items: Self.items(1...2, "a")),
      Sample.finding("daemon-icc-disabled", .fail, id: "2.2"),
    ]
    let short = Self.lines(base, head)
    let start = try #require(short.firstIndex(of: "Still failing, other items (1)"))
    #expect(
      short[start + 1] == "These fail in both runs, but not for the same items: + came, - went.")
    #expect(!short.contains("Still failing, as before (1)"))
    #expect(Self.lines(base, head, isVerbose: true).contains("Still failing, as before (1)"))
  }

  @Test func `lists last what differs because the check's logic changed`() throws {
    let text = TerminalRenderer(width: 120, hasColor: false).render(
      ComparisonReport.document(Sample.base, Sample.head, Sample.comparison, isVerbose: false))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines.contains("1 differs because the check's logic changed (listed last, not counted)"))
    let headings = lines.filter { $0.hasSuffix(" (1)") }
    #expect(headings.last == "Differ because the check's logic changed (1)")
    #expect(text.contains("logic before: ") && text.contains("logic now: "))
    #expect(lines.first == "web-1: 2026-01-01 00:00 → 2026-01-02 00:00 UTC")
  }
}

import BenchAnalysis
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A trend` {
  /// Two controls of the catalogue, by their severities.
  private static let high = "daemon-icc-disabled"
  private static let low = "daemon-live-restore"

  @Test func `counts what is open at each run`() throws {
    var past = Past()
    past.add(day: 0, [Self.high: .fail, Self.low: .pass, "9.9": .fail])
    past.add(day: 1, [Self.high: .fail, Self.low: .fail])
    past.add(day: 2, [Self.high: .pass, Self.low: .fail, "9.9": .pass])
    let points = try past.trend().points
    #expect(points.map(\.run) == [1, 2, 3])
    #expect(points.map(\.time) == [Past.day(0), Past.day(1), Past.day(2)])
    #expect(points.map(\.hosts) == [1, 1, 1])
    #expect(points.map(\.open) == [2, 3, 1])
    #expect(points.map(\.unrated) == [1, 1, 0])
    #expect(points.map(\.pass) == [1, 0, 2])
    #expect(points.map { $0.severities[.high] ?? 0 } == [1, 1, 0])
    #expect(points.map { $0.severities[.low] ?? 0 } == [0, 1, 1])
    #expect(points.map { $0.stride[.denial] ?? 0 } == [0, 1, 1])
    #expect(points.map { $0.books[.regressed] } == [0, 1, 0])
    #expect(points.map { $0.books[.fixed] } == [0, 0, 2])
    #expect(points.map { $0.books[.newlySeen] } == [0, 0, 0])
    #expect(points.last?.compliance.percent == 66.66)
  }

  @Test func `counts a failure newly seen after the first run alone`() throws {
    var past = Past()
    past.add(day: 0, ["a": .fail])
    past.add(day: 1, ["a": .fail, "b": .fail])
    #expect(try past.trend().points.map { $0.books[.newlySeen] } == [0, 1])
  }

  @Test func `counts what another criterion may explain apart`() throws {
    var past = Past()
    let control = "container-no-privileged-ports"
    past.add(
      day: 0, [control: .pass], release: Example.release("v1.6.0", edition: "e10-cis1.5.0"))
    past.add(day: 1, [control: .fail])
    let trend = try past.trend()
    #expect(trend.points.map(\.criterionChanged) == [0, 1])
    #expect(trend.points.map { $0.books[.regressed] } == [0, 0])
    #expect(trend.points.map(\.open) == [0, 1])
    past.add(
      day: 2, [control: .pass], release: Example.release("v1.6.0", edition: "e10-cis1.5.0"))
    #expect(try past.trend().fixed == 0)
    #expect(try past.trend().meanTimeToFix == nil)
  }

  @Test func `has one point for a host with one run`() throws {
    var past = Past()
    past.add(day: 0, ["a": .fail])
    let trend = try past.trend()
    #expect(trend.points.count == 1)
    #expect(trend.hosts == 1)
    #expect(trend.runs == 1)
    #expect(trend.open.map(\.isFromStart) == [true])
    #expect(trend.flapping.isEmpty)
  }

  @Test func `has no compliance where nothing was judged`() throws {
    var past = Past()
    past.add(day: 0, ["a": .manual, "b": .info])
    #expect(try past.trend().points.map(\.compliance.percent) == [nil])
    #expect(Compliance(pass: 0, fail: 0).percent == nil)
    #expect(Compliance(pass: 0, fail: 2).percent == 0)
    #expect(Compliance(pass: 3, fail: 1).percent == 75)
  }

  // MARK: Open failures

  @Test func `lists the worst first, then the oldest`() throws {
    var past = Past()
    past.add(day: 0, [Self.low: .fail, "9.9": .fail, "daemon-userns-remap": .pass])
    past.add(
      day: 1, [Self.low: .fail, "9.9": .fail, "daemon-userns-remap": .fail, Self.high: .fail])
    past.add(
      day: 2,
      [
        Self.low: .fail, "9.9": .fail, "daemon-userns-remap": .fail, Self.high: .fail,
        "daemon-tls-auth": .fail,
      ])
    let open = try past.trend().open
    #expect(
      open.map { $0.check.control ?? $0.check.checkID } == [
        "daemon-tls-auth", Self.high, "daemon-userns-remap", Self.low, "9.9",
      ])
    #expect(open.map(\.severity) == [.critical, .high, .high, .low, nil])
    #expect(open.map(\.isFromStart) == [false, false, false, true, true])
  }

  @Test func `says since when on the host that has it longest`() throws {
    var past = Past()
    past.add(day: 1, host: "a", ["x": .fail])
    past.add(day: 0, host: "b", ["x": .pass])
    past.add(day: 3, host: "b", ["x": .fail])
    past.add(day: 2, host: "c", ["x": .fail])
    let open = try #require(try past.trend(axis: Self.days(4)).open.first)
    #expect(open.hosts == 3)
    #expect(open.since == Past.day(1))
    #expect(open.isFromStart)
  }

  @Test func `counts what the newest run left out, and what is retired`() throws {
    var past = Past()
    past.add(
      day: 0, ["host-kernel-current": .fail, Self.high: .fail, Self.low: .fail],
      release: Example.release("1.0.0@18d5a13", edition: "e01-cis1.6"))
    past.add(day: 1, [Self.low: .fail, "a": .pass])
    let trend = try past.trend()
    #expect(trend.retired == 1)
    #expect(trend.leftOut == 1)
    #expect(trend.open.map(\.leftOut) == [1, 0])
    #expect(trend.points.map(\.open) == [3, 2])
    #expect(trend.fixed == 0)
  }

  @Test func `shows a check as the newest run printed it`() throws {
    // The numbers of titles are those of the import, which may be in any order.
    for hosts in [["a", "b"], ["b", "a"]] {
      var past = Past()
      past.add(day: 5, host: hosts[0], findings: [Example.finding("x", .fail, id: "2.2")])
      past.add(day: 3, host: hosts[1], findings: [Example.finding("x", .fail, id: "2.1")])
      #expect(try past.trend(axis: Self.days(6)).open.map(\.check.checkID) == ["2.2"])
    }
  }

  @Test func `takes severities and categories from the policy first`() throws {
    var past = Past()
    past.add(day: 0, [Self.low: .fail])
    var policy = Policy()
    policy.severities = [Self.low: .critical]
    policy.stride = [Self.low: [.spoofing]]
    let trend = try past.trend(policy: policy)
    #expect(trend.points.first?.severities[.critical] == 1)
    #expect(trend.points.first?.stride == [.spoofing: 1])
    #expect(trend.open.first?.severity == .critical)
  }

  // MARK: Time to fix

  @Test func `means the time between the first failing run and the fixing one`() throws {
    var past = Past()
    past.add(day: 0, ["a": .fail, "b": .pass, "c": .fail])
    past.add(day: 2, ["a": .pass, "b": .fail, "c": .notApplicable])
    past.add(day: 6, ["a": .pass, "b": .pass])
    let trend = try past.trend()
    #expect(trend.fixed == 2)
    #expect(trend.meanTimeToFix == 259_200)
  }

  // MARK: Flapping

  /// A check that fails on every second day, with the runs that count.
  @Test(arguments: [(10, 5), (3, 3), (2, 0), (1, 0), (4, 4), (1_000, 5)])
  func `tells what flaps in the last runs`(window: Int, turns: Int) throws {
    var past = Past()
    for day in 0..<6 { past.add(day: Int64(day), ["a": day % 2 == 0 ? .fail : .pass]) }
    let flapping = try past.trend(window: window).flapping
    #expect(flapping.map(\.turns) == (turns == 0 ? [] : [turns]))
    #expect(flapping.allSatisfy { !$0.isOpen && $0.host == "web-1" })
  }

  @Test func `takes no run in the window that is quiet for flapping`() throws {
    var past = Past()
    for day in 0..<4 { past.add(day: Int64(day), ["a": day % 2 == 0 ? .fail : .pass]) }
    for day in 4..<20 {
      past.add(day: Int64(day), ["a": .pass, "b": day % 2 == 0 ? .pass : .info])
    }
    #expect(try past.trend(window: 17).flapping.isEmpty)
    #expect(try past.trend(window: 19).flapping.map(\.turns) == [3])
    #expect(try past.trend(window: 19).flapping.first?.check.control == "a")
  }

  // MARK: Stale hosts

  @Test func `lists hosts without a recent run, the longest silent first`() throws {
    var past = Past()
    past.add(day: 3, host: "a", ["x": .pass])
    past.add(day: 2, host: "b", ["x": .pass])
    past.add(day: 1, host: "c", ["x": .pass])
    let stale = try past.trend(axis: Self.days(10), staleDays: 7, day: 10).stale
    #expect(stale.map(\.host) == ["c", "b"])
    #expect(stale.map(\.lastRun) == [Past.day(1), Past.day(2)])
    #expect(try past.trend(axis: Self.days(10), staleDays: 7, day: 9).stale.map(\.host) == ["c"])
  }

  // MARK: Periods

  private static func days(_ count: Int) -> TrendBuilder.Axis {
    .periods(start: Past.start, length: 86_400, count: count)
  }

  @Test func `adds the hosts of a period up, and carries what they had`() throws {
    var past = Past()
    past.add(day: 0, host: "a", [Self.high: .fail, Self.low: .pass])
    past.add(day: 1, host: "b", [Self.high: .fail, Self.low: .fail])
    past.add(day: 3, host: "a", [Self.high: .pass, Self.low: .fail])
    let points = try past.trend(axis: Self.days(5)).points
    #expect(points.count == 5)
    #expect(points.map(\.time) == (1...5).map { Past.day($0) - 1 })
    #expect(points.allSatisfy { $0.run == nil })
    #expect(points.map(\.hosts) == [1, 2, 2, 2, 2])
    #expect(points.map(\.open) == [1, 3, 3, 3, 3])
    #expect(points.map(\.pass) == [1, 1, 1, 1, 1])
    #expect(points.map { $0.books[.fixed] } == [0, 0, 0, 1, 0])
    #expect(points.map { $0.books[.regressed] } == [0, 0, 0, 1, 0])
    #expect(points.map { $0.severities[.high] ?? 0 } == [1, 2, 2, 1, 1])
  }

  @Test func `counts every run of a period`() throws {
    var past = Past()
    past.add(day: 0, ["a": .pass])
    past.add(day: 1, ["a": .fail])
    past.add(day: 2, ["a": .pass])
    let points = try past.trend(
      axis: .periods(start: Past.start, length: 7 * 86_400, count: 1)
    ).points
    #expect(points.map(\.open) == [0])
    #expect(points.map { $0.books[.regressed] } == [1])
    #expect(points.map { $0.books[.fixed] } == [1])
  }

  @Test func `puts a run beyond the periods into the nearest`() throws {
    var past = Past()
    past.add(day: -3, ["a": .fail])
    past.add(day: 30, ["a": .pass])
    let points = try past.trend(axis: Self.days(3)).points
    #expect(points.map(\.open) == [1, 1, 0])
  }

  @Test func `of nothing is empty`() throws {
    let trend = try Past().trend()
    #expect(trend.points.isEmpty)
    #expect(trend.hosts == 0)
    #expect(trend.open.isEmpty)
    #expect(trend.meanTimeToFix == nil)
  }
}

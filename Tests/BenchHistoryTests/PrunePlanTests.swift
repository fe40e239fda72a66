import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A plan of what stays` {
  private static let privileged = "container-no-privileged"

  private static func last(_ count: Int) -> Retention {
    var retention = Retention()
    retention.last = count
    return retention
  }

  private static func plan(_ retention: Retention, _ past: Past) throws -> PrunePlan {
    try PrunePlan(retention, past, .embedded)
  }

  @Test func `is made for each host and tool`() throws {
    var past = Past()
    let aqua = Example.release("cis-1.2", edition: "cis-1.2", tool: .aquaDockerBench)
    for day in 0..<3 as Range<Int64> {
      past.add(day: day, ["host-partition": .pass])
      past.add(day: day, ["host-partition": .pass], release: aqua)
      past.add(day: day, host: "db-1", ["host-partition": .pass])
    }
    let plan = try Self.plan(Self.last(1), past)
    #expect(
      plan.groups.map { "\($0.host) \($0.tool)" } == [
        "db-1 docker-bench-security", "web-1 docker-bench", "web-1 docker-bench-security",
      ])
    #expect(plan.groups.map { $0.kept.map(\.run.id) } == [[9], [8], [7]])
    #expect(plan.groups.map { $0.gone.map(\.id) } == [[6, 3], [5, 2], [4, 1]])
    let other = try PrunePlan(Self.last(1), past, .embedded, hosts: ["db-1"])
    #expect(other.gone == [6, 3])
    #expect(other.kept == 1)
  }

  @Test func `leaves baselines, and what the newest run did not judge`() throws {
    var past = Past()
    past.add(day: 0, ["daemon-icc-disabled": .pass, "host-partition": .pass])
    past.add(day: 1, ["daemon-icc-disabled": .pass, Self.privileged: .fail])
    past.add(day: 2, ["daemon-icc-disabled": .fail])
    past.add(day: 3, ["daemon-icc-disabled": .pass, "host-partition": .pass])
    past.mark(1, isBaseline: true)
    let group = try #require(try Self.plan(Self.last(1), past).groups.first)
    #expect(group.kept.map(\.run.id) == [4, 2, 1])
    #expect(group.kept.map(\.reasons) == [[.last, .current], [.current], [.baseline]])
    #expect(group.gone.map(\.id) == [3])
  }

  @Test func `leaves the run that a failure was fixed in where a limited one can't tell`() throws {
    var past = Past()
    let items = [Example.container("web"), Example.container("db")]
    past.add(day: 0, findings: [Example.finding(Self.privileged, .fail, items: items)])
    past.add(day: 1, [Self.privileged: .pass])
    past.add(day: 2, [Self.privileged: .pass])
    past.add(day: 3, [Self.privileged: .pass], scope: "include=web")
    past.mark(1, isBaseline: true)
    let group = try #require(try Self.plan(Self.last(1), past).groups.first)
    #expect(group.kept.map(\.run.id) == [4, 3, 1])
    #expect(group.kept[1].reasons == [.current])
    #expect(group.gone.map(\.id) == [2])
  }

  @Test(arguments: stride(from: 0, to: 400, by: 50).map { UInt64($0)..<UInt64($0 + 50) })
  func `changes nothing of what is known`(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var generator = SeededGenerator(seed: seed)
      var past = RandomHistory(seed: seed).past
      if let run = past.entries.randomElement(using: &generator), Bool.random(using: &generator) {
        past.mark(run.run.id, isBaseline: true)
      }
      var retention = Self.last(Int.random(in: 1...2, using: &generator))
      if Bool.random(using: &generator) {
        retention.daily = Int.random(in: 1...3, using: &generator)
      }
      let plan = try Self.plan(retention, past)
      let gone = Set(plan.gone)
      let left = past.only { !gone.contains($0.run.id) }
      #expect(plan.kept + gone.count == past.entries.count, "seed \(seed)")
      #expect(Self.known(left) == Self.known(past), "seed \(seed)")
      #expect(!past.entries.contains { past.isBaseline($0.run) && gone.contains($0.run.id) })
      for group in plan.groups {
        let runs = (group.kept.map(\.run) + group.gone).sorted { $0.order > $1.order }
        #expect(group.kept.map(\.run.order).sorted(by: >) == group.kept.map(\.run.order))
        for (run, why) in zip(runs, retention.reasons(runs.map(\.startedAt))) where !why.isEmpty {
          #expect(!gone.contains(run.id), "seed \(seed)")
        }
      }
    }
  }

  /// The outcome and the items of each check of the host.
  private static func known(_ past: Past) -> [String: String] {
    var known: [String: String] = [:]
    for finding in past.host().findings {
      let name = finding.check.control ?? "\(finding.check.checkID) \(finding.check.title)"
      let items = finding.finding.items.map(\.name).sorted()
      known["\(finding.system.name) \(name)"] = "\(finding.outcome) \(items)"
    }
    return known
  }
}

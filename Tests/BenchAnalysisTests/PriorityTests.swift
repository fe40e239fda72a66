import BenchAnalysis
import BenchCatalog
import BenchModel
import Testing

struct `A priority` {
  private static func priority(
    _ severity: Severity? = .high, surface: String = "", hosts: Int = 1, items: Int = 1,
    days: Int = 0, newHosts: Int = 0
  ) -> Priority {
    Priority(
      Priority.Facts(
        severity: severity, surface: surface, hosts: hosts, items: items, days: days,
        newHosts: newHosts))
  }

  private static func term(_ name: String, _ priority: Priority) throws -> Priority.Term {
    try #require(priority.terms.first { $0.name == name })
  }

  @Test func `is the product of its terms, each with a reason`() {
    let priority = Self.priority(
      .critical, surface: "runtime", hosts: 4, items: 2, days: 90, newHosts: 1)
    #expect(
      priority.terms.map(\.name) == ["severity", "exposure", "hosts", "items", "age", "regressed"])
    #expect(abs(priority.score - 10_000 * 1.5 * 1.4 * 1.125 * 1.25 * 1.5) < 0.001)
    #expect(
      priority.terms.map(\.reason) == [
        "critical", "inside the reach of every container", "4 hosts", "2 items",
        "open for 90 days, counted up to 90", "new with the newest run of 1 host",
      ])
    #expect(Self.priority().score == 650)
    #expect(Self.priority().terms.dropFirst().allSatisfy { $0.factor == 1 })
  }

  @Test(arguments: ["", "runtime", "daemon", "network", "daemon-files", "host"])
  func `is in the order of severity where all else is equal`(surface: String) {
    let scores = Severity.descending.map {
      Self.priority($0, surface: surface, hosts: 3, items: 7, days: 12, newHosts: 1).score
    }
    #expect(scores == scores.sorted(by: >))
    #expect(Set(scores).count == Severity.allCases.count)
  }

  /// The one claim that the weights must keep: severity goes before all else together.
  @Test func `of a severity is below that of the next one, whatever else is so`() {
    let surfaces = ["runtime", "daemon", "network", "daemon-files", "", "host"]
    for (worse, better) in zip(Severity.descending, Severity.descending.dropFirst()) {
      for surface in surfaces {
        let least = Self.priority(worse, surface: "daemon-files")
        let most = Self.priority(
          better, surface: surface, hosts: .max, items: .max, days: .max, newHosts: .max)
        #expect(most.score < least.score, "\(better) on \(surface) outranks \(worse)")
      }
    }
    #expect(Priority.most / Priority.least < 15)
  }

  @Test func `of many trifles is below that of one way to root`() {
    let trifles = Self.priority(
      .low, surface: "runtime", hosts: 10_000, items: 100_000, days: 1_000, newHosts: 10_000)
    let root = Self.priority(.critical, surface: "daemon-files", days: 0)
    #expect(trifles.score < root.score)
  }

  @Test func `of a check that nobody knows is that of a medium one, and says so`() throws {
    #expect(Self.priority(nil).score == Self.priority(.medium).score)
    #expect(try Self.term("severity", Self.priority(nil)).reason.contains("unmapped"))
  }

  @Test func `counts what is exposed more than what needs an account`() throws {
    let factors = try ["runtime", "api-server", "swarm", "host", "daemon-files"].map {
      try Self.term("exposure", Self.priority(surface: $0)).factor
    }
    #expect(factors == [1.5, 1.3, 1.2, 1, 0.7])
    for control in Catalog.embedded.controls.all {
      let surface = try #require(Catalog.embedded.risks[control.id]?.surface)
      let term = try Self.term("exposure", Self.priority(surface: surface))
      #expect((0.7...1.5).contains(term.factor))
      #expect(!term.reason.isEmpty)
    }
  }

  @Test(
    arguments: [
      (-1, 1), (0, 1), (1, 1), (2, 1.25), (3, 1.3457), (4, 1.4), (1_024, 1.7692), (1_000, 1.7686),
    ] as [(Int, Double)])
  func `grows with the number of hosts, by its logarithm`(hosts: Int, factor: Double) throws {
    let found = try Self.term("hosts", Self.priority(hosts: hosts)).factor
    #expect(abs(found - factor) < 0.001)
    let items = try Self.term("items", Self.priority(items: hosts)).factor
    #expect(abs(items - (1 + (factor - 1) / 2)) < 0.001)
  }

  @Test func `never sinks with more hosts, items or days`() {
    var last = 0.0
    for count in 0..<300 {
      let score = Self.priority(hosts: count, items: count, days: count).score
      #expect(score >= last)
      last = score
    }
    #expect(Self.priority(hosts: .max, items: .max, days: .max).score.isFinite)
  }

  @Test(arguments: [(-5, 1), (0, 1), (45, 1.125), (90, 1.25), (4_000, 1.25)] as [(Int, Double)])
  func `grows with age up to a quarter`(days: Int, factor: Double) throws {
    #expect(try Self.term("age", Self.priority(days: days)).factor == factor)
  }

  @Test func `says one day and one host`() throws {
    let priority = Self.priority(days: 1, newHosts: 2)
    #expect(try Self.term("age", priority).reason == "open for 1 day, counted up to 90")
    #expect(try Self.term("hosts", priority).reason == "1 host")
    #expect(try Self.term("regressed", priority).reason == "new with the newest run of 2 hosts")
    #expect(try Self.term("regressed", priority).factor == 1.5)
  }
}

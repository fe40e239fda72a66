import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A filter of findings` {
  private static let policy: Policy = {
    var policy = Policy(.embedded)
    policy.severities["daemon-live-restore"] = .critical
    return policy
  }()

  private static func finding(
    _ control: ControlID?, id: String = "2.1", items: [String] = []
  ) -> Finding {
    var finding = Example.finding(control, .fail, id: id)
    finding.items = items.map { Item(kind: .container, name: $0, stableName: $0) }
    return finding
  }

  private static func filter(_ change: (inout FindingFilter) -> Void) -> FindingFilter {
    var filter = FindingFilter()
    change(&filter)
    return filter
  }

  /// A filter, a finding, and whether it fits.
  private static let table: [(FindingFilter, Finding, Bool)] = [
    (FindingFilter(), finding(nil), true),
    (filter { $0.controls = ["daemon-icc-disabled"] }, finding("daemon-icc-disabled"), true),
    (filter { $0.controls = ["daemon-icc-disabled"] }, finding("daemon-live-restore"), false),
    (filter { $0.controls = ["daemon-icc-disabled"] }, finding(nil), false),
    (filter { $0.checkIDs = ["5.4"] }, finding("daemon-icc-disabled", id: "5.4"), true),
    (filter { $0.checkIDs = ["5.4"] }, finding(nil, id: "5.4"), true),
    (filter { $0.checkIDs = ["5.4"] }, finding(nil, id: "5.40"), false),
    (
      filter { ($0.checkIDs, $0.controls) = (["5.4"], ["daemon-icc-disabled"]) },
      finding("daemon-icc-disabled"), true
    ),
    (filter { $0.sections = ["daemon"] }, finding("daemon-icc-disabled"), true),
    (filter { $0.sections = ["images"] }, finding("daemon-icc-disabled"), false),
    (filter { $0.sections = ["daemon"] }, finding(nil), false),
    (filter { $0.severities = [.critical] }, finding("daemon-live-restore"), true),
    (filter { $0.severities = [.low] }, finding("daemon-live-restore"), false),
    (
      filter { ($0.severities, $0.sections) = ([.critical], ["images"]) },
      finding("daemon-live-restore"), false
    ),
    (filter { $0.items = [Glob("web-*")] }, finding(nil, items: ["db", "web-1"]), true),
    (filter { $0.items = [Glob("web-*")] }, finding(nil, items: ["db"]), false),
    (filter { $0.items = [Glob("web-*")] }, finding(nil), false),
    (filter { $0.tools = [.dockerBenchSecurity] }, finding(nil), true),
    (filter { $0.tools = [.kubeBench] }, finding(nil), false),
  ]

  @Test(arguments: table.indices)
  func `takes what fits all kinds of conditions`(row: Int) {
    let (filter, finding, fits) = Self.table[row]
    #expect(filter.matches(finding, of: .dockerBenchSecurity, Self.policy) == fits)
  }

  @Test func `leaves a host the findings that fit`() {
    var past = Past()
    past.add(
      day: 0,
      [
        "daemon-icc-disabled": .fail, "daemon-live-restore": .pass, "host-partition": .fail,
        "9.9": .fail,
      ])
    let reading = HostReading(past, .embedded)
    try? reading.forEach { host in
      let judged = JudgedHost(host.findings, Judgement(Self.policy, at: Past.day(1)))
      let own = judged.only(Self.filter { $0.sections = ["daemon"] }, Self.policy)
      #expect(own.verdicts.count == 2)
      #expect(own.compliance.percent == 50)
      #expect(judged.only(FindingFilter(), Self.policy).verdicts.count == 4)
    }
  }
}

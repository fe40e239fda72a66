import BenchCatalog
import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport

@testable import BenchAnalysis

/// Trends, gates and comparisons of many that never change, for the snapshots.
extension Sample {
  static let start: Int64 = 1_767_225_600

  static func day(_ number: Int64) -> Int64 { start + number * 86_400 }

  /// What can stand in a name to break out of a format.
  static let attack =
    "[x](javascript:alert(1))<script>|a|\n::error::no\u{1b}[31m%0A`b`**c**_d_ @me #1 http://e.f www.g.h"

  static func check(_ control: String?, id: String = "2.1", title: String = "A title as printed")
    -> CheckKeys.Check
  {
    CheckKeys.Check(control: control, checkID: id, title: title)
  }

  private static func point(
    _ day: Int64, hosts: Int = 1, high: Int, low: Int, pass: Int, unrated: Int = 0,
    run: Int64? = nil
  ) -> Trend.Point {
    var point = Trend.Point(time: self.day(day))
    point.run = run
    point.hosts = hosts
    point.severities = [.high: high, .low: low]
    point.stride = [.elevation: high, .denial: low, .disclosure: high]
    point.unrated = unrated
    point.pass = pass
    return point
  }

  /// Of one host over three runs.
  static let trend: Trend = {
    var trend = Trend(window: 10, staleDays: 7, time: day(40), catalog: .embedded)
    trend.points = [
      point(0, high: 2, low: 1, pass: 1, run: 1), point(1, high: 3, low: 1, pass: 1, run: 2),
      point(2, high: 1, low: 2, pass: 4, unrated: 1, run: 3),
    ]
    trend.points[0].joined = 1
    trend.points[0].books[.firstSeen] = 3
    trend.points[1].books = Books(before: 3)
    trend.points[1].books[.regressed] = 1
    trend.points[2].books = Books(before: 4)
    trend.points[2].books[.fixed] = 2
    trend.points[2].books[.newlySeen] = 1
    trend.points[2].books[.begunByCriterion] = 1
    trend.points[2].criterionChanged = 4
    trend.hosts = 1
    trend.runs = 3
    trend.open = [
      Trend.OpenCheck(
        check: check("daemon-icc-disabled"), severity: .high, stride: [.disclosure], hosts: 1,
        since: day(0), isFromStart: true, leftOut: 1, turns: 4),
      Trend.OpenCheck(
        check: check("daemon-live-restore"), severity: .low, stride: [.denial], hosts: 1,
        since: day(2), isFromStart: false),
      Trend.OpenCheck(
        check: check(nil, id: "9.9", title: "A check of nobody"), severity: nil, stride: [],
        hosts: 1, since: day(2), isFromStart: false),
    ]
    trend.flapping = [
      Trend.Flapping(host: "web-1", check: check("daemon-icc-disabled"), turns: 4, isOpen: true)
    ]
    trend.stale = [Trend.StaleHost(host: "web-1", lastRun: day(2))]
    trend.leftOut = 1
    trend.retired = 2
    trend.fixed = 2
    trend.meanTimeToFix = 3 * 86_400 + 43_200
    return trend
  }()

  /// Of many hosts over many days, with names that attack.
  static func fleetTrend(_ name: String) -> Trend {
    var trend = Trend(window: 5, staleDays: 30, time: day(40), catalog: .embedded)
    for number in 0..<60 {
      let hosts = number < 3 ? 0 : 12
      trend.points.append(
        point(Int64(number), hosts: hosts, high: number % 7, low: number / 10, pass: number))
    }
    trend.hosts = 12
    trend.runs = 700
    trend.open = (0..<5).map {
      Trend.OpenCheck(
        check: check(nil, id: "9.\($0)", title: name), severity: nil, stride: [], hosts: 3 + $0,
        since: day(Int64($0)), isFromStart: false)
    }
    trend.flapping = (0..<4).map {
      Trend.Flapping(
        host: name, check: check(nil, id: name, title: name), turns: 5 - $0, isOpen: $0 == 0)
    }
    trend.stale = (0..<5).map { Trend.StaleHost(host: name, lastRun: day(Int64($0))) }
    return trend
  }

  /// A gate with every reason there is, about names that are given.
  static func gate(_ name: String) -> Gate {
    var thresholds = Thresholds()
    thresholds.newFailures = true
    thresholds.severity = .medium
    thresholds.compliance = 90
    thresholds.counts = [.high: 0]
    thresholds.unmapped = true
    thresholds.incomplete = true
    thresholds.staleDays = 7
    thresholds.lapsedAttestations = true
    var policy = Policy()
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: "me", end: day(1))
    ]
    policy.waivers = [
      Waiver(coverage: Coverage(.control("container-apparmor")), reason: "r", owner: "o")
    ]
    var gate = Gate(thresholds, Judgement(policy, at: day(40)))
    gate.check(subject(name, policy))
    return gate
  }

  /// A gate of hosts on their first runs, which are taken so.
  static func firstRuns(_ names: [String], _ firstRun: FirstRun) -> Gate {
    var thresholds = Thresholds()
    thresholds.newFailures = true
    thresholds.firstRun = firstRun
    var gate = Gate(thresholds, Judgement(Policy(), at: day(40)))
    for name in names {
      var subject = subject(name, Policy())
      subject.changes = []
      subject.unmeasured = [Gate.Unmeasured(system: .docker, reason: .noBase)]
      gate.check(subject)
    }
    return gate
  }

  static let passed: Gate = {
    var thresholds = Thresholds()
    thresholds.counts = [.critical: 0]
    var gate = Gate(thresholds, Judgement(Policy(), at: day(40)))
    gate.check(subject("web-1", Policy()))
    return gate
  }()

  /// A host whose newest run has failures of every kind.
  private static func subject(_ name: String, _ policy: Policy) -> Gate.Subject {
    let findings = [
      finding("daemon-icc-disabled", .fail, id: "2.2"),
      finding(
        "image-user-created", .fail, id: "4.1", items: [item(name), item("web", value: "80")]),
      finding("container-apparmor", .fail, id: "5.2", items: [item("web")]),
      finding(nil, .fail, id: "9.9", items: [item(name)]),
      finding("host-hardened", .manual, id: "1.2"), finding("host-partition", .pass, id: "1.1"),
    ]
    let base = [
      finding("daemon-icc-disabled", .pass, id: "2.2"),
      finding("image-user-created", .fail, id: "4.1", items: [item("web", value: "80")]),
    ]
    let release = Sample.head.release
    var past = Past()
    past.add(
      id: 77, order: RunOrder(startedAt: day(2)), host: name, findings: findings, release: release,
      isComplete: false)
    var summary = Sample.head
    summary.id = 77
    summary.host = name
    summary.path = "logs/\(name).log"
    summary.startedAt = day(2)
    let comparison = Comparison(
      from: ComparedRun(release: release, isComplete: true, findings: base),
      to: ComparedRun(release: release, isComplete: false, findings: findings))
    return Gate.Subject(
      host: JudgedHost(past.host(name), Judgement(policy, at: day(40))), runs: [summary],
      changes: [(summary, comparison)],
      unmeasured: [Gate.Unmeasured(system: .kubernetes, reason: .nothingInCommon)])
  }

  /// Three hosts that changed, one of them by the name that is given.
  static func fleet(_ name: String) -> FleetComparison {
    var fleet = FleetComparison()
    for host in ["db-1", name, "web-2"] {
      var (from, to) = (base, head)
      from.host = host
      to.host = host
      fleet.add(FleetComparison.HostChange(base: from, head: to, comparison: comparison))
    }
    for number in 0..<40 { fleet.addUnchanged("same-\(number)") }
    fleet.addSingle("new-1")
    fleet.addSingle(name + "-new")
    return fleet.sorted()
  }

  /// A run against two others.
  static func matrix(_ name: String) -> (
    base: StoredRun, heads: [(run: StoredRun, comparison: Comparison)]
  ) {
    var last = head
    last.host = name
    let same = Comparison(
      from: ComparedRun(release: base.release, isComplete: true, findings: findings),
      to: ComparedRun(release: base.release, isComplete: true, findings: findings), .embedded)
    return (
      StoredRun(summary: base, findings: findings),
      [
        (StoredRun(summary: base, findings: findings), same),
        (StoredRun(summary: last, findings: later), comparison),
      ]
    )
  }

  /// What an import changed: a first run, one that can't be compared, and one that got worse.
  static func imports(_ name: String) -> [ImportedChange] {
    func side(_ run: RunSummary, _ host: String) -> ImportedChange.Side {
      ImportedChange.Side(
        id: run.id, host: host, startedAt: run.startedAt, failures: run.counts[.fail] ?? 0)
    }
    let base = side(base, base.host)
    let (head, other) = (side(head, head.host), side(head, name))
    return [
      ImportedChange(head: head, base: base, summary: ImportedChange.Summary(comparison)),
      ImportedChange(head: other, base: base, summary: nil),
      ImportedChange(head: other, base: nil, summary: nil),
    ]
  }
}

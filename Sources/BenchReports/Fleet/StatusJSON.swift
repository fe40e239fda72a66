package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// `benchtrail.status.v1`: one host on one screen.
package struct StatusJSON: Encodable {
  struct SystemJSON: Encodable {
    let system: String
    let run: String
    let base: String?
    let baseline: String?
  }

  struct FailureJSON: Encodable {
    let severity: String?
    let control: String
    let checkId: String
    let title: String
    let items: [ItemJSON]
    let waived: Bool
    let fix: FixJSON?

    init(_ failure: HostStatus.Failure) {
      severity = failure.severity?.name
      control = failure.check.control ?? "unmapped"
      checkId = failure.check.checkID
      title = failure.title
      items = failure.items.map(ItemJSON.init)
      waived = failure.isAccepted
      fix = failure.fix.map { FixJSON(id: $0.id, title: $0.title) }
    }
  }

  struct FixJSON: Encodable {
    let id: String
    let title: String
  }

  struct GateStateJSON: Encodable {
    struct RuleJSON: Encodable {
      let rule: String
      let reasons: Int
      let message: String
    }

    let state: String
    let failed: [RuleJSON]

    init?(_ gate: Gate?) {
      guard let gate else { return nil }
      state = gate.state.rawValue
      failed = StatusReport.failedRules(gate).map {
        RuleJSON(rule: $0.key, reasons: $0.reasons, message: $0.words)
      }
    }
  }

  struct PlaceJSON: Encodable {
    let run: String?
    let startedAt: String
    let failures: Int
  }

  let schema = "benchtrail.status.v1"
  let asOf: String
  let host: String
  let lastRun: String
  let ageDays: Int
  let silent: Bool
  let silentAfterDays: Int
  let systems: [SystemJSON]
  let runs: [RunJSON]
  let open: Int
  let severities: [String: Int]
  let unrated: Int
  let notEvaluated: Int
  let waived: Int
  let nextExpiry: ExpiryJSON?
  let manual: Int
  let lapsedAttestations: Int
  let unmapped: Int
  let complete: Bool
  let pass: Int
  let fail: Int
  let compliance: Double?
  let complianceBefore: Double?
  let worse: Int
  let fixed: Int
  let books: BooksJSON
  let worst: [FailureJSON]
  let urgent: [FailureJSON]
  let gate: GateStateJSON?
  let history: [PlaceJSON]

  /// Describes a host.
  package init(_ status: HostStatus) {
    let overview = status.overview
    asOf = CivilTime.rfc3339(status.time)
    host = overview.name
    lastRun = CivilTime.rfc3339(overview.lastRun)
    ageDays = overview.age.days
    silent = overview.isSilent
    silentAfterDays = status.silentAfter
    systems = status.systems.map {
      SystemJSON(
        system: $0.system.name, run: $0.run.name, base: $0.base?.name, baseline: $0.baseline?.name)
    }
    runs = status.runs.map(RunJSON.init)
    open = overview.open.total
    severities = Dictionary(
      uniqueKeysWithValues: Severity.allCases.map { ($0.name, overview.open[$0]) })
    unrated = overview.open.unrated
    notEvaluated = status.notEvaluated
    waived = overview.waived
    nextExpiry = ExpiryJSON(status.accepted)
    manual = status.manual
    lapsedAttestations = status.lapsed
    unmapped = status.runs.reduce(0) { $0 + $1.unmapped }
    complete = status.runs.allSatisfy(\.isComplete)
    pass = overview.compliance.pass
    fail = overview.compliance.fail
    compliance = overview.compliance.percent
    complianceBefore = status.complianceBefore?.percent
    worse = overview.worse
    fixed = overview.fixed
    books = BooksJSON(overview.books)
    worst = status.worst.map(FailureJSON.init)
    urgent = status.urgent.map(FailureJSON.init)
    gate = GateStateJSON(status.gate)
    history = status.history.map {
      PlaceJSON(
        run: $0.run.map { RunSummary.name(of: $0) }, startedAt: CivilTime.rfc3339($0.time),
        failures: $0.failures)
    }
  }
}

package import BenchAnalysis
import BenchHistory
import BenchModel

/// `benchtrail.hosts.v1`: all hosts at a glance.
package struct HostsJSON: Encodable {
  struct ToolJSON: Encodable {
    let tool: String
    let system: String
    let lastRun: String
    let complete: Bool
  }

  struct EntryJSON: Encodable {
    let host: String
    let tools: [ToolJSON]
    let lastRun: String
    let ageDays: Int
    let silent: Bool
    let open: Int
    let severities: [String: Int]
    let unrated: Int
    let waived: Int
    let worse: Int
    let fixed: Int
    let books: BooksJSON
    let pass: Int
    let fail: Int
    let compliance: Double?
    let gate: String?
    let recentOpen: [Int]
  }

  struct GateStatesJSON: Encodable {
    let passed: Int
    let tripped: Int
    let notMeasurable: Int
  }

  let schema = "benchtrail.hosts.v1"
  let asOf: String
  let sort: String
  let silentAfterDays: Int
  let hosts: Int
  let open: Int
  let severities: [String: Int]
  let unrated: Int
  let waived: Int
  let worseHosts: Int
  let silentHosts: Int
  let gate: GateStatesJSON?
  let listed: Int
  let entries: [EntryJSON]

  /// Describes the hosts.
  package init(_ fleet: FleetOverview, _ options: HostsReport.Options) {
    let chosen = fleet.listed(options.choice)
    asOf = CivilTime.rfc3339(fleet.time)
    sort = options.choice.order?.rawValue ?? "worst"
    silentAfterDays = fleet.silentAfter
    hosts = fleet.hosts.count
    open = fleet.open.total
    severities = Self.severities(fleet.open)
    unrated = fleet.open.unrated
    waived = fleet.waived
    worseHosts = fleet.worse
    silentHosts = fleet.silent
    gate =
      fleet.hasGate
      ? GateStatesJSON(
        passed: fleet.count(.passed), tripped: fleet.count(.tripped),
        notMeasurable: fleet.count(.notMeasurable)) : nil
    listed = chosen.count
    entries = chosen.prefix(options.limit ?? chosen.count).map { host in
      Self.entry(host, fleet.recentOpen[host.name] ?? [])
    }
  }

  private static func entry(_ host: HostOverview, _ recent: [Int]) -> EntryJSON {
    EntryJSON(
      host: host.name,
      tools: host.newest.map { run in
        ToolJSON(
          tool: run.tool.name, system: run.tool.system.name,
          lastRun: CivilTime.rfc3339(run.startedAt), complete: run.isComplete)
      },
      lastRun: CivilTime.rfc3339(host.lastRun), ageDays: host.age.days, silent: host.isSilent,
      open: host.open.total, severities: severities(host.open), unrated: host.open.unrated,
      waived: host.waived, worse: host.worse, fixed: host.fixed, books: BooksJSON(host.books),
      pass: host.compliance.pass, fail: host.compliance.fail,
      compliance: host.compliance.percent, gate: host.gate?.rawValue,
      recentOpen: recent)
  }

  private static func severities(_ open: OpenTally) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.name, open[$0]) })
  }
}

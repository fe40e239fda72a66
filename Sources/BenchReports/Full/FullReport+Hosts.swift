package import BenchAnalysis
import BenchHistory
import BenchModel

extension FullReport {
  /// Hosts that have all of it in common stand in one line from so many hosts on.
  private static let mostSingle = 100
  /// The most lines.
  private static let mostLines = 200

  /// What hosts that stand in one line have in common.
  private struct State: Hashable {
    let open: OpenTally
    let worse: Int
    let fixed: Int
    let compliance: Compliance
    let gate: Gate.HostResult.State?
    let isSilent: Bool

    init(_ host: HostOverview) {
      (open, worse, fixed) = (host.open, host.worse, host.fixed)
      (compliance, gate, isSilent) = (host.compliance, host.gate, host.isSilent)
    }
  }

  /// The names of the hosts whose last runs the report shows.
  package static func shown(_ fleet: FleetOverview) -> Set<String> {
    fleet.hosts.count < 2
      ? [] : Set(lines(fleet.listed(.init())).prefix(mostLines).map(\.first.name))
  }

  /// The lines of the hosts: the first of each, and how many more it stands for.
  private static func lines(_ listed: [HostOverview]) -> [(first: HostOverview, more: Int)] {
    var lines: [(first: HostOverview, more: Int)] = []
    if listed.count <= mostSingle {
      lines = listed.map { ($0, 0) }
    } else {
      var places: [State: Int] = [:]
      for host in listed {
        let state = State(host)
        if let place = places[state] {
          lines[place].more += 1
        } else {
          places[state] = lines.count
          lines.append((host, 0))
        }
      }
    }
    return lines
  }

  func hosts(_ fleet: FleetOverview, _ document: inout Document) {
    let listed = fleet.listed(.init())
    let lines = Self.lines(listed)
    let right = { (title: String) in Document.Column(title, isRightAligned: true) }
    document.table(
      [Document.Column("host", isFlexible: true)]
        + ["critical", "high", "open", "worse", "fixed", "%"].map(right)
        + (fleet.hasGate ? [Document.Column("gate")] : [])
        + [
          Document.Column("\(RecentOpen.runs) runs"), Document.Column("last run (UTC)", spare: 1),
        ],
      lines.prefix(Self.mostLines).map { cells($0.first, more: $0.more, fleet) })
    let shown = lines.prefix(Self.mostLines).reduce(0) { $0 + 1 + $1.more }
    var words =
      fleet.waived > 0 ? "The last runs count accepted failures too, the other columns don't. " : ""
    if lines.contains(where: { $0.more > 0 }) {
      words =
        "Hosts with the same numbers and gate stand in one line, with the runs of the first. "
    }
    if shown < listed.count { words += "\(listed.count - shown) more hosts are not here. " }
    if !words.isEmpty { document.paragraph(.init(words, .faint)) }
    if shown < listed.count || lines.contains(where: { $0.more > 0 }) {
      document.paragraph(.init("benchtrail hosts", .code), .init(" lists each.", .faint))
    }
  }

  private func cells(_ host: HostOverview, more: Int, _ fleet: FleetOverview) -> [Document.Line] {
    var name: Document.Line = [.host(host.name)]
    if more > 0 { name.append(.init(" and \(TrendReport.count(more, "more host"))", .faint)) }
    var cells: [Document.Line] = [
      name, [.number(host.open[.critical], .bad)], [.number(host.open[.high], .bad)],
      [.init("\(host.open.total)", .strong)], [.number(host.worse, .bad)],
      [.number(host.fixed, .good)],
      [.init(host.compliance.text ?? "-")],
    ]
    if fleet.hasGate { cells.append([HostsReport.gate(host.gate)]) }
    cells.append([
      .sparkline(
        fleet.recentOpen[host.name] ?? [], words: "open after each of the last runs")
    ])
    cells.append(
      [.init(CivilTime.short(host.lastRun))]
        + (host.isSilent ? [.init(" silent", .notable)] : []))
    return cells
  }
}

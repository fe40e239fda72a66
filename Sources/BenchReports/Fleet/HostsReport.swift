package import BenchAnalysis
import BenchHistory
import BenchModel

/// The report on all hosts at a glance, a line each.
package enum HostsReport {
  /// What is listed, and how.
  package struct Options: Sendable {
    package var choice: FleetOverview.Choice
    /// The most hosts that are listed; nil for all.
    package var limit: Int?
    /// Whether the columns must fit a terminal of 80.
    package var isNarrow: Bool

    /// Creates options.
    package init(
      _ choice: FleetOverview.Choice = .init(), limit: Int? = nil, isNarrow: Bool = false
    ) {
      self.choice = choice
      self.limit = limit
      self.isNarrow = isNarrow
    }
  }

  /// From so many columns on there is room for times and the tools' names.
  package static let wide = 130

  /// Describes the hosts for people.
  package static func document(_ fleet: FleetOverview, _ options: Options) -> Document {
    var document = Document()
    document.blocks.append(.heading(totals(fleet)))
    let hosts = fleet.listed(options.choice)
    let shown = hosts.prefix(options.limit ?? hosts.count)
    notes(fleet, options, &document)
    if options.choice.isLimited { document.paragraph(listed(hosts.count, fleet, options.choice)) }
    document.table(
      columns(fleet, options), Array(shown).mapInParallel { cells($0, fleet, options) })
    if shown.count < hosts.count {
      document.paragraph(
        .init("and \(hosts.count - shown.count) more: without '--limit' all are listed", .faint))
    }
    return document
  }

  // MARK: - The totals

  private static func totals(_ fleet: FleetOverview) -> Document.Line {
    var line: Document.Line = [
      .init("\(TrendReport.count(fleet.hosts.count, "host")), \(fleet.open.total) open: ")
    ]
    for severity in Severity.descending {
      let count = fleet.open[severity]
      line.append(
        .init("\(count) \(severity.name)", severity >= .high && count > 0 ? .bad : .plain))
      line.append(.init(severity == .low ? "" : ", "))
    }
    if fleet.open.unrated > 0 {
      line.append(.init(", \(fleet.open.unrated) of unmapped checks", .notable))
    }
    line.append(.init("; "))
    line.append(.init("\(fleet.worse) worse", fleet.worse > 0 ? .bad : .plain))
    line.append(.init(", "))
    line.append(.init("\(fleet.silent) silent", fleet.silent > 0 ? .notable : .plain))
    if fleet.hasGate {
      let failing = fleet.count(.tripped)
      line.append(.init(", "))
      line.append(.init("gate fails on \(failing)", failing > 0 ? .bad : .good))
    }
    return line
  }

  private static func notes(
    _ fleet: FleetOverview, _ options: Options, _ document: inout Document
  ) {
    if fleet.waived > 0 {
      document.paragraph(.init("\(fleet.waived) accepted and left out", .notable))
    }
    var text =
      options.isNarrow ? "C, H, M, L: open failures that are critical, high, medium, low. " : ""
    text += "Worse: regressed or newly seen since the run before. "
    text += "Silent: no run for more than \(TrendReport.count(fleet.silentAfter, "day"))."
    if fleet.count(.notMeasurable) > 0 {
      text += " Gate unknown: there is nothing to measure new failures against."
    }
    text += " Runs: what was open after each of the last \(RecentOpen.runs), accepted too."
    if options.isNarrow {
      text += " Times and tools: in \(wide) columns, or with '--format json'."
    }
    document.paragraph(.init(text, .faint))
  }

  /// How many hosts a choice lists, in words.
  private static func listed(
    _ count: Int, _ fleet: FleetOverview, _ choice: FleetOverview.Choice
  ) -> Document.Line {
    let what = [choice.isWorse ? "worse" : "", choice.isSilent ? "silent" : ""]
      .filter { !$0.isEmpty }.joined(separator: " and ")
    guard count > 0 else { return [.init("No host is \(what).", .good)] }
    return [
      .init(
        "Listed: \(count) of \(TrendReport.count(fleet.hosts.count, "host")), "
          + "only what is \(what).")
    ]
  }

  // MARK: - The table

  private static func columns(
    _ fleet: FleetOverview, _ options: Options
  ) -> [Document.Column] {
    let right = { (title: String) in Document.Column(title, isRightAligned: true) }
    var columns = [Document.Column("host", isFlexible: true)]
    if options.isNarrow {
      columns += [Document.Column("system"), Document.Column("last run")]
      columns += ["C", "H", "M", "L"].map(right)
    } else {
      columns += [
        Document.Column("tool", isFlexible: true), Document.Column("last run (UTC)"),
        Document.Column("age"),
      ]
      columns += ["crit", "high", "med", "low", "open"].map(right)
    }
    columns += ["worse", "fixed", "%"].map(right)
    if fleet.hasGate { columns.append(Document.Column("gate")) }
    columns.append(Document.Column("\(RecentOpen.runs) runs"))
    return columns
  }

  private static func cells(
    _ host: HostOverview, _ fleet: FleetOverview, _ options: Options
  ) -> [Document.Line] {
    var cells: [Document.Line] = [[.init(Untrusted(host.name), .strong)]]
    if options.isNarrow {
      var systems: [String] = []
      for run in host.newest where !systems.contains(run.tool.system.name) {
        systems.append(run.tool.system.name)
      }
      cells.append([.init(Untrusted(systems.joined(separator: ", ")))])
    } else {
      let tools = host.newest.map(\.tool.name).joined(separator: ", ")
      cells.append([.init(Untrusted(tools))])
      cells.append([.init(CivilTime.short(host.lastRun))])
    }
    cells.append([age(host, fleet.time, options)])
    for severity in Severity.descending {
      cells.append([.number(host.open[severity], severity >= .high ? .bad : .plain)])
    }
    if !options.isNarrow { cells.append([.init("\(host.open.total)", .strong)]) }
    cells.append([.number(host.worse, .bad)])
    cells.append([.number(host.fixed, .good)])
    cells.append([.init(host.compliance.text ?? "-")])
    if fleet.hasGate { cells.append([gate(host.gate)]) }
    let recent = fleet.recentOpen[host.name] ?? []
    cells.append([
      .sparkline(recent, words: "open after each of the last runs")
    ])
    return cells
  }

  /// How long ago the last run was; a silent host is called so.
  private static func age(
    _ host: HostOverview, _ time: Int64, _ options: Options
  ) -> Document.Span {
    let days = host.age.days
    if host.isSilent {
      return .init(
        "silent \(options.isNarrow ? "\(days) d" : TrendReport.count(days, "day"))", .notable)
    }
    if days > 1 { return .init("\(days) days ago") }
    // What a clock that is ahead says was just now.
    let minutes = host.lastRun < time ? (time - host.lastRun) / 60 : 0
    return .init(minutes < 60 ? "\(minutes) min ago" : "\(minutes / 60) h ago")
  }

  static func gate(_ state: Gate.HostResult.State?) -> Document.Span {
    switch state {
    case .passed: .init("passes", .good)
    case .tripped: .init("fails", .bad)
    case .notMeasurable: .init("unknown", .notable)
    case nil: .init("-", .faint)
    }
  }
}

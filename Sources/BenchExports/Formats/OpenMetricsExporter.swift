import BenchHistory
import BenchAnalysis
import BenchModel

/// Writes metrics for Prometheus, in a text that is both OpenMetrics and the older format that node_exporter's textfile
/// collector reads.
///
/// Therefore all are gauges, none has a time of its own (the collector rejects a file with one), and the last line,
/// `# EOF`, is a comment to the older format. The lines of a metric must stand together, so the numbers of every host are
/// kept until the end. Labels are hosts, tools, controls and fixed words: a label with a check's title would make a series
/// of every rewording, and one with an item's name a series of every container.
struct OpenMetricsExporter: Exporter {
  /// The metrics, in the order of the file.
  private enum Family: Int, CaseIterable {
    /// The same results twice: by section, and of the host as a whole.
    case results, totals
    case failed, stride, controls, compliance, regressions, newlySeen, waivers, attestations
    case leftOut, unmapped, isComplete, startedAt

    /// Whether an export of these metrics has it.
    func isPart(of metrics: ExportMetrics) -> Bool {
      switch self {
      case .results, .stride: metrics == .items
      case .totals: metrics != .items
      case .controls: metrics == .controls
      default: true
      }
    }

    var name: String {
      switch self {
      case .results, .totals: "results"
      case .failed: "failed"
      case .stride: "stride_failed"
      case .controls: "control_failed"
      case .compliance: "compliance_ratio"
      case .regressions: "regressions"
      case .newlySeen: "newly_seen"
      case .waivers: "waivers"
      case .attestations: "attestations"
      case .leftOut: "left_out"
      case .unmapped: "unmapped"
      case .isComplete: "last_run_complete"
      case .startedAt: "last_run_timestamp_seconds"
      }
    }

    var help: String {
      switch self {
      case .results, .totals: "Controls by outcome, with attestations, at the last judgement."
      case .failed: "Open failures that nobody has accepted, by severity."
      case .stride:
        "Open failures that nobody has accepted, by STRIDE category; one may be in several."
      case .controls: "Whether the control is an open failure that nobody has accepted."
      case .compliance: "Controls that the tool passed, of those that it passed or failed."
      case .regressions: "Open failures that the base run passed."
      case .newlySeen: "Other open failures that the base run did not have."
      case .waivers: "Failures of which all, or some items, are an accepted risk."
      case .attestations: "Manual controls that are, or were once, attested."
      case .leftOut: "Open failures that the newest run did not judge."
      case .unmapped: "Checks that no edition knows."
      case .isComplete: "Whether the newest run is whole."
      case .startedAt: "When the newest run began."
      }
    }
  }

  /// The lines of each family, a text for each host.
  private var samples: [[String]] = Array(repeating: [], count: Family.allCases.count)
  /// What somebody chose.
  private let chosen: ExportMetrics?
  private var count = 0
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = Occurrences<String>()

  /// Creates an exporter.
  ///
  /// - Parameter metrics: Which metrics it writes; nil for what is usual for so many hosts.
  init(_ metrics: ExportMetrics? = nil) { chosen = metrics }

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
  }

  /// What the hosts have if no more of them come.
  private var metrics: ExportMetrics { chosen ?? .usual(of: count) }

  /// Whether the lines of a family may be written in the end.
  private func isKept(_ family: Family) -> Bool {
    // One host more may be one too many.
    family.isPart(of: metrics) || (chosen == nil && family.isPart(of: .summary))
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    count += 1
    if chosen == nil, count == ExportMetrics.detailLimit + 1 {
      for family in Family.allCases where !isKept(family) { samples[family.rawValue] = [] }
    }
    var name = SafeText.name(host.name)
    // A series that comes twice makes the collector reject the whole file.
    let number = hosts.next(name)
    if number > 1 { name += " (\(number))" }
    let label = "{host=\"\(Self.escaped(name))\""
    // Texts that grow: a fleet has millions of these lines.
    var lines = Array(repeating: "", count: Family.allCases.count)
    func gauge(_ family: Family, _ labels: String, _ value: String) {
      lines[family.rawValue] += Self.names[family.rawValue]
      lines[family.rawValue] += label
      lines[family.rawValue] += labels
      lines[family.rawValue] += value
      lines[family.rawValue] += "\n"
    }
    let tally = host.tally
    for section in tally.sections where isKept(.results) {
      let own = Self.label("section", SafeText.name(section.name))
      for (outcome, result) in Self.outcomes {
        gauge(.results, own + result, String(section.outcomes[outcome]))
      }
    }
    for (outcome, result) in Self.outcomes where isKept(.totals) {
      let total = tally.sections.reduce(0) { $0 + $1.outcomes[outcome] }
      gauge(.totals, result, String(total))
    }
    for (severity, label) in Self.severities {
      gauge(.failed, label, String(tally.severities[severity] ?? 0))
    }
    gauge(.failed, Self.last("severity", "unknown"), String(tally.unrated))
    for (stride, label) in Self.categories where isKept(.stride) {
      gauge(.stride, label, String(tally.stride[stride] ?? 0))
    }
    if isKept(.controls) {
      for (control, isOpen) in Self.states(tally) {
        gauge(.controls, Self.last("control", control), isOpen ? "1" : "0")
      }
    }
    gauge(.compliance, Self.end, tally.ratio)
    if host.isCompared {
      gauge(.regressions, Self.end, String(tally.regressions))
      gauge(.newlySeen, Self.end, String(tally.newlySeen))
    }
    gauge(.waivers, Self.last("state", "whole"), String(tally.waivedWhole))
    gauge(.waivers, Self.last("state", "partly"), String(tally.waivedPartly))
    gauge(.attestations, Self.last("state", "held"), String(tally.attested))
    gauge(.attestations, Self.last("state", "lapsed"), String(tally.lapsed))
    gauge(.leftOut, Self.end, String(tally.leftOut))
    gauge(.unmapped, Self.end, String(tally.unmapped))
    var tools: Set<String> = []
    for run in tally.newest where tools.insert(run.tool.name).inserted {
      let label = Self.last("tool", SafeText.name(run.tool.name))
      gauge(.isComplete, label, run.isComplete ? "1" : "0")
      gauge(.startedAt, label, String(Wording.bounded(run.startedAt)))
    }
    for index in lines.indices where !lines[index].isEmpty { samples[index].append(lines[index]) }
  }

  mutating func end(_ write: ExportSink) throws {
    let metrics = metrics
    for family in Family.allCases
    where family.isPart(of: metrics) && !samples[family.rawValue].isEmpty {
      try write(Self.head(family.name, family.help))
      for sample in samples[family.rawValue] { try write(sample) }
    }
    try write(
      Self.head("export_timestamp_seconds", "When these metrics were written.")
        + "benchtrail_export_timestamp_seconds \(Wording.bounded(context.time))\n# EOF\n")
  }

  /// Each control of a host once: it is open if any tool has it so.
  private static func states(_ tally: HostTally) -> [(control: String, isOpen: Bool)] {
    var places: [String: Int] = [:]
    var states: [(control: String, isOpen: Bool)] = []
    for state in tally.states {
      let control = SafeText.name(state.control)
      if let place = places[control] {
        if state.isOpen { states[place].isOpen = true }
      } else {
        places[control] = states.count
        states.append((control, state.isOpen))
      }
    }
    return states
  }

  private static func head(_ name: String, _ help: String) -> String {
    "# HELP benchtrail_\(name) \(help)\n# TYPE benchtrail_\(name) gauge\n"
  }

  private static let names = Family.allCases.map { "benchtrail_" + $0.name }
  private static let outcomes = Outcome.allCases.map {
    (Int($0.rawValue), last("result", $0.name))
  }
  private static let severities = Severity.descending.map { ($0, last("severity", $0.name)) }
  private static let categories = Stride.allCases.map { ($0, last("category", $0.name)) }
  /// The end of the labels.
  private static let end = "} "

  /// The last label, with the end of all.
  private static func last(_ name: String, _ value: String) -> String { label(name, value) + end }

  /// A label behind another one.
  private static func label(_ name: String, _ value: String) -> String {
    ",\(name)=\"\(escaped(value))\""
  }

  /// Escapes a label's value; control characters are spelled out before.
  private static func escaped(_ text: String) -> String {
    text.escaping("\\\"") { "\\" + String($0) }
  }
}

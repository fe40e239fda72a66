import BenchHistory
import BenchAnalysis
import BenchModel

/// Writes metrics for Prometheus, in a text that is both OpenMetrics and the older format that node_exporter's textfile
/// collector reads.
///
/// Therefore all are gauges, none has a time of its own (the collector rejects a file with one), and the last line,
/// `# EOF`, is a comment to the older format. The lines of a metric must stand together, so the numbers of every host are
/// kept until the end. Labels are hosts, tools and fixed words: a label with a check's title would make a series of every
/// rewording.
struct OpenMetricsExporter: Exporter {
  /// The metrics, in the order of the file.
  private enum Family: Int, CaseIterable {
    case results, failed, stride, compliance, regressions, waivers, attestations, leftOut, unmapped
    case isComplete, startedAt

    var name: String {
      switch self {
      case .results: "results"
      case .failed: "failed"
      case .stride: "stride_failed"
      case .compliance: "compliance_ratio"
      case .regressions: "regressions"
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
      case .results: "Controls by outcome, with attestations, at the last judgement."
      case .failed: "Open failures that nobody has accepted, by severity."
      case .stride:
        "Open failures that nobody has accepted, by STRIDE category; one may be in several."
      case .compliance: "Controls that the tool passed, of those that it passed or failed."
      case .regressions: "Failures that the base run did not have."
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
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = Occurrences()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
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
    for section in tally.sections {
      let own = Self.label("section", SafeText.name(section.name))
      for (outcome, result) in Self.outcomes {
        gauge(.results, own + result, String(section.outcomes[outcome]))
      }
    }
    for (severity, label) in Self.severities {
      gauge(.failed, label, String(tally.severities[severity] ?? 0))
    }
    gauge(.failed, Self.last("severity", "unknown"), String(tally.unrated))
    for (stride, label) in Self.categories {
      gauge(.stride, label, String(tally.stride[stride] ?? 0))
    }
    if let ratio = tally.ratio { gauge(.compliance, Self.end, ratio) }
    if host.isCompared { gauge(.regressions, Self.end, String(tally.regressions)) }
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
    for family in Family.allCases where !samples[family.rawValue].isEmpty {
      try write(Self.head(family.name, family.help))
      for sample in samples[family.rawValue] { try write(sample) }
    }
    try write(
      Self.head("export_timestamp_seconds", "When these metrics were written.")
        + "benchtrail_export_timestamp_seconds \(Wording.bounded(context.time))\n# EOF\n")
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

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
    let heads = Family.allCases.map { "benchtrail_\($0.name){host=\"\(Self.escaped(name))\"" }
    // Texts that grow: a fleet has millions of these lines.
    var lines = Array(repeating: "", count: heads.count)
    func gauge(_ family: Family, _ labels: String, _ value: String) {
      lines[family.rawValue] += heads[family.rawValue]
      lines[family.rawValue] += labels
      lines[family.rawValue] += "} "
      lines[family.rawValue] += value
      lines[family.rawValue] += "\n"
    }
    let tally = HostTally(host)
    for (section, counts) in tally.sections {
      let label = Self.label("section", SafeText.name(section)) + ",result=\""
      for outcome in Outcome.allCases {
        gauge(.results, label + outcome.name + "\"", String(counts[Int(outcome.rawValue)]))
      }
    }
    for severity in Severity.descending {
      gauge(
        .failed, Self.label("severity", severity.name), String(tally.severities[severity] ?? 0))
    }
    gauge(.failed, Self.label("severity", "unknown"), String(tally.unrated))
    for stride in Stride.allCases {
      gauge(.stride, Self.label("category", stride.name), String(tally.stride[stride] ?? 0))
    }
    if let ratio = tally.ratio { gauge(.compliance, "", ratio) }
    if !host.bases.isEmpty { gauge(.regressions, "", String(tally.regressions)) }
    gauge(.waivers, Self.label("state", "whole"), String(tally.waivedWhole))
    gauge(.waivers, Self.label("state", "partly"), String(tally.waivedPartly))
    gauge(.attestations, Self.label("state", "held"), String(tally.attested))
    gauge(.attestations, Self.label("state", "lapsed"), String(tally.lapsed))
    gauge(.leftOut, "", String(tally.leftOut))
    gauge(.unmapped, "", String(tally.unmapped))
    var tools: Set<String> = []
    for run in host.runs where tools.insert(run.release.tool.name).inserted {
      let label = Self.label("tool", SafeText.name(run.release.tool.name))
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

  /// A label behind another one.
  private static func label(_ name: String, _ value: String) -> String {
    ",\(name)=\"\(escaped(value))\""
  }

  /// Escapes a label's value; control characters are spelled out before.
  private static func escaped(_ text: String) -> String {
    text.escaping("\\\"") { "\\" + String($0) }
  }
}

/// The numbers of a host.
private struct HostTally {
  /// In the order in which the sections come, with counts by the numbers of the outcomes.
  private(set) var sections: [(String, [Int])] = []
  private(set) var severities: [Severity: Int] = [:]
  private(set) var unrated = 0
  private(set) var stride: [Stride: Int] = [:]
  private(set) var regressions = 0
  private(set) var waivedWhole = 0
  private(set) var waivedPartly = 0
  private(set) var attested = 0
  private(set) var lapsed = 0
  private(set) var leftOut = 0
  private(set) var unmapped = 0
  private var compliance = Compliance()

  init(_ host: ExportHost) {
    let outcomes = Int(Outcome.allCases.map(\.rawValue).max() ?? 0) + 1
    var place = 0
    for finding in host.findings {
      let section = finding.finding.section
      // Those of a section stand together, mostly.
      if !sections.indices.contains(place) || sections[place].0 != section {
        place = sections.firstIndex { $0.0 == section } ?? sections.count
        if place == sections.count {
          sections.append((section, Array(repeating: 0, count: outcomes)))
        }
      }
      sections[place].1[Int(finding.verdict.rawValue)] += 1
      count(finding)
    }
  }

  private mutating func count(_ finding: ExportFinding) {
    if finding.finding.control == nil { unmapped += 1 }
    if finding.attestation != nil { attested += 1 }
    if finding.judged.isLapsed { lapsed += 1 }
    // As the trend and the gate count, so that all three say the same.
    compliance.add(finding.finding.outcome)
    guard finding.verdict == .fail else { return }
    if finding.judged.isWaived {
      waivedWhole += 1
      return
    }
    if !finding.judged.waivedItems.isEmpty { waivedPartly += 1 }
    if finding.isLeftOut { leftOut += 1 }
    if let severity = finding.judged.severity {
      severities[severity, default: 0] += 1
    } else {
      unrated += 1
    }
    for category in finding.stride { stride[category, default: 0] += 1 }
    switch finding.certainChange {
    case .regressed, .newlySeen: regressions += 1
    default: break
    }
  }

  /// The share of passes; nil if nothing was judged.
  var ratio: String? { compliance.ratio }
}

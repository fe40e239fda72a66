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
  private struct Family {
    var name: String
    var help: String
    /// A host's lines each.
    var samples: [String] = []
  }

  private var families: [Family] = [
    Family(name: "results", help: "Controls by outcome, with attestations, at the last judgement."),
    Family(name: "failed", help: "Open failures that nobody has accepted, by severity."),
    Family(
      name: "stride_failed",
      help: "Open failures that nobody has accepted, by STRIDE category; one may be in several."),
    Family(
      name: "compliance_ratio",
      help: "Controls that the tool passed, of those that it passed or failed."),
    Family(name: "regressions", help: "Failures that the base run did not have."),
    Family(name: "waivers", help: "Failures of which all, or some items, are an accepted risk."),
    Family(name: "attestations", help: "Manual controls that are, or were once, attested."),
    Family(name: "left_out", help: "Open failures that the newest run did not judge."),
    Family(name: "unmapped", help: "Checks that no edition knows."),
    Family(name: "last_run_complete", help: "Whether the newest run is whole."),
    Family(name: "last_run_timestamp_seconds", help: "When the newest run began."),
  ]
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
    let tally = HostTally(host)
    var lines: [String: [String]] = [:]
    func gauge(_ family: String, _ labels: [(String, String)], _ value: String) {
      let text = ([("host", name)] + labels).map { "\($0)=\"\(Self.escaped($1))\"" }
      lines[family, default: []].append(
        "benchtrail_\(family){\(text.joined(separator: ","))} \(value)\n")
    }
    for (section, counts) in tally.sections {
      for outcome in Outcome.allCases {
        gauge(
          "results", [("section", SafeText.name(section)), ("result", outcome.name)],
          String(counts[outcome] ?? 0))
      }
    }
    for severity in Severity.descending {
      gauge("failed", [("severity", severity.name)], String(tally.severities[severity] ?? 0))
    }
    gauge("failed", [("severity", "unknown")], String(tally.unrated))
    for stride in Stride.allCases {
      gauge("stride_failed", [("category", stride.name)], String(tally.stride[stride] ?? 0))
    }
    if let ratio = tally.ratio { gauge("compliance_ratio", [], ratio) }
    if !host.bases.isEmpty { gauge("regressions", [], String(tally.regressions)) }
    gauge("waivers", [("state", "whole")], String(tally.waivedWhole))
    gauge("waivers", [("state", "partly")], String(tally.waivedPartly))
    gauge("attestations", [("state", "held")], String(tally.attested))
    gauge("attestations", [("state", "lapsed")], String(tally.lapsed))
    gauge("left_out", [], String(tally.leftOut))
    gauge("unmapped", [], String(tally.unmapped))
    var tools: Set<String> = []
    for run in host.runs where tools.insert(run.release.tool.name).inserted {
      let labels = [("tool", SafeText.name(run.release.tool.name))]
      gauge("last_run_complete", labels, run.isComplete ? "1" : "0")
      gauge("last_run_timestamp_seconds", labels, String(Wording.bounded(run.startedAt)))
    }
    for index in families.indices {
      families[index].samples.append(lines[families[index].name]?.joined() ?? "")
    }
  }

  mutating func end(_ write: ExportSink) throws {
    for family in families where family.samples.contains(where: { !$0.isEmpty }) {
      try write(Self.head(family.name, family.help))
      for sample in family.samples { try write(sample) }
    }
    try write(
      Self.head("export_timestamp_seconds", "When these metrics were written.")
        + "benchtrail_export_timestamp_seconds \(Wording.bounded(context.time))\n# EOF\n")
  }

  private static func head(_ name: String, _ help: String) -> String {
    "# HELP benchtrail_\(name) \(help)\n# TYPE benchtrail_\(name) gauge\n"
  }

  /// Escapes a label's value; control characters are spelled out before.
  private static func escaped(_ text: String) -> String {
    text.escaping("\\\"") { "\\" + String($0) }
  }
}

/// The numbers of a host.
private struct HostTally {
  /// In the order in which the sections come.
  private(set) var sections: [(String, [Outcome: Int])] = []
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
    var places: [String: Int] = [:]
    for finding in host.findings {
      let section = finding.finding.section
      let place = places[section] ?? sections.count
      if place == sections.count { sections.append((section, [:])) }
      places[section] = place
      sections[place].1[finding.verdict, default: 0] += 1
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

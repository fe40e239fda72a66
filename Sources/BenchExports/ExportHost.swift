package import BenchAnalysis
package import BenchHistory
package import BenchModel

/// What is exported of one host.
package struct ExportHost: Sendable {
  /// The name that the host has now.
  package var name: String
  /// The newest run of each tool, the newest first.
  package var runs: [RunSummary]
  /// What a run was compared with, by the run's id; a run that was not compared is not in it.
  package var bases: [Int64: RunSummary]
  package var findings: [ExportFinding]
  /// Whether a run of it was compared.
  private(set) var isCompared: Bool
  private var counted: HostTally?

  /// The numbers of the host.
  var tally: HostTally { counted ?? HostTally(findings, runs: runs) }

  /// Creates a host of which an exporter needs the numbers alone.
  package init(name: String, _ tally: HostTally, isCompared: Bool) {
    self.init(name: name, runs: [], findings: [])
    self.isCompared = isCompared
    counted = tally
  }

  /// Creates a host.
  package init(
    name: String, runs: [RunSummary], bases: [Int64: RunSummary] = [:], findings: [ExportFinding]
  ) {
    self.name = name
    self.runs = runs
    self.bases = bases
    self.findings = findings
    isCompared = !bases.isEmpty
  }

  /// Collects what is exported of a host.
  ///
  /// - Parameters:
  ///   - host: What is known of the host, with what the policy says of it.
  ///   - controls: What is known of the controls, and the findings that hosts share.
  ///   - comparisons: The newest run of each system against its base; a run without one is not among them.
  ///   - ceased: The failures that ceased by another criterion; see `CeasedFailures`.
  ///   - equal: Those of the newest runs that found what their bases found, which need no comparison.
  ///   - summary: Returns a run of the history without its findings.
  ///   - numbered: Returns the numbers of a run's findings; nil where they have none.
  /// - Throws: What the closures throw.
  package init(
    _ host: JudgedHost, _ controls: ExportControls,
    comparisons: [(base: RunSummary, head: RunSummary, comparison: Comparison)] = [],
    ceased: [FindingKey: Finding] = [:],
    equal: [(base: RunSummary, head: RunSummary)] = [],
    summary: (HistoryRun) throws -> RunSummary?,
    numbered: (HistoryRun) throws -> [NumberedFinding]? = { _ in nil }
  ) rethrows {
    name = host.name
    runs = try host.findings.runs.compactMap(summary)
    bases = [:]
    for (base, head, _) in comparisons { bases[head.id] = base }
    for (base, head) in equal { bases[head.id] = base }
    isCompared = !bases.isEmpty
    var reading = ExportReading(
      host, controls, comparisons: comparisons, equal: equal.map(\.head), ceased: ceased)
    for run in runs { reading.add(run) }
    findings = []
    findings.reserveCapacity(host.verdicts.count)
    for verdict in host.verdicts {
      findings.append(try reading.finding(verdict, summary, numbered))
    }
  }
}

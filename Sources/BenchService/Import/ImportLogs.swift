package import BenchAnalysis
package import BenchHistory
import BenchModel
package import BenchReports

/// Imports logs: all files of an import are stored together or not at all.
package struct ImportLogs: Sendable {
  package var reading: LogReading
  package var labels: [(key: String, value: String)]
  /// Whether every warning is an error.
  package var isStrict: Bool
  /// Whether nothing is kept.
  package var isDryRun: Bool
  /// What the imported hosts are led through the gate by; nil if they are not.
  package var gate: HostQuery?

  /// Creates an import.
  package init(
    _ reading: LogReading, labels: [(key: String, value: String)] = [], isStrict: Bool = false,
    isDryRun: Bool = false, gate: HostQuery? = nil
  ) {
    self.reading = reading
    self.labels = labels
    self.isStrict = isStrict
    self.isDryRun = isDryRun
    self.gate = gate
  }

  /// What an import did.
  package struct Result: Sendable {
    /// In the order of the files; none if the import was refused.
    package var runs: [ImportedRun]
    /// What changed on each host and system with its newest imported run, by the hosts' names.
    package var changes: [ImportedChange]
    package var notices: [ImportNotice]
    /// Whether nothing was changed because of a notice.
    package var isRefused: Bool
    package var gate: Gate?
    /// What was done first to understand the runs anew that were there; nil where nothing was to do.
    package var renewal: Renewal?
  }

  /// Imports the files.
  ///
  /// - Parameters:
  ///   - repository: Where the runs go.
  ///   - refreshing: Is told of logs that are read again first; see ``RefreshRuns``.
  ///   - progress: Is told of files and runs that are done.
  /// - Returns: What the import did, or why it was refused.
  /// - Throws: The repository's errors.
  package func run(
    into repository: any RunRepository,
    refreshing: @escaping (_ contents: Int) -> Void = { _ in },
    progress: @escaping (_ files: Int, _ runs: Int) -> Void = { _, _ in }
  ) throws -> Result {
    let session = ImportSession(self, repository.hostNames, progress: progress)
    var result = Result(runs: [], changes: [], notices: [], isRefused: false, gate: nil)
    do {
      result.changes = try repository.write(isDryRun: isDryRun) { writer in
        // Two understandings never meet in a comparison.
        result.renewal = try RefreshRuns(reading.catalog).run(with: writer) { refreshing($0) }
        try session.store(into: writer)
        return try session.changes(in: writer)
      }
      result.runs = session.runs
    } catch is ImportSession.Refused {
      result.isRefused = true
    }
    result.notices = session.notices.all
    if var gate, !isDryRun, !result.isRefused {
      gate.until = try gate.until ?? repository.present(at: reading.now)
      let hosts = Set(result.runs.map { repository.hostNames.current($0.host) })
      result.gate = try GateHosts(gate, thresholds: gate.policy.thresholds)
        .run(hosts: hosts, in: repository)
    }
    return result
  }
}

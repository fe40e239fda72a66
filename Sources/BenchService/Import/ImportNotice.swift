package import BenchInput
package import BenchModel
package import BenchParsing

/// Something that an import noticed about a file.
package struct ImportNotice: Sendable {
  /// By so many seconds clocks may differ: a run that starts later than that from now starts in the future.
  package static let clockTolerance: Int64 = 600

  /// What was noticed.
  package enum Kind: Sendable {
    /// Something about a run of the file.
    case log(Diagnostic.Kind)
    /// The file holds no run.
    case noRun(found: LogContent)
    /// None of the files holds a run.
    case noRuns(files: Int)
    /// The pattern that should tell the host does not fit the file's path.
    case hostUnknown
    /// The runs are of hosts that the log itself names: of several, or of one where nobody named any.
    case hostsFromLog([String], isSplit: Bool)
    /// The file could not be opened or read.
    case unreadable(LogFile.Unreadable)
    /// Runs of one host and system have the same start; they were put in the order of their files' names and places.
    case orderGuessed(host: String, runs: Int, first: String, last: String)
    /// Files of one host were changed within seconds of each other and in another order than the numbers in their names:
    /// as a copy leaves them. The names count.
    case timesOfCopy(host: String, files: Int)
    /// Nobody named a host, and the files look like those of several.
    case severalHosts(SeveralHosts)
    /// The run starts after the import, so that a clock must be wrong; until its start it is not the latest.
    case startInFuture(host: String, start: Int64)
    /// So many warnings more than are kept.
    case moreWarnings(Int)
  }

  package var kind: Kind
  package var severity: Diagnostic.Severity
  package var path: String
  /// The 1-based line of the file, or 0 for the file as a whole.
  package var line: Int

  /// Creates a notice.
  package init(_ kind: Kind, severity: Diagnostic.Severity = .warning, path: String, line: Int = 0)
  {
    self.kind = kind
    self.severity = severity
    self.path = path
    self.line = line
  }
}

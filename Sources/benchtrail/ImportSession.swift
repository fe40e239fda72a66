import BenchCatalog
import BenchInput
import BenchModel
import BenchParsing
import BenchReports
import BenchStorage

/// One import: reads files to runs, hands them to the database, and collects what happened.
final class ImportSession {
  /// Where the host's name comes from.
  enum Hosts {
    case name(String)
    case pattern(HostPattern)
  }

  /// Ends the transaction without a change.
  struct Refused: Error {}

  var runs: [ImportedRun] = []
  private(set) var problems: [ImportProblem] = []
  let progress = Progress()

  private let hosts: Hosts
  private let at: Int64?
  private let labels: [(key: String, value: String)]
  private let isStrict: Bool
  private let normalizer = Normalizer(catalog: .embedded)
  private let now = Host.now
  /// More warnings than these are counted and not printed.
  private static let mostPrinted = 20

  init(hosts: Hosts, at: Int64?, labels: [(key: String, value: String)], isStrict: Bool) {
    self.hosts = hosts
    self.at = at
    self.labels = labels
    self.isStrict = isStrict
  }

  /// Whether nothing may be imported.
  var isRefused: Bool {
    problems.contains { $0.severity == .error || isStrict }
  }

  /// Reads files into the database.
  ///
  /// - Throws: ``Refused`` if nothing may be imported, or the database's errors.
  func read(_ entries: [LogFiles.Entry], into writer: RunWriter) throws {
    for entry in entries {
      try read(entry, into: writer)
      progress.note(files: 1)
    }
    if runs.isEmpty, !isRefused {
      let found = "no run in \(entries.count) \(entries.count == 1 ? "file" : "files")"
      add(.unreadable(reason: found), path: "import", severity: .error)
    }
    if isRefused { throw Refused() }
  }

  private func read(_ entry: LogFiles.Entry, into writer: RunWriter) throws {
    // Somebody who names a file means it; a folder has all sorts of files.
    let severity: Diagnostic.Severity = entry.isFound ? .warning : .error
    let path = entry.path == "-" ? "stdin" : entry.path
    guard let host = host(of: path) else {
      let reason = "'--host-from' does not fit this path; change the pattern, or use '--host'"
      add(.unreadable(reason: reason), path: path, severity: severity)
      return
    }
    let context = RunContext(
      host: host, fallbackTime: at ?? LogFiles.changeTime(entry.path),
      fallbackSource: at == nil ? .file : .given)
    var reader = LogReader()
    do {
      let noticed = try LogFile(path: entry.path).read { chunk in
        try store(reader.read(chunk), context, path, writer)
      }
      try store(reader.finish(), context, path, writer)
      for diagnostic in noticed { add(diagnostic.kind, path: path, severity: diagnostic.severity) }
    } catch let error as LogFile.Unreadable {
      add(.unreadable(reason: Failure.words(error)), path: path, severity: severity)
      return
    }
    if let content = reader.contentWithoutRun {
      add(.noRun(found: Failure.words(content)), path: path, severity: severity)
    }
  }

  private func store(
    _ parsed: [ParsedRun], _ context: RunContext, _ path: String, _ writer: RunWriter
  ) throws {
    for parsed in parsed {
      let (run, diagnostics) = normalizer.normalize(parsed, context)
      let (id, status) = try writer.store(
        run, path: path, labels: labels, catalogVersion: Catalog.version, importedAt: now)
      runs.append(ImportedRun(run, id: id, status: status.rawValue, path: path))
      for diagnostic in diagnostics {
        add(diagnostic.kind, path: path, line: diagnostic.line, severity: diagnostic.severity)
      }
      progress.note(runs: 1)
    }
  }

  private func host(of path: String) -> String? {
    switch hosts {
    case .name(let name): name
    case .pattern(let pattern): pattern.host(in: path)
    }
  }

  private func add(
    _ kind: Diagnostic.Kind, path: String, line: Int = 0, severity: Diagnostic.Severity
  ) {
    problems.append(
      ImportProblem(path: path, line: line, severity: severity, message: Failure.words(kind)))
  }

  /// Prints what was noticed to standard error, errors first.
  func reportProblems() {
    let sorted =
      problems.filter { $0.severity == .error } + problems.filter { $0.severity != .error }
    for problem in sorted.prefix(Self.mostPrinted) {
      let place = problem.line > 0 ? "\(problem.path):\(problem.line)" : problem.path
      Output.error("\(place): \(problem.severity.name): \(problem.message)")
    }
    if sorted.count > Self.mostPrinted {
      Output.error("and \(sorted.count - Self.mostPrinted) more; '--format json' lists all")
    }
  }
}

import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchReports
import BenchStorage
import Foundation

/// One import: what files were read to goes to the database, and what happened is collected.
final class ImportSession {
  /// Ends the transaction without a change.
  struct Refused: Error {}

  private(set) var runs: [ImportedRun] = []
  private(set) var problems: [ImportProblem] = []
  let progress = Progress()

  private let reading: LogReading
  private let labels: [(key: String, value: String)]
  private let isStrict: Bool
  private let now = Host.now
  /// More warnings than these are counted and not printed.
  private static let mostPrinted = 20
  /// Of more hosts than these the command says nothing: comparing them takes longer than importing.
  private static let mostCompared = 200
  /// How many runs reading may be ahead of storing.
  private static let mostAhead = 16

  init(_ reading: LogReading, labels: [(key: String, value: String)], isStrict: Bool) {
    self.reading = reading
    self.labels = labels
    self.isStrict = isStrict
  }

  /// Whether nothing may be imported.
  var isRefused: Bool {
    problems.contains { $0.severity == .error || isStrict }
  }

  /// Stores what the files hold, while another thread reads them.
  ///
  /// - Parameter writer: What puts runs into the database.
  /// - Throws: ``Refused`` if nothing may be imported, or the database's errors.
  func store(into writer: RunWriter) throws {
    let queue = EventQueue<LogReading.Event>(limit: Self.mostAhead)
    let reading = reading
    let thread = Thread {
      reading.run { queue.put($0) }
      queue.close()
    }
    thread.start()
    defer { queue.cancel() }
    while let event = queue.take() {
      switch event {
      case .run(let run, let lines, let path): try store(run, lines, path, writer)
      case .problem(let diagnostic, let path): add(diagnostic, path: path)
      case .endOfFile: progress.note(files: 1)
      }
    }
    if runs.isEmpty, !isRefused {
      add(Diagnostic(.noRuns(files: reading.entries.count), severity: .error), path: "import")
    }
    if isRefused {
      runs = []
      throw Refused()
    }
  }

  private func store(
    _ run: Run, _ lines: LineTally, _ path: String, _ writer: RunWriter
  ) throws {
    let (id, status) = try writer.store(
      run, path: path, labels: labels, catalogVersion: Catalog.version, importedAt: now)
    runs.append(ImportedRun(run, lines, id: id, status: status.rawValue, path: path))
    progress.note(runs: 1)
  }

  /// What changed on each host with the newest run that was imported.
  ///
  /// - Throws: The database's errors.
  func changes(in store: RunStore) throws -> [ImportedChange] {
    var newest: [String: ImportedRun] = [:]
    for run in runs where run.status != ImportStatus.present.rawValue {
      let key = run.host + "\0" + "\(run.release.tool.system)"
      let known = newest[key]
      if known == nil || (known?.startedAt ?? 0, known?.id ?? 0) < (run.startedAt, run.id) {
        newest[key] = run
      }
    }
    guard newest.count <= Self.mostCompared else { return [] }
    return try newest.values.sorted { ($0.host, $0.id) < ($1.host, $1.id) }.map { run in
      let head = try store.run(run.id)
      guard let before = try store.run(before: run.id) else {
        return ImportedChange(head: head.summary, base: nil, comparison: nil)
      }
      let base = try store.run(before)
      let comparison = Comparison(from: base, to: head)
      return ImportedChange(
        head: head.summary, base: base.summary,
        comparison: comparison.isMeaningful ? comparison : nil)
    }
  }

  private func add(_ diagnostic: Diagnostic, path: String) {
    problems.append(
      ImportProblem(
        path: path, line: diagnostic.line, severity: diagnostic.severity,
        message: Failure.words(diagnostic.kind)))
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

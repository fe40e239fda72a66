import BenchHistory
import BenchModel
import BenchReports
import Foundation

/// One import: what files were read to goes to the repository, and what happened is collected.
final class ImportSession {
  /// Ends the transaction without a change.
  struct Refused: Error {}

  private(set) var runs: [ImportedRun] = []
  private(set) var notices = ImportNotices()

  private let request: ImportLogs
  private let names: HostNames
  private let progress: (_ files: Int, _ runs: Int) -> Void
  private var newest: NewestRuns
  /// Runs without a time of their own, by their starts.
  private var starts: [Start: [ImportedRun]] = [:]
  /// How many bytes of runs reading may be ahead of storing, roughly.
  private static let mostAhead = 16 << 20

  private struct Start: Hashable {
    var place: NewestRuns.Place
    var startedAt: Int64
    var nanoseconds: Int
  }

  init(
    _ request: ImportLogs, _ names: HostNames,
    progress: @escaping (_ files: Int, _ runs: Int) -> Void
  ) {
    self.request = request
    self.names = names
    self.progress = progress
    newest = NewestRuns(request.reading.catalog)
  }

  private var isRefused: Bool {
    notices.hasErrors || request.isStrict && !notices.isEmpty
  }

  /// Stores what the files hold, while another thread reads them.
  ///
  /// - Throws: ``Refused`` if nothing may be imported, or the repository's errors.
  func store(into writer: any RunWriting) throws {
    let queue = EventQueue<LogReading.Event>(limit: Self.mostAhead) { $0.cost }
    let reading = request.reading
    let thread = Thread {
      reading.run { queue.put($0) }
      queue.close()
    }
    thread.start()
    defer { queue.cancel() }
    while let event = queue.take() {
      switch event {
      case .run(let run, let content, let lines, let path):
        try store(run, content, lines, path, writer)
      case .notice(let notice): notices.add(notice)
      case .endOfFile: progress(1, 0)
      }
    }
    if runs.isEmpty, !isRefused {
      notices.add(
        ImportNotice(.noRuns(files: reading.entries.count), severity: .error, path: "import"))
    }
    // Of several hosts under one name nothing is to be said.
    if !notices.areOfSeveralHosts { noteGuesses() }
    if isRefused {
      runs = []
      throw Refused()
    }
    if request.labels.contains(where: { $0.key == RunFilter.baselineLabel }) {
      try writer.setBaseline(newest.ids, at: request.reading.now)
    }
  }

  private func store(
    _ run: Run, _ content: RunContent, _ lines: LineTally, _ path: String,
    _ writer: any RunWriting
  ) throws {
    // A host has one baseline for a system: the newest of these runs, which is known at the end.
    let labels = request.labels.filter { $0.key != RunFilter.baselineLabel }
    let stored = try writer.store(
      run, content, path: path, labels: labels, importedAt: request.reading.now)
    var imported = ImportedRun(run, lines, id: stored.id, status: stored.status, path: path)
    imported.startedAt = stored.order.startedAt
    runs.append(imported)
    progress(0, 1)
    let place = NewestRuns.Place(host: names.current(run.host), system: run.release.tool.system)
    if run.timeSource == .file || run.timeSource == .given {
      let start = Start(
        place: place, startedAt: stored.order.startedAt, nanoseconds: stored.order.nanoseconds)
      starts[start, default: []].append(imported)
    }
    newest.note(run, imported, stored, at: place)
    if stored.status != .present,
      stored.order.startedAt - request.reading.now > ImportNotice.clockTolerance
    {
      notices.add(
        ImportNotice(
          .startInFuture(host: place.host, start: stored.order.startedAt), path: path,
          line: run.line))
    }
  }

  /// Says where the order of runs was guessed.
  private func noteGuesses() {
    let guesses = starts.filter { _, runs in
      Set(runs.map(\.id)).count > 1 && runs.contains { $0.status != .present }
    }.sorted { ($0.value[0].host, $0.value[0].path) < ($1.value[0].host, $1.value[0].path) }
    for (start, runs) in guesses {
      guard let first = runs.first, let last = runs.last else { continue }
      let isCopy = request.reading.times.copied.contains(first.path)
      notices.add(
        ImportNotice(
          isCopy && first.path != last.path
            ? .timesOfCopy(host: start.place.host, files: Set(runs.map(\.path)).count)
            : .orderGuessed(
              host: start.place.host, runs: runs.count, first: Self.name(first),
              last: Self.name(last)),
          path: first.path, line: first.path == last.path ? first.line : 0))
    }
  }

  private static func name(_ run: ImportedRun) -> String { "\(run.path):\(run.line)" }

  /// What changed on each host and system with its newest run, if that was imported.
  ///
  /// - Throws: The repository's errors.
  func changes(in writer: any RunWriting) throws -> [ImportedChange] {
    try newest.changes(in: writer)
  }
}

import BenchCatalog
import BenchInput
import BenchModel
import BenchParsing

/// Reads files to runs, the half of an import that needs no database.
struct LogReading: Sendable {
  /// Where the host's name comes from.
  enum Hosts: Sendable {
    case name(String)
    case pattern(HostPattern)
  }

  /// What reading hands over to storing, in the order of the files.
  enum Event: Sendable {
    case run(Run, LineTally, path: String)
    case problem(Diagnostic, path: String)
    case endOfFile
  }

  var entries: [LogFiles.Entry]
  var hosts: Hosts
  /// The time of runs whose log has none; the file's if nil.
  var at: Int64?
  /// What the runs were limited to, as a person says.
  var scope = RunScope.whole

  /// Ends the reading when nobody takes what it reads.
  private struct Stopped: Error {}

  /// Reads all files.
  ///
  /// - Parameter emit: Gets what was read; returning false ends the reading.
  func run(_ emit: (Event) -> Bool) {
    let normalizer = Normalizer(catalog: .embedded)
    for entry in entries {
      do {
        try read(entry, normalizer) { if !emit($0) { throw Stopped() } }
      } catch {
        return
      }
    }
  }

  private func read(
    _ entry: LogFiles.Entry, _ normalizer: Normalizer, _ emit: (Event) throws -> Void
  ) throws {
    // Somebody who names a file means it; a folder has all sorts of files.
    let severity: Diagnostic.Severity = entry.isFound ? .warning : .error
    let path = entry.path == "-" ? "stdin" : entry.path
    func problem(_ kind: Diagnostic.Kind) throws {
      try emit(.problem(Diagnostic(kind, severity: severity), path: path))
    }
    guard let host = host(of: path) else {
      try problem(.hostUnknown)
      return try emit(.endOfFile)
    }
    let context = RunContext(
      host: host, fallbackTime: at ?? LogFiles.changeTime(entry.path),
      fallbackSource: at == nil ? .file : .given)
    var reader = LogReader()
    /// The run that was read last, until it is known whether another one follows.
    var last: (run: Run, lines: LineTally)?
    func handOver(isFollowed: Bool) throws {
      guard var held = last else { return }
      held.run.isFollowed = isFollowed
      last = nil
      try emit(.run(held.run, held.lines, path: path))
    }
    func take(_ parsed: [ParsedRun]) throws {
      for parsed in parsed {
        try handOver(isFollowed: true)
        var (run, diagnostics) = normalizer.normalize(parsed, context)
        run.scope = scope
        last = (run, parsed.tally)
        for diagnostic in diagnostics { try emit(.problem(diagnostic, path: path)) }
      }
    }
    do {
      let noticed = try LogFile(path: entry.path).read { try take(reader.read($0)) }
      try take(reader.finish())
      try handOver(isFollowed: false)
      for diagnostic in noticed { try emit(.problem(diagnostic, path: path)) }
      if let content = reader.contentWithoutRun {
        try problem(.noRun(found: Failure.words(content)))
      }
    } catch let error as LogFile.Unreadable {
      try problem(.unreadable(reason: Failure.words(error)))
    }
    try emit(.endOfFile)
  }

  private func host(of path: String) -> String? {
    switch hosts {
    case .name(let name): name
    case .pattern(let pattern): pattern.host(in: path)
    }
  }
}

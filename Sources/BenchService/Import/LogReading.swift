package import BenchCatalog
package import BenchInput
package import BenchModel
import BenchParsing

/// Reads files to runs, the half of an import that needs no database.
package struct LogReading: Sendable {
  /// Where the host's name comes from.
  package enum Hosts: Sendable {
    case name(String)
    case pattern(HostPattern)
  }

  /// What reading hands over to storing, in the order of the files.
  enum Event: Sendable {
    case run(Run, LineTally, path: String)
    case notice(ImportNotice)
    case endOfFile
  }

  /// In natural order; see ``LogFiles/entries(_:)``.
  let entries: [LogFiles.Entry]
  let hosts: Hosts
  /// The time of runs whose log has none; the file's if nil.
  let at: Int64?
  /// What the runs were limited to, as a person says; nil where nobody says anything.
  let scope: RunScope?
  /// The time of runs whose log and file have none.
  let now: Int64
  let times: FileTimes
  /// What the runs are understood by.
  let catalog: Catalog

  /// Prepares the reading of files.
  ///
  /// - Parameters:
  ///   - entries: The files.
  ///   - hosts: Where the hosts' names come from.
  ///   - at: The time of runs whose log has none; the file's if nil.
  ///   - scope: What the runs were limited to, as a person says.
  ///   - now: The time, in seconds since 1970.
  ///   - catalog: What the runs are understood by.
  package init(
    _ entries: [LogFiles.Entry], hosts: Hosts, at: Int64? = nil, scope: RunScope? = nil, now: Int64,
    _ catalog: Catalog
  ) {
    self.entries = entries
    self.hosts = hosts
    self.at = at
    self.scope = scope
    self.now = now
    self.catalog = catalog
    times = FileTimes(entries.map(\.path)) { hosts.host(of: $0) }
  }

  /// Ends the reading when nobody takes what it reads.
  private struct Stopped: Error {}

  /// Reads all files.
  ///
  /// - Parameter emit: Gets what was read; returning false ends the reading.
  func run(_ emit: (Event) -> Bool) {
    let normalizer = Normalizer(catalog: catalog)
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
    func notice(_ kind: ImportNotice.Kind) throws {
      try emit(.notice(ImportNotice(kind, severity: severity, path: path)))
    }
    func notice(_ diagnostic: Diagnostic) throws {
      try emit(
        .notice(
          ImportNotice(
            .log(diagnostic.kind), severity: diagnostic.severity, path: path, line: diagnostic.line)
        ))
    }
    guard let host = hosts.host(of: path) else {
      try notice(.hostUnknown)
      return try emit(.endOfFile)
    }
    let time = times[entry.path]
    let context = RunContext(
      host: host, fallbackTime: at ?? time?.seconds ?? now,
      fallbackSource: at == nil ? .file : .given)
    let file = LogFiles.state(entry.path)
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
        run.fileTime = file?.time
        run.fileSize = file?.size
        if run.timeSource == .file { run.nanoseconds = time?.nanoseconds ?? 0 }
        last = (run, parsed.tally)
        for diagnostic in diagnostics { try notice(diagnostic) }
      }
    }
    do {
      let noticed = try LogFile(path: entry.path).read { try take(reader.read($0)) }
      try take(reader.finish())
      try handOver(isFollowed: false)
      for diagnostic in noticed { try notice(diagnostic) }
      if let content = reader.contentWithoutRun {
        try notice(.noRun(found: content))
      }
    } catch let error as LogFile.Unreadable {
      try notice(.unreadable(error))
    }
    try emit(.endOfFile)
  }
}

extension LogReading.Hosts {
  /// The host of a file; nil if the pattern does not fit its path.
  func host(of path: String) -> String? {
    switch self {
    case .name(let name): name
    case .pattern(let pattern): pattern.host(in: path)
    }
  }
}

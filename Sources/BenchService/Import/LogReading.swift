package import BenchCatalog
import BenchEvidence
package import BenchInput
package import BenchModel
import BenchParsing

/// Reads files to runs, the half of an import that needs no database.
package struct LogReading: Sendable {
  /// Where the host's name comes from.
  package enum Hosts: Sendable {
    case name(String)
    case pattern(HostPattern)
    /// The name of the machine, where nobody named one.
    case local(String)
  }

  /// Whether the names of hosts that stand in a log count.
  package enum FromLog: Sendable {
    /// Where a log has several, and where nobody named the host.
    case automatic
    case always
    case never
  }

  /// What reading hands over to storing, in the order of the files.
  enum Event: Sendable {
    case run(Run, RunContent, LineTally, path: String)
    case notice(ImportNotice)
    case endOfFile

    /// How many bytes of memory it takes, roughly.
    var cost: Int {
      guard case .run(let run, _, _, _) = self else { return 256 }
      var bytes = 1_024
      if let evidence = run.evidence {
        bytes += evidence.bytes.count
        for part in evidence.parts { bytes += 64 + (part.packed?.count ?? 0) }
      }
      for finding in run.findings {
        bytes += 256 + finding.title.utf8.count + finding.items.count * 160
        for detail in finding.details { bytes += 48 + detail.utf8.count }
      }
      return bytes
    }
  }

  /// In natural order; see ``LogFiles/entries(_:)``.
  let entries: [LogFiles.Entry]
  let hosts: Hosts
  let fromLog: FromLog
  /// The time of runs whose log has none; the file's if nil.
  let at: Int64?
  /// What the runs were limited to, as a person says; nil where nobody says anything.
  let scope: RunScope?
  /// The time of runs whose log and file have none.
  let now: Int64
  let times: FileTimes
  /// Whether the bytes of the runs are kept.
  let keepsEvidence: Bool
  /// What the runs are understood by.
  let catalog: Catalog

  /// Prepares the reading of files.
  ///
  /// - Parameters:
  ///   - entries: The files.
  ///   - hosts: Where the hosts' names come from.
  ///   - fromLog: Whether the names of hosts that stand in a log count.
  ///   - at: The time of runs whose log has none; the file's if nil.
  ///   - scope: What the runs were limited to, as a person says.
  ///   - now: The time, in seconds since 1970.
  ///   - keepsEvidence: Whether the bytes of the runs are kept.
  ///   - catalog: What the runs are understood by.
  package init(
    _ entries: [LogFiles.Entry], hosts: Hosts, fromLog: FromLog = .automatic, at: Int64? = nil,
    scope: RunScope? = nil, now: Int64,
    keepsEvidence: Bool = true, _ catalog: Catalog
  ) {
    self.entries = entries
    self.hosts = hosts
    self.fromLog = fromLog
    self.at = at
    self.scope = scope
    self.now = now
    self.keepsEvidence = keepsEvidence
    self.catalog = catalog
    times = FileTimes(entries.map(\.path)) { hosts.host(of: $0) }
  }

  /// Ends the reading when nobody takes what it reads.
  private struct Stopped: Error {}

  /// Ends the reading of a file that has more runs than are kept of one.
  private struct TooManyRuns: Error {
    /// The line of the first that is not kept.
    var line: Int
  }

  /// The most runs that are kept of a file: more than five years of one an hour.
  private static let mostRuns = 50_000

  /// Reads all files.
  ///
  /// - Parameter emit: Gets what was read; returning false ends the reading.
  func run(_ emit: (Event) -> Bool) {
    let normalizer = Normalizer(catalog: catalog)
    let cut = keepsEvidence ? EvidenceCut() : nil
    /// The files with runs that would be this machine's because nobody named a host.
    var unnamed: [String] = []
    for entry in entries {
      do {
        let isUnnamed = try read(entry, normalizer, cut) { if !emit($0) { throw Stopped() } }
        if isUnnamed, entry.path != "-" { unnamed.append(entry.path) }
      } catch {
        return
      }
    }
    if let several = SeveralHosts(unnamed) {
      _ = emit(.notice(ImportNotice(.severalHosts(several), severity: .error, path: "import")))
    }
  }

  /// Reads a file.
  ///
  /// - Returns: Whether it has a run that is this machine's because nobody named a host.
  private func read(
    _ entry: LogFiles.Entry, _ normalizer: Normalizer, _ cut: EvidenceCut?,
    _ emit: (Event) throws -> Void
  ) throws -> Bool {
    var isUnnamed = false
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
      try emit(.endOfFile)
      return false
    }
    let time = times[entry.path]
    let context = RunContext(
      host: host, fallbackTime: at ?? time?.seconds ?? now,
      fallbackSource: at == nil ? .file : .given)
    let file = LogFiles.state(entry.path)
    var reader = LogReader(keepsEvidence: cut != nil)
    /// The runs of one stretch of the log, until it is known where that ends: one run, or those that a document wraps.
    var held = HeldRuns()
    var count = 0
    func handOver(_ evidence: [UInt8]?, isLast: Bool = false) throws {
      for (run, lines) in held.take(evidence, cut, isLast: isLast) {
        try emit(.run(run, RunContent(run), lines, path: path))
      }
      if let line = held.tooLong {
        try notice(Diagnostic(.evidenceTooLong(limit: Evidence.mostBytes), line: line))
      }
    }
    func take(_ parsed: [ParsedRun]) throws {
      for diagnostic in reader.takeDiagnostics() { try notice(diagnostic) }
      var parsed = parsed
      for index in parsed.indices {
        parsed[index].host = parsed[index].host.map { NameBytes.distinct(Array($0.utf8)) }
      }
      let named = Set(parsed.compactMap(\.host))
      let areNamed = takesHosts(named)
      if areNamed, named != [host] {
        try emit(
          .notice(
            ImportNotice(
              .hostsFromLog(named.sorted(), isSplit: named.count > 1), path: path,
              line: parsed.first?.line ?? 0)))
      }
      for parsed in parsed {
        switch held.next(parsed) {
        case .sameStretch: break
        case .tooMany: try handOver(nil)
        case .newStretch: try handOver(reader.takeEvidence(before: parsed.offset))
        }
        count += 1
        if count > Self.mostRuns {
          try handOver(reader.takeEvidence(before: parsed.offset))
          throw TooManyRuns(line: parsed.line)
        }
        var own = context
        if areNamed, let name = parsed.host {
          own.host = name
        } else if hosts.isLocal {
          isUnnamed = true
        }
        var (run, diagnostics) = normalizer.normalize(parsed, own)
        run.scope = scope
        run.fileTime = file?.time
        run.fileSize = file?.size
        if run.timeSource == .file { run.nanoseconds = time?.nanoseconds ?? 0 }
        held.add(run, parsed)
        for diagnostic in diagnostics { try notice(diagnostic) }
      }
    }
    do {
      let noticed = try LogFile(path: entry.path).read { try take(reader.read($0)) }
      try take(reader.finish())
      try handOver(reader.takeEvidence(before: nil), isLast: true)
      for diagnostic in noticed { try notice(diagnostic) }
      if let content = reader.contentWithoutRun {
        try notice(.noRun(found: content))
      }
    } catch let error as LogFile.Unreadable {
      try notice(.unreadable(error))
    } catch let error as TooManyRuns {
      try notice(Diagnostic(.tooManyRuns(limit: Self.mostRuns), line: error.line))
    }
    try emit(.endOfFile)
    return isUnnamed
  }
}

extension LogReading {
  /// Whether runs are of the hosts that their log names.
  private func takesHosts(_ named: Set<String>) -> Bool {
    switch fromLog {
    case .always: return !named.isEmpty
    case .never: return false
    case .automatic:
      if named.count > 1 { return true }
      return hosts.isLocal && !named.isEmpty
    }
  }
}

extension LogReading.Hosts {
  /// Whether nobody named a host.
  var isLocal: Bool { if case .local = self { true } else { false } }

  /// The host of a file; nil if the pattern does not fit its path.
  func host(of path: String) -> String? {
    switch self {
    case .name(let name), .local(let name): name
    case .pattern(let pattern): pattern.host(in: path)
    }
  }
}

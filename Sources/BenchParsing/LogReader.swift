package import BenchModel

/// Reads the bytes of a log to runs, whatever its form and capture.
///
/// A log as its tool printed it is read while it comes, and memory is bounded by its longest run. What a program or a
/// person wrapped is held to its end, up to a limit, so that ``Wrapping`` can see what is the capture's and what the
/// log's; past the limit it is read as it comes too.
package struct LogReader {
  private var decoding = TextDecoding()
  private var stream: StreamReader
  /// The decoded bytes of a log of which it is not known yet how it is to be read, or of one that is read at its end.
  private var held: [UInt8]? = []
  private var isUndecided = true
  /// How much of what is held was looked at.
  private var looked = 0
  private var content = LogContent.nothing
  /// Whether there was any byte.
  private var hasBytes = false
  /// What a run was that is not kept.
  private var dropped: LogContent?
  private var runCount = 0
  /// What was noticed of runs that are not kept.
  private var diagnostics: [Diagnostic] = []
  /// The decoded bytes that nobody has taken yet, where they are wanted.
  private var evidence: LogBytes?

  /// What is held of a log to read it at its end: as much as is kept of a run.
  static let mostHeld = ParsedRun.mostBytes

  /// How many runs that are not kept are noticed before one is.
  ///
  /// These are some 50 MB. An import lists 10,000 and counts the others.
  private static let mostNoticed = 1_000_000

  /// Creates a reader at the beginning of a log.
  ///
  /// - Parameter keepsEvidence: Whether ``takeEvidence(before:)`` will be asked for the bytes of the runs.
  package init(keepsEvidence: Bool = false) {
    self.init(formats: TextFormats())
    if keepsEvidence { evidence = LogBytes() }
  }

  /// Creates a reader of some text formats at the beginning of a log.
  init(formats: TextFormats) { stream = StreamReader(formats) }

  /// What the log holds, if it holds no run.
  package var contentWithoutRun: LogContent? {
    guard runCount == 0 else { return nil }
    switch content {
    // What the tool said tells more than what it left.
    case .usage, .noDaemon, .binary: return content
    default: return dropped ?? (content == .nothing && hasBytes ? .blank : content)
    }
  }

  /// Reads the next bytes of the log.
  ///
  /// - Parameter chunk: The bytes; a megabyte at a time is a good size.
  /// - Returns: The runs that ended in these bytes.
  package mutating func read(_ chunk: UnsafeBufferPointer<UInt8>) -> [ParsedRun] {
    if !chunk.isEmpty { hasBytes = true }
    var decoding = self.decoding
    var runs: [ParsedRun] = []
    decoding.decode(chunk) { runs += take($0) }
    self.decoding = decoding
    return kept(runs)
  }

  /// Ends the log.
  ///
  /// - Returns: The runs that had not ended yet.
  package mutating func finish() -> [ParsedRun] {
    var decoding = self.decoding
    var runs: [ParsedRun] = []
    decoding.finish { runs += take($0) }
    self.decoding = decoding
    if let held {
      self.held = nil
      let read = WrappedLog(whole: held).read(stream)
      content = read.content
      return kept(runs + read.runs)
    }
    runs += stream.finish()
    content = stream.content
    return kept(runs)
  }

  /// Reads a whole log.
  ///
  /// - Parameter bytes: The log.
  /// - Returns: Its runs, in the order in which they stand.
  package static func runs(in bytes: some Sequence<UInt8>) -> [ParsedRun] {
    var reader = LogReader()
    let bytes = Array(bytes)
    let runs = bytes.withUnsafeBufferPointer { reader.read($0) }
    return runs + reader.finish()
  }

  /// Takes the decoded bytes of the log that were not taken before: those of a run, if they are taken when the run behind
  /// it is known.
  ///
  /// - Parameter offset: Where the next run begins, ``ParsedRun/offset``; nil for the end of the log.
  /// - Returns: The bytes; nil where they are too many to be kept.
  package mutating func takeEvidence(before offset: Int?) -> [UInt8]? {
    evidence?.take(before: offset)
  }

  /// Hands over what was noticed of runs that are not kept, once a run was kept: of a log without one ``contentWithoutRun``
  /// tells what it holds.
  package mutating func takeDiagnostics() -> [Diagnostic] {
    guard runCount > 0 else { return [] }
    defer { diagnostics = [] }
    return diagnostics
  }

  /// Reads decoded bytes, or holds them.
  private mutating func take(_ bytes: Bytes) -> [ParsedRun] {
    evidence?.append(bytes)
    guard held != nil else { return stream.read(bytes) }
    held?.append(contentsOf: bytes)
    if isUndecided, let bytes = held,
      let isWrapped = bytes.withUnsafeBufferPointer({ Wrapping.isFound(in: $0, from: &looked) })
    {
      isUndecided = false
      if !isWrapped { return readHeld() }
    }
    return held.map { $0.count > Self.mostHeld } == true ? readHeld() : []
  }

  /// Reads what is held as it comes.
  private mutating func readHeld() -> [ParsedRun] {
    guard let bytes = held else { return [] }
    held = nil
    return bytes.withUnsafeBufferPointer { stream.read($0) }
  }

  /// The runs that are worth keeping: those with a check, in the order in which their tools print them.
  private mutating func kept(_ runs: [ParsedRun]) -> [ParsedRun] {
    let kept = runs.filter { run in
      if run.isReversed {
        dropped = .reversed
      } else if run.checks.isEmpty {
        let hasTotals = run.printedChecks != nil || run.totals != nil || !run.targets.isEmpty
        // Turned round, a log has its beginning last: that says less than why its results are not kept.
        if dropped == nil { dropped = hasTotals ? .totals : .beginning }
        if diagnostics.count < Self.mostNoticed {
          diagnostics.append(Diagnostic(.noChecks, line: run.line))
        }
      } else if let relative = run.relative {
        dropped = .relative(relative)
      } else {
        return true
      }
      return false
    }
    runCount += kept.count
    return kept
  }
}

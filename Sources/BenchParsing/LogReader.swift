package import BenchModel

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// What a log without a run holds, for the message that says so.
package enum LogContent: Hashable, Sendable {
  case nothing
  /// The usage text that the tool prints for `-h` and for a flag that it does not know.
  case usage
  /// The tool could not reach the Docker daemon.
  case noDaemon
  /// JSON that is not a run's.
  case otherJSON
  case binary
  /// Some other text, with its first line that is not blank.
  case text(String)
}

/// Reads the bytes of a log to runs, whatever its form and capture.
///
/// The form is found out as the log is read: a line that opens a JSON document is read as JSON until
/// the document ends, or until a line of a text log follows a broken one; everything else is text.
/// Memory is bounded by the longest run.
package struct LogReader {
  private var decoding = TextDecoding()
  private var text = DockerBenchFold()
  private var json = DockerBenchJSONFold()
  private var cleaner = LineCleaner()
  private var carry: [UInt8] = []
  private var number = 0
  private var lineEnd: UInt8?
  private var isContinued = false
  private var content = LogContent.nothing
  private var runCount = 0
  /// What the capture puts before each line of a JSON document.
  private var jsonPrefix: [UInt8] = []
  /// A line that may begin such a document: what stands before its bracket, and the bracket.
  private var opening: (prefix: [UInt8], bracket: UInt8, isMarked: Bool)?
  /// Lines longer than this are read in pieces; no line of a text log comes near it.
  private static let longestLine = 4 << 20

  /// Creates a reader at the beginning of a log.
  package init() {}

  /// What the log holds, if it holds no run.
  package var contentWithoutRun: LogContent? { runCount == 0 ? content : nil }

  /// Reads the next bytes of the log.
  ///
  /// - Parameter chunk: The bytes; a megabyte at a time is a good size.
  /// - Returns: The runs that ended in these bytes.
  package mutating func read(_ chunk: UnsafeBufferPointer<UInt8>) -> [ParsedRun] {
    var decoding = self.decoding
    decoding.decode(chunk) { split($0) }
    self.decoding = decoding
    return takeFinished()
  }

  /// Ends the log.
  ///
  /// - Returns: The runs that had not ended yet.
  package mutating func finish() -> [ParsedRun] {
    var decoding = self.decoding
    decoding.finish { split($0) }
    self.decoding = decoding
    if !carry.isEmpty {
      let rest = carry
      carry = []
      rest.withUnsafeBufferPointer { line($0, isCut: true) }
    }
    json.finish()
    text.finish()
    return takeFinished()
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

  private mutating func takeFinished() -> [ParsedRun] {
    let runs = text.takeFinished() + json.takeFinished()
    runCount += runs.count
    return runs
  }

  // MARK: - Lines

  private mutating func split(_ chunk: Bytes) {
    guard let base = chunk.baseAddress, !chunk.isEmpty else { return }
    let end = lineEnd ?? chooseLineEnd(chunk)
    var start = 0
    while start < chunk.count {
      guard let found = memchr(base + start, Int32(end), chunk.count - start) else {
        carry.append(contentsOf: chunk.part(start, chunk.count))
        if carry.count > Self.longestLine { flushLongLine() }
        return
      }
      let length = UnsafeRawPointer(found) - UnsafeRawPointer(base + start)
      if carry.isEmpty {
        line(Bytes(start: base + start, count: length), isCut: false)
      } else {
        carry.append(contentsOf: Bytes(start: base + start, count: length))
        let whole = carry
        carry.removeAll(keepingCapacity: true)
        whole.withUnsafeBufferPointer { line($0, isCut: false) }
      }
      start += length + 1
    }
  }

  /// Old editors end lines with a carriage return alone.
  private mutating func chooseLineEnd(_ chunk: Bytes) -> UInt8 {
    let end =
      !chunk.contains(ASCII.lineFeed) && chunk.contains(ASCII.carriageReturn)
      ? ASCII.carriageReturn : ASCII.lineFeed
    lineEnd = end
    return end
  }

  private mutating func flushLongLine() {
    let piece = carry
    carry = []
    piece.withUnsafeBufferPointer { line($0, isCut: true) }
    isContinued = true
  }

  @inline(__always)
  private mutating func line(_ bytes: Bytes, isCut: Bool) {
    if isContinued { isContinued = false } else { number += 1 }
    if !json.isActive, let fast = RawLine.fast(bytes) {
      if !text.prefix.isEmpty { text.prefix = [] }
      if opening != nil { opening = nil }
      text.read(fast, bytes, number: number, isCut: isCut)
    } else {
      slow(bytes, isCut: isCut)
    }
  }

  // MARK: - Lines that need more

  private mutating func slow(_ bytes: Bytes, isCut: Bool) {
    let isOpening = opening.map { RawLine.continuesJSON(DockerBenchFold.without($0.prefix, bytes)) }
    if let opening, isOpening == true {
      jsonPrefix = opening.prefix
      if opening.isMarked { text.takeBackLastByte() }
      _ = [opening.bracket].withUnsafeBufferPointer { json.read($0, number: max(number - 1, 1)) }
    }
    opening = nil
    if json.isActive || RawLine.opensJSON(bytes) {
      readJSON(bytes, isCut: isCut)
      return
    }
    jsonPrefix = []
    // A carriage return inside a line starts it anew, as on a terminal: progress bars, CI sections.
    for part in bytes.split(separator: ASCII.carriageReturn) {
      readText(Bytes(rebasing: part), isCut: isCut)
    }
    if bytes.isEmpty { text.read(.blank, bytes, number: number, isCut: false) }
  }

  private mutating func readText(_ bytes: Bytes, isCut: Bool) {
    if runCount == 0, bytes.contains(0) { content = .binary }
    cleaner.clean(bytes)
    let cleaned = cleaner.bytes
    cleaned.withUnsafeBufferPointer { whole in
      var line = whole
      if let start = RawLine.gluedRun(whole) {
        let before = whole.part(0, start)
        text.prefix = Array(whole.prefix(BenchLine.prefixLength(whole) ?? 0))
        text.read(BenchLine(before), before, number: number, isCut: true)
        line = whole.part(start, whole.count)
      }
      let meaning = BenchLine(line)
      if meaning == .noise, runCount == 0 { note(line) }
      if let last = line.last, last == ASCII.openBrace || last == ASCII.openBracket {
        opening = (Array(line.dropLast()), last, meaning != .noise)
      }
      if let length = BenchLine.prefixLength(line) { text.prefix = Array(line.prefix(length)) }
      text.read(meaning, line, number: number, isCut: isCut)
    }
  }

  private mutating func readJSON(_ line: Bytes, isCut: Bool) {
    let bytes = DockerBenchFold.without(jsonPrefix, line)
    if json.isActive, isTextLog(bytes) {
      // The document was never closed, and a text log follows.
      json.finish()
      readText(line, isCut: isCut)
      return
    }
    // A string that was cut off by another run: nothing closes it in this line.
    if json.isActive, let start = RawLine.findGluedRun(bytes), start > 0,
      !bytes.part(start, bytes.count).contains(ASCII.quote)
    {
      _ = json.read(bytes.part(0, start), number: number)
      json.finish()
      readText(bytes.part(start, bytes.count), isCut: isCut)
      return
    }
    if case .nothing = content { content = .otherJSON }
    var rest = bytes
    while !rest.isEmpty, json.isActive || RawLine.opensJSON(rest) {
      let count = json.read(rest, number: number)
      for string in json.takeCaptured() { readCaptured(string) }
      // Runs are handed out in the order in which they stand.
      if !json.finished.isEmpty { text.finish() }
      rest = rest.part(max(count, 1), rest.count)
    }
    if json.isActive, !isCut {
      let lineFeed: [UInt8] = [ASCII.lineFeed]
      _ = lineFeed.withUnsafeBufferPointer { json.read($0, number: number) }
    } else if !json.isActive, !rest.trimmed().isEmpty, rest.trimmed()[0] != ASCII.comma {
      readText(rest, isCut: isCut)
    }
  }

  /// Whether a line inside an unfinished JSON document is one of a text log: there is a mark, or a
  /// run's beginning, and no quote before it.
  private mutating func isTextLog(_ bytes: Bytes) -> Bool {
    if RawLine.fast(bytes) != nil { return true }
    if bytes.trimmed().first == ASCII.quote || RawLine.opensJSON(bytes) { return false }
    cleaner.clean(bytes)
    return cleaner.bytes.withUnsafeBufferPointer { line in
      switch BenchLine(line) {
      case .check, .detail:
        let before = line.prefix(BenchLine.prefixLength(line) ?? 0)
        return !before.contains(ASCII.quote)
      case .start, .banner(version: .some): return !line.contains(ASCII.quote)
      default: return false
      }
    }
  }

  /// Reads a string of a document that is no run as the line, or lines, of a text log.
  private mutating func readCaptured(_ string: [UInt8]) {
    string.withUnsafeBufferPointer { whole in
      var start = 0
      while start <= whole.count {
        let end = whole.firstIndex(of: "\\n", from: start) ?? whole.count
        if end > start || end < whole.count {
          // A terminal's line ends, as `docker run -t` hands them to the log driver.
          var line = whole.part(start, end)
          while line.has("\\r", at: line.count - 2) { line = line.part(0, line.count - 2) }
          for part in line.split(separator: ASCII.carriageReturn) {
            readText(Bytes(rebasing: part), isCut: false)
          }
        }
        start = end + 2
      }
    }
  }

  /// Notes what a log holds as long as it holds no run.
  private mutating func note(_ line: Bytes) {
    let isUsage = line.firstIndex(of: "docker-bench-security.sh [") != nil
    if isUsage {
      content = .usage
    } else if line.firstIndex(of: "Error connecting to docker daemon") != nil {
      content = .noDaemon
    } else if case .nothing = content {
      content = .text(String(decoding: line.prefix(120), as: UTF8.self))
    }
  }
}

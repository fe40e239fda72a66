import BenchModel

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Reads the decoded bytes of a log to runs as they come, whatever its form.
///
/// The form is detected as the log is read: a line that opens a JSON document is read as JSON until
/// the document ends, or until a line of a text log follows a broken one; everything else is text.
/// Memory is bounded by the longest run.
struct StreamReader {
  private var text: TextReader
  private var json = JSONReader()
  /// Whether the text that is being read comes out of JSON, as a logger keeps it.
  private var isTextInJSON = false
  private var minutes = StartMinutes()
  /// Runs that are done and were followed by one in the other form.
  private var finished: [ParsedRun] = []
  /// Reads the JSON that a logger has wrapped in JSON of its own; one at most.
  private var wrapped: [StreamReader] = []
  private var carry: [UInt8] = []
  private var number = 0
  /// How many bytes of the decoded log were read before the piece that is being read.
  private var position = 0
  /// Where in the decoded log the line begins that is being read.
  private var lineStart = 0
  /// Where in the log the document begins that this reader's text is wrapped in.
  private var wrapping: Int?
  private var lineEnd: UInt8?
  private var isContinued = false
  private var runCount = 0
  /// What the capture puts before each line of a JSON document.
  private var jsonPrefix: [UInt8] = []
  /// Lines longer than this are read in pieces; no line of a text log comes near it.
  private static let longestLine = 4 << 20

  /// Creates a reader of some text formats at the beginning of a log.
  init(_ formats: TextFormats = TextFormats()) { self.init(text: TextReader(formats)) }

  private init(text: TextReader) { self.text = text }

  /// What the log holds, if it holds no run.
  var content: LogContent { text.content }

  /// A reader of the same formats at the beginning of a log.
  var anew: StreamReader { StreamReader(text: text.anew) }

  /// Reads the next decoded bytes of the log.
  ///
  /// - Returns: The runs that ended in these bytes.
  mutating func read(_ chunk: Bytes) -> [ParsedRun] {
    split(chunk)
    return takeFinished()
  }

  /// Ends the log.
  ///
  /// - Returns: The runs that had not ended yet.
  mutating func finish() -> [ParsedRun] {
    if !carry.isEmpty {
      let rest = carry
      carry = []
      rest.withUnsafeBufferPointer { line($0, isCut: true) }
    }
    endWrapped()
    // A text that follows JSON has ended that.
    text.finish()
    finished += text.takeFinished()
    json.finish()
    return takeFinished() + minutes.finish()
  }

  private mutating func takeFinished() -> [ParsedRun] {
    let runs = finished + text.takeFinished() + json.takeFinished()
    finished = []
    runCount += runs.count
    return runs.isEmpty ? [] : minutes.take(runs)
  }

  // MARK: - Lines

  private mutating func split(_ chunk: Bytes) {
    guard let base = chunk.baseAddress, !chunk.isEmpty else { return }
    let end = lineEnd ?? chooseLineEnd(chunk)
    var start = 0
    defer { position += chunk.count }
    while start < chunk.count {
      lineStart = position + start - carry.count
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
    let isText = !isTextInJSON && !json.isActive
    if isText { text.offset = wrapping ?? lineStart }
    if isText, bytes.isEmpty {
      text.readBlank(number: number)
    } else if isText, text.readFast(bytes, number: number, isCut: isCut) {
      if json.hasOpenRun { endJSONRun() }
    } else {
      slow(bytes, isCut: isCut)
    }
  }

  /// A text follows JSON: no further target of its run comes.
  private mutating func endJSONRun() {
    json.finish()
    finished += json.takeFinished()
  }

  // MARK: - Lines that need more

  private mutating func slow(_ bytes: Bytes, isCut: Bool) {
    if let opening = text.opening {
      text.opening = nil
      if RawLine.continuesJSON(CapturePrefix.remove(opening.prefix, from: bytes)) {
        jsonPrefix = opening.prefix
        if opening.isMarked { text.takeBackLastByte() }
        json.offset = wrapping ?? opening.offset
        _ = [opening.bracket].withUnsafeBufferPointer {
          json.read($0, number: max(number - 1, 1))
        }
      }
    }
    if json.isActive || (RawLine.opensJSON(bytes) && (isTextInJSON || !text.isProse(bytes))) {
      readJSON(bytes, isCut: isCut)
      return
    }
    if let start = RawLine.toolJSON(bytes) {
      jsonPrefix = Array(bytes.part(0, start))
      readJSON(bytes, isCut: isCut)
      return
    }
    jsonPrefix = []
    isTextInJSON = false
    text.offset = wrapping ?? lineStart
    // A carriage return inside a line starts it anew, as on a terminal: progress bars, CI sections.
    let parts = bytes.split(separator: ASCII.carriageReturn)
    for part in parts {
      if wrapping == nil { text.offset = lineStart + part.startIndex }
      readText(Bytes(rebasing: part), isCut: isCut)
    }
    if parts.isEmpty { text.readBlank(number: number) }
  }

  private mutating func readText(_ bytes: Bytes, isCut: Bool) {
    if runCount == 0, bytes.contains(0) { text.content = .binary }
    text.read(bytes, number: number, isCut: isCut)
    if json.hasOpenRun, text.isInRun { endJSONRun() }
  }

  private mutating func readJSON(_ line: Bytes, isCut: Bool) {
    let bytes = CapturePrefix.remove(jsonPrefix, from: line)
    let closing = bytes.prefix {
      $0 == ASCII.closeBrace || $0 == ASCII.closeBracket || $0 == ASCII.space
    }
    if json.isActive, closing.contains(where: { $0 != ASCII.space }),
      text.isTextLog(bytes.part(closing.count, bytes.count))
    {
      // A text log was appended to a document without a line feed at its end.
      _ = json.read(Bytes(rebasing: closing), number: number)
      json.finish()
      text.finish()
      finished += text.takeFinished() + json.takeFinished()
      readRest(bytes.part(closing.count, bytes.count), of: line, isCut: isCut)
      return
    }
    if json.isActive, text.isTextLog(bytes) {
      // The document was never closed, and a text log follows.
      json.finish()
      readRest(line, of: line, isCut: isCut)
      return
    }
    // A string that was cut off by another run: nothing closes it in this line.
    if json.isActive, let start = RawLine.findGluedRun(bytes), start > 0,
      !bytes.part(start, bytes.count).contains(ASCII.quote)
    {
      _ = json.read(bytes.part(0, start), number: number)
      json.finish()
      readRest(bytes.part(start, bytes.count), of: line, isCut: isCut)
      return
    }
    if case .nothing = text.content { text.content = .otherJSON }
    var rest = bytes
    while !rest.isEmpty, json.isActive || RawLine.opensJSON(rest) {
      if !json.isActive {
        // What a capture puts before the first document of a line is that one's.
        json.offset =
          wrapping ?? lineStart + (rest.count == bytes.count ? 0 : line.count - rest.count)
      }
      let count = json.read(rest, number: number)
      for string in json.takeCaptured() { readCaptured(string) }
      // Runs are handed out in the order in which they stand.
      if !json.finished.isEmpty {
        text.finish()
        finished += text.takeFinished() + json.takeFinished()
      }
      rest = rest.part(max(count, 1), rest.count)
    }
    // Kubernetes cuts long lines, and marks all pieces but the last with a P.
    let isPartial = line.part(0, line.count - bytes.count).hasSuffix(" P ")
    if json.isActive, !isCut, !isPartial {
      let lineFeed: [UInt8] = [ASCII.lineFeed]
      _ = lineFeed.withUnsafeBufferPointer { json.read($0, number: number) }
    } else if !json.isActive, !rest.trimmed().isEmpty, rest.trimmed()[0] != ASCII.comma {
      readRest(rest, of: line, isCut: isCut)
    }
  }

  /// Reads the rest of a line as text.
  private mutating func readRest(_ rest: Bytes, of line: Bytes, isCut: Bool) {
    text.offset = wrapping ?? lineStart + line.count - rest.count
    readText(rest, isCut: isCut)
  }

  /// Reads a string of a document that is no run as the line, or lines, of a log.
  private mutating func readCaptured(_ raw: [UInt8]) {
    let string = JSONText.encoded(raw)
    string.withUnsafeBufferPointer { whole in
      if wrapped.first?.isInDocument == true || RawLine.opensToolJSON(whole) {
        return readWrapped(whole)
      }
      endWrapped()
      isTextInJSON = true
      text.offset = wrapping ?? json.offset
      var start = 0
      while start < whole.count {
        let end = whole[start...].firstIndex(of: ASCII.lineFeed) ?? whole.count
        // A terminal's line ends, as `docker run -t` hands them to the log driver.
        for part in whole.part(start, end).split(separator: ASCII.carriageReturn) {
          readText(Bytes(rebasing: part), isCut: false)
        }
        if end == start { text.readBlank(number: number) }
        start = end + 1
      }
    }
  }

  /// Reads a piece of a JSON document that a logger keeps as a string; Docker cuts long ones into several.
  private mutating func readWrapped(_ piece: Bytes) {
    var inner = wrapped.first ?? anew
    inner.number = number - 1
    inner.wrapping = wrapping ?? json.offset
    finished += inner.read(piece)
    wrapped = [inner]
  }

  private var isInDocument: Bool { json.isActive || !carry.isEmpty }

  private mutating func endWrapped() {
    guard var inner = wrapped.first else { return }
    finished += inner.finish()
    wrapped = []
  }
}

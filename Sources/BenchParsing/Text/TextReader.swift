import BenchModel

/// Reads the lines of text logs, whichever tool printed them.
///
/// The tools mark their results alike. What tells them apart is a dash behind the id, which only
/// docker-bench-security prints, and the word FAIL, which it never does.
struct TextReader {
  private var formats: TextFormats
  private var cleaner = LineCleaner()
  /// A line that may begin a JSON document with its last byte.
  struct Opening {
    /// What stands before the bracket.
    var prefix: [UInt8]
    var bracket: UInt8
    /// Whether the line is one of a run.
    var isMarked: Bool
    /// Where in the log the document begins.
    var offset: Int
  }

  var opening: Opening?
  /// What the log holds, as long as it holds no run.
  var content = LogContent.nothing

  /// Creates a reader of some formats at the beginning of a log.
  init(_ formats: TextFormats) { self.formats = formats }

  /// A reader of the same formats at the beginning of a log.
  var anew: TextReader { TextReader(formats.anew) }

  /// Where in the log the line begins that is read next.
  var offset: Int {
    get { formats.offset }
    set { formats.offset = newValue }
  }

  /// Hands over the runs that are done, in the order in which they stand.
  mutating func takeFinished() -> [ParsedRun] { formats.takeFinished() }

  /// Ends the log.
  mutating func finish() { formats.finish() }

  /// Whether a run is being read.
  var isInRun: Bool { formats.isInRun }

  /// Whether a line that looks like JSON is text: a remediation, or what a command printed.
  func isProse(_ bytes: Bytes) -> Bool { formats.aqua.isInProse && !RawLine.opensToolJSON(bytes) }

  /// Reads a line that has nothing to clean, as most have.
  ///
  /// - Returns: Whether this was such a line.
  @inline(__always)
  mutating func readFast(_ bytes: Bytes, number: Int, isCut: Bool) -> Bool {
    if formats.isFurtherOpen { return false }
    if let mark = RawLine.fast(bytes) {
      if formats.aqua.isOpen {
        guard let line = AquaLine.marked(mark.status, bytes, from: mark.text, prefix: 0),
          RawLine.gluedHeading(bytes, from: mark.text) == nil
        else { return false }
        opening = nil
        formats.aqua.read(line, bytes, number: number, isCut: isCut)
        return true
      }
      guard mark.status != .fail, RawLine.gluedRun(bytes) == nil else { return false }
      let line = DockerBenchSecurityLine.marked(mark.status, bytes, from: mark.text)
      if case .unnumbered = line { return false }
      if !formats.dockerBenchSecurity.prefix.isEmpty { formats.dockerBenchSecurity.prefix = [] }
      if opening != nil { opening = nil }
      formats.dockerBenchSecurity.read(line, bytes, number: number, isCut: isCut)
      return true
    }
    guard formats.aqua.isInRemediations, readRemediation(bytes, isCut: isCut) else { return false }
    opening = nil
    return true
  }

  /// Reads a line that can be nothing but a part of a remediation.
  @inline(__always)
  private mutating func readRemediation(_ bytes: Bytes, isCut: Bool) -> Bool {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return false }
    switch bytes[0] {
    case UInt8(ascii: "="), ASCII.hash, ASCII.openBrace: return false
    case UInt8(ascii: "I") where bytes.has("Initializing ", at: 0): return false
    case UInt8(ascii: "C") where bytes.has("Cannot connect ", at: 0): return false
    default: break
    }
    guard !bytes.hasBracket(), !RawLine.needsCleaning(base, bytes.count) else { return false }
    // An entry may have a reason in place of the remediation.
    if ASCII.isDigit(bytes[0]) || bytes.count > 1 && bytes[1] == ASCII.dash {
      var index = 0
      while index < bytes.count, bytes[index] != ASCII.space { index += 1 }
      if bytes.has(" audit test did not", at: index) || bytes.has(" Cannot", at: index) {
        return false
      }
    }
    formats.aqua.readRemediation(bytes, isCut: isCut)
    return true
  }

  /// Counts an empty line.
  mutating func readBlank(number: Int) {
    let nothing = Bytes(start: nil, count: 0)
    if opening != nil { opening = nil }
    if formats.readFurther(nothing, number: number, isCut: false) { return }
    if formats.aqua.isOpen {
      formats.aqua.read(.blank, nothing, number: number, isCut: false)
    } else {
      formats.dockerBenchSecurity.read(.blank, nothing, number: number, isCut: false)
    }
  }

  /// Reads a line as it stands in the log.
  mutating func read(_ bytes: Bytes, number: Int, isCut: Bool) {
    cleaner.clean(bytes)
    let cleaned = cleaner.bytes
    cleaned.withUnsafeBufferPointer { readCleaned($0, of: bytes, number: number, isCut: isCut) }
  }

  /// Notes that a run begins within a line.
  ///
  /// - Parameters:
  ///   - rest: The run's part of the line, without escape sequences.
  ///   - raw: The line as it stands in the log.
  private mutating func beginRun(_ rest: Bytes, of raw: Bytes) {
    // Where the place can't be told, the log of the run before is that of both.
    let isFound = rest.count <= raw.count && raw.suffix(rest.count).elementsEqual(rest)
    offset = isFound ? offset + raw.count - rest.count : formats.runOffset
  }

  private mutating func readCleaned(
    _ whole: Bytes, of raw: Bytes, number: Int, isCut: Bool
  ) {
    if formats.readFurther(whole, number: number, isCut: isCut) { return }
    var line = whole
    let mark = Mark(in: whole)
    // What a command printed may say anything.
    let isOutput = mark.map { formats.aqua.isOutput(whole, at: $0.prefixLength(whole)) } ?? false
    if !isOutput, let start = RawLine.gluedRun(whole) {
      let before = whole.part(0, start)
      formats.dockerBenchSecurity.prefix = Array(whole.prefix(mark?.prefixLength(whole) ?? 0))
      readLine(before, of: raw, number: number, isCut: true)
      line = whole.part(start, whole.count)
      if start > 0 { beginRun(line, of: raw) }
    } else if let start = gluedHeading(whole, mark, isOutput: isOutput) {
      readLine(whole.part(0, start), of: raw, number: number, isCut: true)
      line = whole.part(start, whole.count)
      beginRun(line, of: raw)
      formats.aqua.finish()
    }
    readLine(
      line, of: line.count < whole.count ? Bytes(rebasing: raw.suffix(line.count)) : raw,
      number: number, isCut: isCut)
  }

  /// Where in a line the heading of another run begins, if the line before it was cut off.
  private func gluedHeading(_ line: Bytes, _ mark: Mark?, isOutput: Bool) -> Int? {
    if !isOutput, formats.aqua.isOpen || mark?.status == .fail,
      let start = RawLine.gluedHeading(line, from: mark?.end ?? 0), start > 0
    {
      return start
    }
    guard let mark, mark.start > 0, isInRun else { return nil }
    let before = line.part(0, mark.prefixLength(line))
    let rest = line.part(mark.start, line.count)
    let isAppended =
      formats.aqua.isOpen
      ? formats.aqua.isAppended(rest, to: before)
      : CapturePrefix.remove(formats.dockerBenchSecurity.prefix, from: before).isHeadOfMark
    guard isAppended else { return nil }
    return RawLine.gluedHeading(line, from: mark.start)
  }

  private mutating func readLine(_ line: Bytes, of raw: Bytes, number: Int, isCut: Bool) {
    let mark = Mark(in: line)
    let meaning = meaning(of: line, mark)
    if let last = line.last, last == ASCII.openBrace || last == ASCII.openBracket,
      !formats.aqua.isInProse
    {
      let isMarked = meaning != .noise
      opening = Opening(
        prefix: Array(line.dropLast()), bracket: last, isMarked: isMarked,
        offset: offset + (isMarked ? raw.lastIndex(of: last) ?? 0 : 0))
    }
    if formats.hasFurther, meaning == .noise, isUnknown(line),
      formats.claim(line, number: number, isCut: isCut)
    {
      return
    }
    if isAqua(line, meaning, mark) {
      if !formats.aqua.isOpen { formats.dockerBenchSecurity.finish() }
      if case .nothing = content { note(line) }
      formats.aqua.read(AquaLine(line), line, number: number, isCut: isCut)
      formats.collect()
      if formats.aqua.isOpen { return }
    } else {
      if formats.aqua.isOpen, meaning != .noise, meaning != .blank {
        formats.aqua.finish()
        formats.collect()
      }
      if let length = mark?.prefixLength(line) {
        formats.dockerBenchSecurity.prefix = Array(line.prefix(length))
      }
      formats.dockerBenchSecurity.read(meaning, line, number: number, isCut: isCut)
    }
    if meaning == .noise, !formats.dockerBenchSecurity.isOpen { note(line) }
  }

  /// What a line says to docker-bench-security; it never prints FAIL, but people put its dash behind the ids of others.
  private func meaning(of line: Bytes, _ mark: Mark?) -> DockerBenchSecurityLine {
    guard let mark, mark.status == .fail, !formats.aqua.isOpen,
      !formats.dockerBenchSecurity.isBegun,
      case .check(let status, let id, let title) = DockerBenchSecurityLine.marked(
        .fail, line, from: mark.end)
    else { return DockerBenchSecurityLine(line) }
    return .check(status, id: id, title: title)
  }

  /// Whether a line that is noise to docker-bench-security is no part of a run of Aqua's tools either: amid their
  /// remediations, and in what a command printed, any text may stand.
  private func isUnknown(_ line: Bytes) -> Bool {
    if formats.aqua.isOpen, formats.aqua.section == .remediations { return false }
    return !formats.aqua.isOutput(line, at: 0) && AquaLine(line) == .other
  }

  /// Notes what a log holds as long as it holds no run.
  private mutating func note(_ line: Bytes) {
    if line.firstIndex(of: "docker-bench-security.sh [") != nil
      || line.firstIndex(of: "-bench [flags]") != nil
    {
      content = .usage
    } else if line.firstIndex(of: "Error connecting to docker daemon") != nil
      || line.firstIndex(of: "Version check failed: ") != nil
    {
      content = .noDaemon
    } else if case .nothing = content {
      content = .text(String(decoding: line.prefix(120), as: UTF8.self))
    }
  }

  /// Whether a line is one for the fold of Aqua's tools.
  private func isAqua(_ line: Bytes, _ meaning: DockerBenchSecurityLine, _ mark: Mark?) -> Bool {
    if formats.aqua.isOutput(line, at: mark?.prefixLength(line) ?? meaning.start(in: line)) {
      return true
    }
    switch meaning {
    case .start, .banner(version: .some): return false
    case .check, .section: return formats.aqua.isOpen && formats.aqua.isInRemediations
    case .detail, .banner, .checks, .score: return formats.aqua.isOpen
    case .blank: return formats.aqua.isOpen
    case .noise, .unnumbered: break
    }
    if formats.aqua.isOpen { return true }
    switch AquaLine(line) {
    case .result(let status, let id, let title, _):
      // In a run of docker-bench-security that was not cut off, it is the line of another program.
      let isHeading = status == .info && !title.isEmpty && !line[id].contains { !ASCII.isDigit($0) }
      return !formats.dockerBenchSecurity.isInRun || isHeading || status == .fail
        || AquaLine.isDockerBenchmark(line.part(title.lowerBound, title.upperBound))
    case .remediations, .summary: return !formats.dockerBenchSecurity.isInRun
    default: return false
    }
  }

  /// Takes back the last byte of what was read last: it begins a JSON document that was appended to a line
  /// that was cut off.
  mutating func takeBackLastByte() {
    if formats.dockerBenchSecurity.isOpen { formats.dockerBenchSecurity.takeBackLastByte() }
  }

  /// Whether a line inside an unfinished JSON document is one of a text log: there is a mark, or a run's
  /// beginning, and no quote before it.
  mutating func isTextLog(_ bytes: Bytes) -> Bool {
    if let mark = RawLine.fast(bytes) {
      if AquaLine.marked(mark.status, bytes, from: mark.text, prefix: 0) != nil { return true }
      if mark.status != .fail { return true }
    }
    if bytes.trimmed().first == ASCII.quote || RawLine.opensJSON(bytes) { return false }
    cleaner.clean(bytes)
    return cleaner.bytes.withUnsafeBufferPointer { line in
      let before = line.prefix(Mark(in: line)?.prefixLength(line) ?? 0)
      switch DockerBenchSecurityLine(line) {
      case .check, .detail: return !before.contains(ASCII.quote)
      case .start, .banner(version: .some): return !line.contains(ASCII.quote)
      case .noise, .unnumbered:
        if case .result(.info, _, _, _) = AquaLine(line) { return !before.contains(ASCII.quote) }
        return formats.isClaimed(line) && !line.contains(ASCII.quote)
      default: return false
      }
    }
  }
}

import BenchModel

/// Puts the tokens of docker-bench-security's JSON together to runs.
///
/// Read are all its generations, also sorted, compacted, concatenated, in an array or one run a line:
///
/// - flat, 1.3.4 from October 2017: `"5.4": "WARN: web"`, a key written again for each offender;
/// - nested, from October 2018: `tests[].results[]` with `id`, `desc`, `result`, `details`, `items`;
/// - single checks (`-c check_2_2`): the results stand in `tests` themselves.
///
/// What is broken is read as far as it goes: a result that was written without its object's start
/// (the community check C.1), an array or object that is never closed.
struct DockerBenchSecurityJSONFold: JSONFold {
  private struct Frame {
    var isObject: Bool
    /// The key of the object's member that is being read, or the key that an array stands under.
    var key = DockerBenchSecurityJSONKey.other
    var id: [UInt8]?
    var title: [UInt8]?
    var result: [UInt8]?
    var details: [UInt8]?
    var items: [TextRange] = []
    /// What the texts above take.
    var heldBytes = 0
    var lacksItems = false
    var lacksText = false
    var isRun = false
    var line: Int
  }

  private var frames: [Frame] = []
  private var run = ParsedRun(tool: .dockerBenchSecurity, form: .json)
  private var isOpen = false
  private var hadRun = false
  private var items = HeldItems()
  /// What the other texts take that wait for the ends of their objects.
  private var heldBytes = 0
  private var line = 0
  /// Where in the log the document begins that is being read.
  var offset = 0
  var finished: [ParsedRun] = []
  /// The strings of a document that is no run: a logger's wrapping of a text log.
  private(set) var captured: [[UInt8]] = []
  private static let deepest = 64
  /// More digits than any time has.
  private static let longestStart = 40

  /// Whether the document that is being read is a run of the tool.
  var isOwn: Bool { hadRun }

  /// Whether a document is being read.
  var isActive: Bool { !frames.isEmpty }

  /// Hands over the strings that may be lines of a text log.
  mutating func takeCaptured() -> [[UInt8]] {
    let strings = captured
    captured = []
    return strings
  }

  /// Forgets the outer levels of what is open, which belong to a document that was cut off.
  mutating func drop(_ levels: Int) { frames.removeFirst(min(levels, frames.count)) }

  /// Ends the document, wherever it is.
  mutating func finish() {
    let isBroken = !frames.isEmpty
    while let frame = frames.popLast() {
      if frame.isObject { emit(frame, isCut: true) }
    }
    forgetHeld()
    if isBroken, isOpen {
      run.diagnostics.append(Diagnostic(run.hasEnd ? .brokenJSON : .cutOff, line: line))
    }
    close()
    hadRun = false
  }

  mutating func accept(_ token: JSONToken, _ text: Bytes, line: Int) {
    self.line = line
    switch token {
    case .string: assign(text, isString: true)
    case .bare: assign(text, isString: false)
    case .key:
      if frames.last?.isObject != true { push(isObject: true) }
      frames[frames.count - 1].key = DockerBenchSecurityJSONKey(text)
    case .comma: break
    case .openObject, .openArray: push(isObject: token == .openObject)
    case .closeObject, .closeArray: pop(object: token == .closeObject)
    }
  }

  /// Keeps to the structure of a document that turned out to be another tool's.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - line: The 1-based number of its line.
  mutating func follow(_ token: JSONToken, line: Int) {
    self.line = line
    switch token {
    case .string, .bare, .comma: break
    case .key:
      if frames.last?.isObject != true { push(isObject: true) }
      frames[frames.count - 1].key = .other
    case .openObject, .openArray: push(isObject: token == .openObject)
    case .closeObject, .closeArray: pop(object: token == .closeObject)
    }
  }

  private mutating func push(isObject: Bool) {
    guard frames.count < Self.deepest else { return }
    var frame = Frame(isObject: isObject, line: line)
    if !isObject, let last = frames.last, last.isObject { frame.key = last.key }
    frames.append(frame)
  }

  private mutating func pop(object: Bool) {
    // A mark that closes more than one level: what was opened last was never closed.
    guard let index = frames.lastIndex(where: { $0.isObject == object }) else { return }
    while frames.count > index, let frame = frames.popLast() {
      guard frame.isObject else { continue }
      emit(frame, isCut: false)
      if frame.isRun { close() }
    }
    if frames.isEmpty {
      forgetHeld()
      close()
      hadRun = false
    }
  }

  private mutating func assign(_ raw: Bytes, isString: Bool) {
    guard let last = frames.indices.last else { return }
    let key = frames[last].key
    guard frames[last].isObject else {
      if key == .items, last > 0, isString {
        if let item = items.hold(raw) {
          frames[last - 1].items.append(item)
        } else {
          frames[last - 1].lacksItems = true
        }
      } else if isString, !hadRun {
        // A list of lines, as Ansible keeps a command's output.
        captured.append(Array(raw))
      }
      return
    }
    frames[last].key = .other
    switch (key, isString) {
    case (.version, _):
      beginRun(at: last, again: !run.toolVersion.isEmpty)
      run.toolVersion = keep(isString ? JSONText.printed(raw) : Array(raw))
    case (.relative(let name), _):
      beginRun(at: last, again: run.relative != nil)
      run.relative = name
    case (.start, false):
      beginRun(at: last, again: run.hasStart)
      run.startText = keep(Array(raw.prefix(Self.longestStart)))
      run.hasStart = true
    case (.end, false):
      beginRun(at: last, again: false)
      run.hasEnd = true
    case (.checks, false):
      beginRun(at: last, again: false)
      run.printedChecks = raw.number()
    case (.score, false):
      beginRun(at: last, again: false)
      run.printedScore = raw.number()
    case (_, false): break
    case (.id, _):
      frames[last].id = hold(raw, in: last)
      frames[last].line = line
    case (.title, _): frames[last].title = hold(raw, in: last)
    case (.result, _): frames[last].result = hold(raw, in: last)
    case (.details, _): frames[last].details = hold(raw, in: last)
    case (.check(let id), _):
      let value = JSONText.printed(raw)
      if hadRun || Self.level(of: value) != nil { readFlat(id: id, value) }
    case (.log, _):
      if !hadRun { captured.append(Array(raw)) }
    default: break
    }
  }

  /// Keeps a text until its object ends; nothing of it where so much waits already that no tool can have written it.
  private mutating func hold(_ raw: Bytes, in frame: Int) -> [UInt8] {
    if raw.count >= JSONScanner.longest || heldBytes + raw.count > ParsedRun.mostBytes {
      frames[frame].lacksText = true
    }
    guard heldBytes + raw.count <= ParsedRun.mostBytes else { return [] }
    heldBytes += raw.count
    frames[frame].heldBytes += raw.count
    return JSONText.printed(raw)
  }

  /// Forgets what nothing that is open holds.
  private mutating func forgetHeld() {
    items = HeldItems()
    heldBytes = 0
  }

  private mutating func beginRun(at frame: Int, again: Bool) {
    if again {
      // The document before was cut off: what it left open is its own.
      for left in frames[...frame] where left.isObject { emit(left, isCut: true) }
      run.diagnostics.append(Diagnostic(.cutOff, line: line))
      close()
      forgetHeld()
      frames = [Frame(isObject: true, line: line)]
      return beginRun(at: 0, again: false)
    }
    if !isOpen { openRun(at: frames[frame].line) }
    frames[frame].isRun = true
  }

  private mutating func openRun(at number: Int) {
    run = ParsedRun(tool: .dockerBenchSecurity, form: .json)
    run.line = number
    run.offset = offset
    isOpen = true
    hadRun = true
    captured = []
  }

  private mutating func close() {
    guard isOpen else { return }
    finished.append(run)
    isOpen = false
    run = ParsedRun(tool: .dockerBenchSecurity, form: .json)
  }

  /// Adds the check that an object describes, if it does.
  private mutating func emit(_ frame: Frame, isCut: Bool) {
    defer {
      heldBytes -= frame.heldBytes
      items.release(frame.items.count)
    }
    guard let result = frame.result, frame.id != nil || isOpen, Self.status(result) != nil else {
      return
    }
    if !isOpen { openRun(at: frame.line) }
    // Only the first community check writes a result without the start of its object.
    let id = frame.id ?? Array("C.1".utf8)
    add(id: id, title: frame.title ?? [], result, line: frame.line, isCut: isCut)
    if let details = frame.details { addDetail(details, .summary, isCut: isCut) }
    for item in frame.items { addDetail(items[item], .item, isCut: isCut) }
    if frame.lacksItems { run.leaveOut(at: line) }
    if frame.lacksText { run.shortenText(limit: JSONScanner.longest, at: frame.line) }
  }

  private mutating func add(
    id: [UInt8], title: [UInt8], _ result: [UInt8], line: Int, isCut: Bool
  ) {
    guard !run.isFull(forCheckAt: line) else { return }
    run.tally.checks += 1
    run.checks.append(
      ParsedCheck(
        id: keep(id), title: keep(title), status: Self.status(result) ?? .absent, isCut: isCut,
        line: line, firstDetail: run.details.count))
  }

  private mutating func addDetail(_ text: [UInt8], _ form: ParsedDetail.Form, isCut: Bool) {
    guard !run.checks.isEmpty, !run.isFull(forDetailAt: line) else { return }
    run.tally.details += 1
    run.details.append(ParsedDetail(text: keep(text), form: form, isCut: isCut))
    run.checks[run.checks.count - 1].detailCount += 1
  }

  /// Reads `"5.4": "WARN: web"`, of which the next line may be another part.
  private mutating func readFlat(id: [UInt8], _ value: [UInt8]) {
    if !isOpen { openRun(at: line) }
    let level = value.prefix { $0 != ASCII.colon }
    let status = Self.level(of: value)
    if run.checks.last.map({ run.withBytes($0.id) { $0.elementsEqual(id) } }) != true {
      add(id: id, title: [], status == nil ? [] : Array(level), line: line, isCut: false)
    }
    let rest = status == nil ? value[...] : value.dropFirst(level.count + 1)
    let text = rest.drop { $0 == ASCII.space }
    if !text.isEmpty { addDetail(Array(text), .item, isCut: false) }
  }

  /// The status that a value of flat JSON begins with.
  private static func level(of value: [UInt8]) -> Status? {
    status(Array(value.prefix { $0 != ASCII.colon }))
  }

  private mutating func keep(_ text: [UInt8]) -> TextRange {
    let start = run.bytes.count
    // What JSON spelled out as `\u000a` would be two lines in a text.
    for byte in text { run.bytes.append(byte < ASCII.space || byte == 0x7F ? ASCII.space : byte) }
    return TextRange(start: start, count: text.count)
  }

  private static func status(_ word: [UInt8]) -> Status? {
    let word = String(decoding: word, as: UTF8.self).uppercased()
    return Status.allCases.first { $0 != .absent && $0.word == word }
  }
}

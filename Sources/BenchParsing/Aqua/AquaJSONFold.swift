import BenchModel

/// Puts the tokens of the JSON of Aqua docker-bench and kube-bench together to runs.
///
/// Both write controls: an object with `tests`, these with `results`, and in each of these a check. docker-bench
/// writes one object. kube-bench writes one for each target, by its version as objects one after the other (to
/// 0.3.0), in an array (to 0.4.0, and with `--nototals`), or as `{"Controls": […], "Totals": {…}}`; a run ends where a
/// target comes that it has already.
struct AquaJSONFold: JSONFold {
  private struct Frame {
    var isObject: Bool
    var key: [UInt8] = []
    var texts: [Key: [UInt8]] = [:]
    var counts: [Key: Int] = [:]
    var isControl = false
    /// Whether this is a list in which a control stood.
    var hasControl = false
    var line: Int
  }

  /// The members that are read.
  private enum Key: String {
    case id, text, version
    case nodeType = "node_type"
    case checkID = "test_number"
    case title = "test_desc"
    case status
    case actual = "actual_value"
    case reason, type
    case pass = "total_pass"
    case fail = "total_fail"
    case warn = "total_warn"
    case info = "total_info"
    case tests, results, section
    case totals = "Totals"
    case controls = "Controls"

    init?(_ name: [UInt8]) {
      guard name.count <= 12 else { return nil }
      self.init(rawValue: String(decoding: name, as: UTF8.self))
    }
  }

  private var frames: [Frame] = []
  private var pending: [UInt8]?
  /// The checks of the control object that is being read.
  private var control = ParsedRun(tool: .kubeBench, form: .json)
  private var run: ParsedRun?
  private var line = 0
  /// Where in the log the document begins that is being read.
  var offset = 0
  /// Whether the document that is being read, or was read last, is of one of these tools.
  private(set) var isOwn = false
  var finished: [ParsedRun] = []
  private static let deepest = 64
  private static let mostTargets = 64

  /// How many of the levels that are open belong to a document that was cut off.
  private(set) var droppedLevels = 0

  /// Whether a run waits for what may be its next target.
  var isOpen: Bool { run != nil }

  mutating func accept(_ token: JSONToken, _ text: [UInt8], line: Int) {
    self.line = line
    droppedLevels = 0
    switch token {
    case .string:
      settle()
      pending = text
    case .bare:
      settle()
      assign(text, isString: false)
    case .colon:
      guard let key = pending else { return }
      pending = nil
      if frames.last?.isObject != true { push(isObject: true) }
      if !frames.isEmpty { frames[frames.count - 1].key = key }
    case .comma: settle()
    case .openObject, .openArray:
      settle()
      push(isObject: token == .openObject)
    case .closeObject, .closeArray:
      settle()
      pop(isObject: token == .closeObject)
    }
  }

  mutating func finish() {
    settle()
    let isBroken = !frames.isEmpty
    while let frame = frames.popLast() {
      if frame.isObject { end(frame, isCut: true) }
    }
    if !control.checks.isEmpty { addControl(ParsedTarget(firstCheck: 0), isDocker: false) }
    if isBroken, run != nil {
      run?.hasEnd = false
      run?.diagnostics.append(Diagnostic(.cutOff, line: line))
    }
    close()
    isOwn = false
  }

  // MARK: - Structure

  private mutating func push(isObject: Bool) {
    if frames.isEmpty { isOwn = false }
    guard frames.count < Self.deepest else { return }
    if !isObject, let last = frames.indices.last {
      let key = frames[last].isObject ? Key(frames[last].key) : nil
      if let start = startOfDocument(key, at: last) { endDocument(before: start) }
      if key == .tests { frames[frames.count - 1].isControl = true }
    }
    frames.append(Frame(isObject: isObject, line: line))
  }

  /// Where the document begins that a list is of, if the one before it was cut off: a control in a control, or a
  /// list of controls in another one.
  private func startOfDocument(_ key: Key?, at last: Int) -> Int? {
    switch key {
    case .controls:
      return frames[..<last].contains { $0.isControl || $0.hasControl } ? last : nil
    case .tests:
      guard
        frames[..<last].contains(where: \.isControl)
          || frames[..<max(last - 1, 0)].contains(where: \.hasControl)
      else { return nil }
      guard last > 0, !frames[last - 1].isObject else { return last }
      let list = last > 1 && frames[last - 2].isObject ? Key(frames[last - 2].key) : nil
      if list == .controls { return last - 2 }
      return list == .tests || list == .results ? last : last - 1
    default:
      return nil
    }
  }

  /// Ends the document that was cut off before another one began inside it.
  private mutating func endDocument(before start: Int) {
    let next = Array(frames[start...])
    frames.removeSubrange(start...)
    droppedLevels = start
    finish()
    frames = next
    isOwn = true
  }

  private mutating func pop(isObject: Bool) {
    // A mark that closes more than one level: what was opened last was never closed.
    guard let index = frames.lastIndex(where: { $0.isObject == isObject }) else { return }
    while frames.count > index, let frame = frames.popLast() {
      if frame.isObject { end(frame, isCut: false) }
    }
    if let last = frames.indices.last { frames[last].key = [] }
    guard frames.isEmpty else { return }
    // Checks that were cut out of their document.
    if !control.checks.isEmpty { addControl(ParsedTarget(firstCheck: 0), isDocker: false) }
    if run?.totals != nil || run?.tool == .aquaDockerBench { close() }
  }

  private mutating func settle() {
    guard let value = pending else { return }
    pending = nil
    assign(value, isString: true)
  }

  private mutating func assign(_ raw: [UInt8], isString: Bool) {
    guard let last = frames.indices.last, frames[last].isObject else { return }
    let name = frames[last].key
    frames[last].key = []
    guard let key = Key(name) else { return }
    switch key {
    case .pass, .fail, .warn, .info:
      isOwn = true
      frames[last].counts[key] = raw.withUnsafeBufferPointer { $0.number() }
    case .tests: frames[last].isControl = !isString
    case .results, .totals, .controls: break
    case .nodeType, .checkID, .section:
      if isString { isOwn = true }
      fallthrough
    case .id, .text, .version, .title, .status, .actual, .reason, .type:
      if isString { frames[last].texts[key] = JSONText.encoded(raw) }
    }
  }

  // MARK: - Checks and targets

  private mutating func end(_ frame: Frame, isCut: Bool) {
    if let id = frame.texts[.checkID], let status = frame.texts[.status].flatMap(Self.status) {
      add(frame, id, status, isCut: isCut)
    } else if frame.isControl || (frame.texts[.id] != nil && frame.texts[.nodeType] != nil) {
      endControl(frame, isCut: isCut)
    } else if let counts = Self.counts(frame), run != nil {
      run?.totals = counts
      run?.hasEnd = true
    }
  }

  private mutating func add(_ frame: Frame, _ id: [UInt8], _ status: Status, isCut: Bool) {
    guard !control.isFull(at: frame.line) else { return }
    if control.checks.isEmpty { control.line = frame.line }
    control.tally.checks += 1
    let title = frame.texts[.title] ?? []
    control.checks.append(
      ParsedCheck(
        id: keep(id), title: keep(title), status: status, line: frame.line,
        firstDetail: control.details.count))
    // The text prints what a command gave after a failure only, and a reason after a test that could not be run.
    let reason = frame.texts[.reason] ?? []
    if !control.isDaemonMissing, let actual = frame.texts[.actual],
      actual.withUnsafeBufferPointer(AquaLine.isDaemonMissing)
    {
      control.isDaemonMissing = true
    }
    if status == .fail, let actual = frame.texts[.actual], !actual.isEmpty {
      for line in actual.split(separator: ASCII.lineFeed) { addDetail(Array(line), isCut: isCut) }
    } else if status == .fail || status == .warn, frame.texts[.type] != Array("manual".utf8),
      reason.starts(with: "failed to run".utf8)
    {
      addDetail(Array("audit test did not run: ".utf8) + reason, isCut: isCut)
    }
  }

  private mutating func addDetail(_ text: [UInt8], isCut: Bool) {
    guard !text.allSatisfy({ $0 <= ASCII.space }), !control.isFull(at: line) else { return }
    control.tally.details += 1
    control.details.append(ParsedDetail(text: keep(text), form: .line, isCut: isCut))
    control.checks[control.checks.count - 1].detailCount += 1
  }

  private mutating func endControl(_ frame: Frame, isCut: Bool) {
    guard isOwn else { return }
    if let last = frames.indices.last, !frames[last].isObject { frames[last].hasControl = true }
    var target = ParsedTarget(firstCheck: 0)
    target.id = keep(frame.texts[.id] ?? [])
    target.title = keep(frame.texts[.text] ?? [])
    target.version = keep(frame.texts[.version] ?? [])
    target.kind = keep(frame.texts[.nodeType] ?? [])
    target.printed = isCut ? nil : Self.counts(frame)
    if control.checks.isEmpty { control.line = frame.line }
    let title = frame.texts[.text] ?? []
    let isDocker =
      frame.texts[.nodeType] == nil
      && (frame.texts[.version] == nil || title.withUnsafeBufferPointer(AquaLine.isDockerBenchmark))
    addControl(target, isDocker: isDocker)
  }

  /// Adds the target that was read to the run that it is of.
  private mutating func addControl(_ target: ParsedTarget, isDocker: Bool) {
    let id = control.withBytes(target.id) { Array($0) }
    let isKnown = run?.targets.contains { known in
      run?.withBytes(known.id) { $0.elementsEqual(id) } == true
    }
    let isLong = run.map { $0.targets.count >= Self.mostTargets } ?? false
    if isDocker || run?.tool == .aquaDockerBench || run?.totals != nil || isKnown == true || isLong
    {
      close()
    }
    var part = control
    control = ParsedRun(tool: .kubeBench, form: .json)
    part.targets = [target]
    part.hasStart = !target.title.isEmpty
    part.hasEnd = target.printed != nil
    guard var whole = run else {
      part.offset = offset
      if isDocker { part.tool = .aquaDockerBench }
      run = part
      return
    }
    run = nil
    whole.append(part)
    run = whole
  }

  private mutating func close() {
    guard let run else { return }
    finished.append(run)
    self.run = nil
  }

  private mutating func keep(_ text: [UInt8]) -> TextRange {
    var start = 0
    while start < text.count, text[start] <= ASCII.space { start += 1 }
    var end = text.count
    while end > start, text[end - 1] <= ASCII.space { end -= 1 }
    // What JSON spelled out as `\u000a` would be two lines in a text.
    return control.keep(
      text[start..<end].map { $0 < ASCII.space || $0 == 0x7F ? ASCII.space : $0 })
  }

  private static func counts(_ frame: Frame) -> ResultCounts? {
    guard let pass = frame.counts[.pass], let fail = frame.counts[.fail],
      let warn = frame.counts[.warn]
    else { return nil }
    return ResultCounts(pass: pass, fail: fail, warn: warn, info: frame.counts[.info] ?? 0)
  }

  private static func status(_ word: [UInt8]) -> Status? {
    let word = String(decoding: word, as: UTF8.self)
    return Status.allCases.first { $0 != .absent && $0 != .note && $0.word == word }
  }
}

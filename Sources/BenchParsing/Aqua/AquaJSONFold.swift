import BenchModel

/// Puts the tokens of the JSON of Aqua docker-bench and kube-bench together to runs.
///
/// Both write controls: an object with `tests`, these with `results`, and in each of these a check. docker-bench
/// writes one object. kube-bench writes one for each target, by its version as objects one after the other (to
/// 0.3.0), in an array (to 0.4.0, and with `--nototals`), or as `{"Controls": […], "Totals": {…}}`; a run ends where a
/// target comes that it has already.
struct AquaJSONFold: JSONFold {
  private var frames: [AquaJSONFrame] = []
  /// The texts of the members that are read, of all that is open.
  private var texts: [UInt8] = []
  /// The checks of the control object that is being read.
  private var control = ParsedRun(tool: .kubeBench, form: .json)
  private var run: ParsedRun?
  private var distribution = NamedDistribution()
  private var line = 0
  /// Where in the log the document begins that is being read.
  var offset = 0
  /// Whether the document that is being read, or was read last, is of one of these tools.
  private(set) var isOwn = false
  var finished: [ParsedRun] = []
  private static let deepest = 64
  private static let mostTargets = 64
  /// The most bytes of texts that wait for their objects' ends.
  private static let mostText = ParsedRun.mostBytes

  /// How many of the levels that are open belong to a document that was cut off.
  private(set) var droppedLevels = 0

  /// Whether a run waits for what may be its next target.
  var isOpen: Bool { run != nil }

  mutating func accept(_ token: JSONToken, _ text: Bytes, line: Int) {
    self.line = line
    droppedLevels = 0
    switch token {
    case .string: assign(text, isString: true)
    case .bare: assign(text, isString: false)
    case .key:
      if frames.last?.isObject != true { push(isObject: true) }
      if !frames.isEmpty { frames[frames.count - 1].key = AquaJSONKey(text) }
    case .comma: break
    case .openObject, .openArray: push(isObject: token == .openObject)
    case .closeObject, .closeArray: pop(isObject: token == .closeObject)
    }
  }

  mutating func finish() {
    let isBroken = !frames.isEmpty
    while let frame = frames.popLast() {
      if frame.isObject { end(frame, isCut: true) }
    }
    texts.removeAll(keepingCapacity: true)
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
      let key = frames[last].isObject ? frames[last].key : nil
      if let start = startOfDocument(key, at: last) { endDocument(before: start) }
      if key == .tests { frames[frames.count - 1].isControl = true }
    }
    frames.append(AquaJSONFrame(isObject: isObject, line: line, firstText: texts.count))
  }

  /// Where the document begins that a list is of, if the one before it was cut off: a control in a control, or a
  /// list of controls in another one.
  private func startOfDocument(_ key: AquaJSONKey?, at last: Int) -> Int? {
    switch key {
    case .controls:
      return frames[..<last].contains { $0.isControl || $0.hasControl } ? last : nil
    case .tests:
      guard
        frames[..<last].contains(where: \.isControl)
          || frames[..<max(last - 1, 0)].contains(where: \.hasControl)
      else { return nil }
      guard last > 0, !frames[last - 1].isObject else { return last }
      let list = last > 1 && frames[last - 2].isObject ? frames[last - 2].key : nil
      if list == .controls { return last - 2 }
      return list == .tests || list == .results ? last : last - 1
    default:
      return nil
    }
  }

  /// Ends the document that was cut off before another one began inside it.
  private mutating func endDocument(before start: Int) {
    let (next, texts) = (Array(frames[start...]), self.texts)
    frames.removeSubrange(start...)
    droppedLevels = start
    finish()
    (frames, self.texts) = (next, texts)
    frames[0].firstText = 0
    isOwn = true
  }

  private mutating func pop(isObject: Bool) {
    // A mark that closes more than one level: what was opened last was never closed.
    guard let index = frames.lastIndex(where: { $0.isObject == isObject }) else { return }
    while frames.count > index, let frame = frames.popLast() {
      if frame.isObject { end(frame, isCut: false) }
      texts.removeLast(max(texts.count - frame.firstText, 0))
    }
    if let last = frames.indices.last { frames[last].key = nil }
    guard frames.isEmpty else { return }
    // Checks that were cut out of their document.
    if !control.checks.isEmpty { addControl(ParsedTarget(firstCheck: 0), isDocker: false) }
    if run?.totals != nil || run?.tool == .aquaDockerBench { close() }
  }

  private mutating func assign(_ raw: Bytes, isString: Bool) {
    guard let last = frames.indices.last, frames[last].isObject, let key = frames[last].key else {
      return
    }
    frames[last].key = nil
    switch key {
    case .tests: frames[last].isControl = !isString
    case .results, .totals, .controls: break
    case .pass, .fail, .warn, .info:
      isOwn = true
      frames[last].assign(raw.number(), to: key)
    case .section, .nodeType, .checkID:
      guard isString else { return }
      isOwn = true
      if key != .section, let text = hold(raw) { frames[last].assign(text, to: key) }
    case .remediation: distribution.look(in: raw)
    case .id, .text, .version, .title, .status, .actual, .reason, .type:
      if key == .actual { distribution.look(in: raw) }
      if isString, let text = hold(raw) { frames[last].assign(text, to: key) }
    }
  }

  /// Keeps a text until its object ends; nil where so much waits already that no tool can have written it.
  private mutating func hold(_ raw: Bytes) -> TextRange? {
    guard texts.count + raw.count <= Self.mostText else { return nil }
    let start = texts.count
    JSONText.encode(raw, into: &texts)
    return TextRange(start: start, count: texts.count - start)
  }

  // MARK: - Checks and targets

  private mutating func end(_ frame: AquaJSONFrame, isCut: Bool) {
    if let id = frame.checkID, let status = status(frame.status) {
      add(frame, id, status, isCut: isCut)
    } else if frame.isControl || (frame.id != nil && frame.nodeType != nil) {
      endControl(frame, isCut: isCut)
    } else if let counts = frame.counts, run != nil {
      run?.totals = counts
      run?.hasEnd = true
    }
  }

  private mutating func add(_ frame: AquaJSONFrame, _ id: TextRange, _ status: Status, isCut: Bool)
  {
    guard !control.isFull(forCheckAt: frame.line) else { return }
    if control.checks.isEmpty { control.line = frame.line }
    control.tally.checks += 1
    control.checks.append(
      ParsedCheck(
        id: keep(id), title: keep(frame.title), status: status, line: frame.line,
        firstDetail: control.details.count))
    // The text prints what a command gave after a failure only, and a reason after a test that could not be run.
    if !control.isDaemonMissing, withText(frame.actual, AquaLine.isDaemonMissing) {
      control.isDaemonMissing = true
    }
    guard status == .fail || status == .warn else { return }
    if status == .fail, let actual = frame.actual, !actual.isEmpty {
      var start = Int(actual.start)
      let end = start + Int(actual.count)
      while start < end {
        let stop = texts[start..<end].firstIndex(of: ASCII.lineFeed) ?? end
        addDetail(TextRange(start: start, count: stop - start), isCut: isCut)
        start = stop + 1
      }
    } else if withText(frame.reason, { $0.has("failed to run", at: 0) }),
      !withText(frame.type, { $0.count == 6 && $0.has("manual", at: 0) })
    {
      let (start, reason) = (texts.count, withText(frame.reason) { Array($0) })
      texts += "audit test did not run: ".utf8
      texts += reason
      addDetail(TextRange(start: start, count: texts.count - start), isCut: isCut)
    }
  }

  private mutating func addDetail(_ text: TextRange, isCut: Bool) {
    guard withText(text, { $0.contains { $0 > ASCII.space } }), !control.isFull(forDetailAt: line)
    else {
      return
    }
    control.tally.details += 1
    control.details.append(ParsedDetail(text: keep(text), form: .line, isCut: isCut))
    control.checks[control.checks.count - 1].detailCount += 1
  }

  private mutating func endControl(_ frame: AquaJSONFrame, isCut: Bool) {
    guard isOwn else { return }
    if let last = frames.indices.last, !frames[last].isObject { frames[last].hasControl = true }
    var target = ParsedTarget(firstCheck: 0)
    target.id = keep(frame.id)
    target.title = keep(frame.text)
    target.version = keep(frame.version)
    target.kind = keep(frame.nodeType)
    target.printed = isCut ? nil : frame.counts
    if control.checks.isEmpty { control.line = frame.line }
    let isDocker =
      frame.nodeType == nil
      && (frame.version == nil || withText(frame.text, AquaLine.isDockerBenchmark))
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
    part.distribution = distribution.line
    distribution = NamedDistribution()
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
    if whole.distribution == nil { whole.distribution = part.distribution }
    run = whole
  }

  private mutating func close() {
    guard let run else { return }
    finished.append(run)
    self.run = nil
  }

  /// Calls a closure with a text that is held; with no bytes where there is none.
  private func withText<R>(_ range: TextRange?, _ body: (Bytes) -> R) -> R {
    texts.withUnsafeBufferPointer { all in
      guard let range else { return body(Bytes(start: nil, count: 0)) }
      return body(all.part(Int(range.start), Int(range.start) + Int(range.count)))
    }
  }

  private mutating func keep(_ text: TextRange?) -> TextRange {
    let range = withText(text) { control.keep($0.trimmed()) }
    // What JSON spelled out as `\u000a` would be two lines in a text.
    for index in Int(range.start)..<control.bytes.count
    where control.bytes[index] < ASCII.space || control.bytes[index] == 0x7F {
      control.bytes[index] = ASCII.space
    }
    return range
  }

  private func status(_ word: TextRange?) -> Status? {
    withText(word) { word in
      guard word.count == 4 else { return nil }
      if word.has("PASS", at: 0) { return .pass }
      if word.has("FAIL", at: 0) { return .fail }
      if word.has("WARN", at: 0) { return .warn }
      return word.has("INFO", at: 0) ? .info : nil
    }
  }
}

import BenchModel

/// Puts the lines of Aqua docker-bench and kube-bench logs together to runs.
///
/// Both print, for docker-bench once and for kube-bench once for each target (master, etcd, node ...): results
/// under headings, remediations, a summary. A run begins with docker-bench's benchmark, or with a target that the
/// run has already, or after the totals.
struct AquaFold: TextFold {
  enum Section {
    case results
    case remediations
    case summary
    case totals
  }

  var run = ParsedRun(tool: .kubeBench, form: .text)
  /// Where in the log the line begins that is read next.
  var offset = 0
  private(set) var isOpen = false
  var section = Section.results
  var wrap = LineWrap()
  /// The result lines of the target that is being read.
  private var lines: [AquaHeadings.Line] = []
  /// Which of the lines of the targets before are headings.
  private var isHeading: [Bool] = []
  /// Whether the target that is being read has a heading of its own.
  private var hasHeading = false
  private var counts: [Status: Int] = [:]
  var isAfterBlank = false
  var reasons = 0
  var distribution = NamedDistribution()
  /// The ids of results that stand among remediations, of the log so far.
  private var passedOver = IDOrder()
  private var isCut = false
  var finished: [ParsedRun] = []
  /// What the capture put before the run's first line.
  var prefix = CapturePrefix()

  /// A node has a tenth of these; the bounds keep hostile logs from taking time without end.
  static let mostReasons = 400
  private static let mostTargets = 64
  static let mostDiagnostics = 100

  /// Whether the next line may be any text: a remediation, or a command's output.
  var isInProse: Bool { isOpen && (section == .remediations || section == .results) }

  /// Whether a line without a mark is part of a remediation, whatever it says.
  var isInRemediations: Bool { isOpen && section == .remediations && prefix.isEmpty }

  /// Counts a line of a remediation that the caller knows to be one.
  @inline(__always)
  mutating func readRemediation(_ text: Bytes, isCut: Bool) {
    run.tally.remediation += 1
    distribution.look(in: text)
    isAfterBlank = false
    self.isCut = isCut
  }

  mutating func read(_ line: AquaLine, _ text: Bytes, number: Int, isCut: Bool) {
    defer { self.isCut = isCut }
    switch line {
    case .result(let status, let id, let title, let mark):
      if !isOpen { prefix = CapturePrefix(text.part(0, mark)) }
      guard prefix.ends(text, at: mark) else {
        return readOther(text, number: number, isCut: isCut)
      }
      readResult(status, text, id, title, number: number, isCut: isCut)
    case .remediations(let target, let start):
      if !isOpen { prefix = CapturePrefix(text.part(0, start)) }
      guard prefix.ends(text, at: start) else {
        return readOther(text, number: number, isCut: isCut)
      }
      if !isOpen { open(at: number) }
      // A target without results, as with --noresults.
      if section == .summary { beginTarget() }
      name(text, target)
      section = .remediations
      run.tally.banner += 1
    case .summary(let target, let start):
      if !isOpen { prefix = CapturePrefix(text.part(0, start)) }
      guard prefix.ends(text, at: start) else {
        return readOther(text, number: number, isCut: isCut)
      }
      if !isOpen { open(at: number) }
      counts = [:]
      run.tally.banner += 1
      if text.part(target.lowerBound, target.upperBound).elementsEqual("total".utf8) {
        endTarget()
        section = .totals
      } else {
        if section == .summary { beginTarget() }
        name(text, target)
        section = .summary
      }
    case .count(let status, let count):
      guard isOpen, section == .summary || section == .totals else {
        return readOther(text, number: number, isCut: isCut)
      }
      readCount(status, count)
    case .blank:
      return readBlank()
    case .other where prefix.isAll(of: text):
      return readBlank()
    case .other:
      return readOther(text, number: number, isCut: isCut)
    }
    isAfterBlank = false
  }

  mutating func finish() { close() }

  private mutating func readBlank() {
    run.tally.blank += 1
    isAfterBlank = true
  }

  // MARK: - Results

  private mutating func readResult(
    _ status: Status, _ text: Bytes, _ id: Range<Int>, _ title: Range<Int>, number: Int, isCut: Bool
  ) {
    let titleBytes = text.part(title.lowerBound, title.upperBound)
    let isDocker = status == .info && AquaLine.isDockerBenchmark(titleBytes)
    let isTopHeading = status == .info && !text[id].contains { !ASCII.isDigit($0) }
    switch section {
    case .remediations:
      // Nothing but a heading ends a remediation, which may hold the output of any command.
      guard isDocker || (isTopHeading && run.tool == .kubeBench) else {
        run.tally.remediation += 1
        // Turned round, a log has its remediations before its results.
        passedOver.add(IDOrder.parts(text.part(id)))
        return
      }
      begin(isDocker, text, id, number: number)
    case .summary, .totals:
      begin(isDocker, text, id, number: number)
    case .results:
      // Under the heading of etcd stands that of its only group, which is the same. A target that the run has had
      // is the first of the next one, also where the log was cut off before it.
      let isTarget =
        isTopHeading && run.tool == .kubeBench
        && (lines.count > 1 && isAfterBlank
          || isHeading(
            text.part(id), titleBytes, ofAnyOf: run.targets.dropLast(lines.count > 1 ? 0 : 1)))
      if !isOpen || isDocker || isTarget {
        begin(isDocker, text, id, number: number)
      }
    }
    guard !run.isFull(forCheckAt: number) else { return }
    if lines.isEmpty, status == .info {
      hasHeading = true
      if run.checks.isEmpty { run.hasStart = true }
      run.targets[run.targets.count - 1].id = run.keep(text.part(id))
      run.targets[run.targets.count - 1].title = run.keep(text.part(title))
    }
    let check = ParsedCheck(
      id: run.keep(text.part(id)), title: run.keep(titleBytes), status: status, isCut: isCut,
      line: number, firstDetail: run.details.count)
    run.checks.append(check)
    lines.append(
      AquaHeadings.Line(
        status: status, id: check.id, hasMark: status == .info && AquaHeadings.hasMark(titleBytes)))
    wrap.marked(width: text.count - prefix.count)
  }

  /// Begins a target, of the run that is open or of another one.
  private mutating func begin(_ isDocker: Bool, _ text: Bytes, _ id: Range<Int>, number: Int) {
    let isKnown = run.targets.contains { target in
      run.withBytes(target.id) { $0.elementsEqual(text[id]) }
    }
    if !isOpen || isDocker || run.tool == .aquaDockerBench || section == .totals || isKnown {
      let prefix =
        isOpen ? CapturePrefix(text.part(0, Mark(in: text)?.prefixLength(text) ?? 0)) : self.prefix
      close()
      self.prefix = prefix
      open(at: number)
      if isDocker { run.tool = .aquaDockerBench }
    } else {
      endTarget()
      beginTarget()
    }
    section = .results
  }

  private mutating func readCount(_ status: Status, _ count: Int) {
    run.tally.totals += 1
    counts[status] = count
    guard status == .info, let pass = counts[.pass], let fail = counts[.fail],
      let warn = counts[.warn]
    else { return }
    let counts = ResultCounts(pass: pass, fail: fail, warn: warn, info: count)
    if section == .totals {
      run.totals = counts
      run.hasEnd = true
    } else {
      run.targets[run.targets.count - 1].printed = counts
      endTarget()
      if run.tool == .aquaDockerBench { run.hasEnd = true }
    }
  }

  // MARK: - Runs and targets

  private mutating func open(at number: Int) {
    isOpen = true
    section = .results
    run.line = number
    run.offset = offset
    run.bytes.reserveCapacity(16 << 10)
    run.checks.reserveCapacity(160)
    beginTarget()
  }

  private mutating func beginTarget() {
    lines = []
    hasHeading = false
    counts = [:]
    if run.targets.count < Self.mostTargets {
      run.targets.append(ParsedTarget(firstCheck: run.checks.count))
    }
  }

  /// Tells a target's headings from its checks, once its summary is known.
  private mutating func endTarget() {
    guard let target = run.targets.last, !lines.isEmpty else { return }
    let found = run.bytes.withUnsafeBufferPointer {
      AquaHeadings.find(lines, in: $0, hasOwn: hasHeading, skipped: target.printed?.info)
    }
    isHeading += found
    run.tally.headings += found.count { $0 }
    run.tally.checks += found.count { !$0 }
    lines = []
  }

  private mutating func close() {
    guard isOpen else { return }
    let hasSummary = run.targets.contains { $0.printed != nil }
    if !run.hasEnd, run.tool == .kubeBench {
      // Before 0.5.0, and with --nototals, nothing says that no target follows.
      run.hasEnd =
        hasSummary ? run.targets.last?.printed != nil : isAfterBlank && !isCut && !lines.isEmpty
    }
    if !run.hasEnd, !run.checks.isEmpty, section == .results {
      run.checks[run.checks.count - 1].isCut = true
    }
    endTarget()
    wrap.finish(&run)
    let headings = isHeading
    isHeading = []
    run.removeChecks { $0 < headings.count && headings[$0] }
    // Other programs mark their lines in the same way, and number them.
    run.distribution = distribution.line
    distribution = NamedDistribution()
    run.isPassedOverReversed = run.checks.count < passedOver.count && passedOver.isReversed
    let isOurs =
      hasSummary || run.totals != nil || run.tool == .aquaDockerBench || run.checks.count > 2
      || (run.hasStart && hasCheckUnderHeading) || run.isPassedOverReversed
    if isOurs {
      run.shrink()
      finished.append(run)
    }
    run = ParsedRun(tool: .kubeBench, form: .text)
    isOpen = false
    section = .results
    wrap = LineWrap()
    isAfterBlank = false
    reasons = 0
  }

  /// Whether a check has an id that begins with its target's.
  private var hasCheckUnderHeading: Bool {
    guard let target = run.targets.first, let check = run.checks.first else { return false }
    return run.withBytes(target.id) { id in
      run.withBytes(check.id) {
        $0.starts(with: id) && $0.count > id.count && $0[id.count] == ASCII.dot
      }
    }
  }

  private mutating func name(_ text: Bytes, _ target: Range<Int>) {
    guard !target.isEmpty, !run.targets.isEmpty else { return }
    run.targets[run.targets.count - 1].kind = run.keep(text.part(target))
  }
}

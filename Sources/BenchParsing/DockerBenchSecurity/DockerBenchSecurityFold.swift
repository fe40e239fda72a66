import BenchModel

/// Puts the lines of docker-bench-security logs together to runs: the only state between two lines.
///
/// A log is appended to, so it holds any number of runs. A run begins with `Initializing`, or with a
/// banner, or, where a capture lost both, with the first check after a score, or with the check that
/// the run before began with.
struct DockerBenchSecurityFold: TextFold {
  private var run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
  /// Where in the log the line begins that is read next.
  var offset = 0
  /// Where the run began that is being read.
  var runOffset: Int { run.offset }
  private(set) var isOpen = false
  private var section = LogSection.results
  private var wrap = LineWrap()
  /// The banner of the run that is about to start: its version's text and its line.
  private var banner: (version: [UInt8], line: Int, offset: Int)?
  /// The tool of the family whose banner came before the run that is about to start.
  private var relative: String?
  var finished: [ParsedRun] = []
  /// A list of users is not continued past this length.
  private static let longestList = 4_096
  /// More unread lines than these are counted and not told one by one.
  private static let mostDiagnostics = 100
  /// What the capture put before the mark of the line that was read last.
  var prefix: [UInt8] = []

  @inline(__always)
  mutating func read(_ line: DockerBenchSecurityLine, _ text: Bytes, number: Int, isCut: Bool) {
    switch line {
    case .check(let status, let id, let title):
      guard section != .remediation else {
        run.tally.remediation += 1
        return
      }
      if !isOpen || run.hasEnd || repeatsFirstCheck(id, title, text) { open(at: number) }
      guard !run.isFull(forCheckAt: number) else { return }
      run.tally.checks += 1
      let check = ParsedCheck(
        id: run.keep(text.part(id)), title: run.keep(text.part(title)), status: status,
        isCut: isCut,
        line: number,
        firstDetail: run.details.count)
      run.checks.append(check)
      if status == .info, !text[id].contains(ASCII.dot), run.relative == nil {
        run.relative = Relative.heading(text.part(title))
      }
      wrap.marked(width: text.count - prefix.count)
    case .detail(let range):
      guard section != .remediation else {
        run.tally.remediation += 1
        return
      }
      guard isOpen, !run.checks.isEmpty else {
        // The end of a list whose check was cut off with the log's head.
        if !isOpen { open(at: number) }
        run.tally.details += 1
        return
      }
      guard !run.isFull(forDetailAt: number) else { return }
      run.tally.details += 1
      run.details.append(ParsedDetail(text: run.keep(text.part(range)), form: .line, isCut: isCut))
      run.checks[run.checks.count - 1].detailCount += 1
      wrap.marked(width: text.count - prefix.count)
    default:
      readOther(line, text, number: number, isCut: isCut)
    }
  }

  private mutating func readOther(
    _ line: DockerBenchSecurityLine, _ text: Bytes, number: Int, isCut: Bool
  ) {
    switch line {
    case .start(let time):
      close()
      open(at: banner?.line ?? number)
      run.hasStart = true
      run.relative = relative
      relative = nil
      run.startText = run.keep(text.part(time))
      run.tally.banner += 1
      if let banner {
        run.toolVersion = run.keep(banner.version)
        run.offset = banner.offset
        run.tally.banner += 1
      }
      banner = nil
    case .banner(let version):
      if let version {
        close()
        banner = (Array(text[version]), number, offset)
        relative = nil
      } else if isOpen, section == .remediation {
        run.tally.remediation += 1
      } else {
        run.tally.banner += 1
      }
    case .section(let next):
      section = next
      run.hasSections = true
      if next == .results { run.hasResultsHeading = true }
      run.tally.banner += 1
    case .checks(let count):
      guard section != .remediation else {
        run.tally.remediation += 1
        return
      }
      section = .score
      if isOpen { run.printedChecks = count }
      run.tally.totals += 1
    case .score(let score):
      section = .results
      run.tally.totals += 1
      guard isOpen else { return }
      run.printedScore = score
      run.hasEnd = true
    case .unnumbered(let status, let range):
      readUnnumbered(status, text, range, number: number, isCut: isCut)
    case .blank:
      run.tally.blank += 1
    case .noise:
      run.tally.noise += 1
      if let relative = Relative.banner(text) {
        if isOpen { run.relative = relative } else { self.relative = relative }
      }
      guard isOpen, !run.checks.isEmpty, section == .results, !run.hasEnd else { return }
      continueLine(CapturePrefix.remove(prefix, from: text))
    case .check, .detail: break
    }
  }

  /// Reads a marked line without a number: a check that the tool printed without its id, or a
  /// message of the tool's own.
  private mutating func readUnnumbered(
    _ status: Status, _ text: Bytes, _ range: Range<Int>, number: Int, isCut: Bool
  ) {
    if section == .remediation {
      run.tally.remediation += 1
    } else if range.isEmpty || text.has("Some tests might require root", at: range.lowerBound) {
      run.tally.banner += 1
    } else if isCut {
      run.tally.unread += 1
    } else if isOpen, text.has("Ensure ", at: range.lowerBound), !run.isFull(forCheckAt: number) {
      run.tally.checks += 1
      wrap.marked(width: text.count - prefix.count)
      run.checks.append(
        ParsedCheck(
          id: .empty, title: run.keep(text.part(range)), status: status, line: number,
          firstDetail: run.details.count))
    } else {
      run.tally.unread += 1
      if isOpen, run.diagnostics.count < Self.mostDiagnostics {
        let line = String(decoding: text[range].prefix(200), as: UTF8.self)
        run.diagnostics.append(Diagnostic(.unreadLine(line), line: number))
      }
    }
  }

  /// Whether the run has the tool's own beginning, so that it can be no other tool's.
  var isBegun: Bool { (isOpen && (run.hasStart || run.hasSections)) || banner != nil }

  /// Whether a run is being read that has not come to its end.
  var isInRun: Bool { isOpen && !run.hasEnd }

  mutating func finish() { close() }

  /// Takes back the last byte of what was read last: it begins a JSON document that was appended to a line
  /// that was cut off.
  mutating func takeBackLastByte() {
    guard isOpen, let check = run.checks.last else { return }
    if check.detailCount > 0, let detail = run.details.last, !detail.text.isEmpty {
      run.details[run.details.count - 1].text.count -= 1
      run.details[run.details.count - 1].isCut = true
    } else if !check.title.isEmpty {
      run.checks[run.checks.count - 1].title.count -= 1
      run.checks[run.checks.count - 1].isCut = true
    }
  }

  private mutating func open(at number: Int) {
    close()
    isOpen = true
    run.line = number
    run.offset = offset
    section = .results
    run.bytes.reserveCapacity(16 << 10)
    run.checks.reserveCapacity(160)
    run.details.reserveCapacity(256)
  }

  private mutating func close() {
    if isOpen {
      if !run.hasEnd, let last = run.checks.last, last.detailCount == 0 {
        // A log that was cut off inside a line may have been appended to.
        run.checks[run.checks.count - 1].isCut = true
      }
      wrap.finish(&run)
      run.shrink()
      finished.append(run)
      run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
    }
    isOpen = false
    section = .results
    wrap = LineWrap()
  }

  private func repeatsFirstCheck(_ id: Range<Int>, _ title: Range<Int>, _ text: Bytes) -> Bool {
    guard run.checks.count > 1, let first = run.checks.first, let last = run.checks.last,
      isEqual(first, id, title, text)
    else { return false }
    // A line that follows itself is no run that begins anew.
    return !isEqual(last, id, title, text)
  }

  private func isEqual(
    _ check: ParsedCheck, _ id: Range<Int>, _ title: Range<Int>, _ text: Bytes
  ) -> Bool {
    guard Int(check.id.count) == id.count, Int(check.title.count) == title.count else {
      return false
    }
    let sameID = run.withBytes(check.id) { $0.elementsEqual(text[id]) }
    return sameID && run.withBytes(check.title) { $0.elementsEqual(text[title]) }
  }

  /// Reads an unmarked line that may belong to the marked one before it.
  private mutating func continueLine(_ text: Bytes) {
    if let detail = run.details.last, run.checks.last?.detailCount ?? 0 > 0,
      detail.text.count < Self.longestList, run.withBytes(detail.text, Self.listsUsers),
      !text.contains(ASCII.space)
    {
      // The list of a group's members holds a name with a backslash and an n, `ADM\new-user`,
      // which the tool's printf made a line feed.
      let joined = run.string(detail.text) + "\\n" + String(decoding: text, as: UTF8.self)
      run.details[run.details.count - 1].text = run.keep(Array(joined.utf8))
      return
    }
    wrap.unmarked(text, isDetail: run.checks.last?.detailCount ?? 0 > 0, in: run)
  }

  private static func listsUsers(_ text: Bytes) -> Bool {
    text.has("Users: ", at: 0) || text.has("Doubtful users: ", at: 0) || text.has("docker:", at: 0)
  }
}

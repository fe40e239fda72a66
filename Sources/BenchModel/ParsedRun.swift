/// A stretch of the bytes that a parsed run keeps.
package struct TextRange: Hashable, Sendable {
  package var start: Int32
  package var count: Int32

  /// Creates a range from its first byte and its length.
  package init(start: Int, count: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: count)
  }

  /// No bytes.
  package static let empty = TextRange(start: 0, count: 0)

  /// Whether there are no bytes.
  package var isEmpty: Bool { count == 0 }
}

/// A numbered line as a tool printed it, or its counterpart in JSON.
package struct ParsedCheck: Sendable {
  /// The id as printed; empty where the tool left it out.
  package var id: TextRange
  /// The title as printed, with its suffixes; empty in flat JSON, which has none.
  package var title: TextRange
  package var status: Status
  /// Whether the log may have ended inside the title.
  package var isCut: Bool
  /// The 1-based line of the file.
  package var line: Int32
  /// The index in ``ParsedRun/details`` of the first of this check's details.
  package var firstDetail: Int32
  package var detailCount: Int32

  /// Creates a check without details.
  package init(
    id: TextRange, title: TextRange, status: Status, isCut: Bool = false, line: Int,
    firstDetail: Int
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.isCut = isCut
    self.line = Int32(truncatingIfNeeded: line)
    self.firstDetail = Int32(truncatingIfNeeded: firstDetail)
    self.detailCount = 0
  }
}

/// A line below a check, or what JSON has in its place.
package struct ParsedDetail: Sendable {
  /// Where in the log the detail stands.
  package enum Form: UInt8, Sendable {
    /// A line of text, `[WARN]      * Running as root: web`.
    case line
    /// The `details` of a JSON result.
    case summary
    /// One of the `items` of a JSON result, or the text after the level in flat JSON.
    case item
    /// Stands for all further ones, which were too many to be kept.
    case leftOut
  }

  package var text: TextRange
  package var form: Form
  /// Whether the log ended inside the text, so that a name at its end can't be trusted.
  package var isCut: Bool

  /// Creates a detail.
  package init(text: TextRange, form: Form, isCut: Bool = false) {
    self.text = text
    self.form = form
    self.isCut = isCut
  }
}

/// An unmarked line right after a marked one, which may be the rest of it that a terminal's width broke off.
package struct ParsedRest: Sendable {
  /// The index in ``ParsedRun/checks`` of the check before it.
  package var check: Int
  /// The index in ``ParsedRun/details`` of the detail before it; nil if that is the check's own line.
  package var detail: Int?
  package var text: TextRange
  /// Whether the line before is as long as the longest of the run.
  package var isFull: Bool
  /// Whether a blank may have been lost at the break.
  package var needsBlank: Bool

  /// Creates a rest.
  package init(check: Int, detail: Int?, text: TextRange, isFull: Bool, needsBlank: Bool) {
    self.check = check
    self.detail = detail
    self.text = text
    self.isFull = isFull
    self.needsBlank = needsBlank
  }
}

/// How many lines of a text log were of which kind; of JSON, how many results and details were read.
package struct LineTally: Hashable, Sendable {
  package var checks = 0
  /// Headings that are known without the catalogue, as Aqua docker-bench's and kube-bench's are.
  package var headings = 0
  package var details = 0
  package var banner = 0
  package var totals = 0
  package var remediation = 0
  package var blank = 0
  /// Lines of other programs: shells, docker, the capture.
  package var noise = 0
  /// Lines with a result's mark that have no known shape.
  package var unread = 0

  /// Creates an empty tally.
  package init() {}
}

/// One run as its log has it, before anything is known of what the checks mean.
///
/// The texts are kept as bytes of one buffer: a reader that allocated a string per line would be an
/// order of magnitude slower, and most texts are only looked up.
package struct ParsedRun: Sendable {
  /// Which of its two forms a run was read from.
  package enum Form: UInt8, Hashable, Sendable {
    case text = 0
    case json = 1
  }

  package var tool: Tool
  package var form: Form
  /// The bytes that every ``TextRange`` of this run points into.
  package var bytes: [UInt8] = []
  package var checks: [ParsedCheck] = []
  package var details: [ParsedDetail] = []
  /// The parts of the run, for tools that print any.
  package var targets: [ParsedTarget] = []
  /// Whether a command of the tool said that it could not reach the Docker daemon.
  package var isDaemonMissing = false
  /// The tool's own counts over all targets.
  package var totals: ResultCounts?
  /// Lines that may belong to the one before; what is known of the checks decides.
  package var rests: [ParsedRest] = []
  /// Whether the log is a copy from a terminal, by the length of its lines.
  package var isWrapped = false
  /// What stands behind `Initializing`; of JSON its `start`, seconds or smaller units since 1970.
  package var startText: TextRange = .empty
  /// Whether another run of the same log and version shows that the minutes of the start are minutes.
  package var hasProvenMinutes = false
  /// The version that the banner or the JSON names.
  package var toolVersion: TextRange = .empty
  package var printedChecks: Int?
  package var printedScore: Int?
  /// Whether the run's beginning was read.
  package var hasStart = false
  /// Whether the last thing that the tool prints was read.
  package var hasEnd = false
  /// Whether the results were announced as "Section A", as versions since March 2021 do.
  package var hasSections = false
  /// Whether they were announced as "Section A - Check results", to the letter, as since the end of that month.
  package var hasResultsHeading = false
  /// The 1-based first line of the run.
  package var line = 0
  /// Where in the decoded log its first line begins, or the JSON document that it is in; see ``LogReader/evidence``.
  package var offset = 0
  /// The tool of the family that the run is of, where it is none of those that are known.
  package var relative: String?
  /// The host that the text around the log names; nil where it names none.
  package var host: String?
  /// When its first line was captured, by the text around it, in seconds since 1970.
  package var capturedAt: Int64?
  /// The line of editions of the distribution whose paths it names, such as `rke2`; nil where none tells.
  package var distribution: String?
  /// Whether results that the reader had to take for a remediation stand in the reverse order.
  package var isPassedOverReversed = false
  /// Whether the run was longer than what is kept of one.
  package internal(set) var isOverfull = false
  package var tally = LineTally()
  package var diagnostics: [Diagnostic] = []

  /// Creates an empty run.
  package init(tool: Tool, form: Form) {
    self.tool = tool
    self.form = form
  }

  /// Keeps bytes, and returns where they are.
  ///
  /// Not generic: it is called for every line, from another module.
  package mutating func keep(_ text: UnsafeBufferPointer<UInt8>) -> TextRange {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return TextRange(start: start, count: text.count)
  }

  /// Keeps bytes, and returns where they are.
  package mutating func keep(_ text: [UInt8]) -> TextRange {
    text.withUnsafeBufferPointer { keep($0) }
  }

  /// Returns the text of a range; bytes that are not UTF-8 are replaced.
  package func string(_ range: TextRange) -> String {
    withBytes(range) { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls a closure with the bytes of a range.
  package func withBytes<R>(_ range: TextRange, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    bytes.withUnsafeBufferPointer { all in
      let start = min(max(Int(range.start), 0), all.count)
      let end = min(start + max(Int(range.count), 0), all.count)
      return body(UnsafeBufferPointer(rebasing: all[start..<end]))
    }
  }

  /// The run as one of another tool, whose headings look like skipped checks: an id that begins the next one's.
  package func withoutHeadings(as tool: Tool) -> ParsedRun {
    var run = self
    run.tool = tool
    run.removeChecks { index in
      let check = checks[index]
      guard check.status == .info else { return false }
      return withBytes(check.id) { id in
        guard id.contains(0x2E), index + 1 < checks.count else { return true }
        return withBytes(checks[index + 1].id) {
          $0.count > id.count && $0.starts(with: id) && $0[id.count] == 0x2E
        }
      }
    }
    return run
  }

  /// Whether the results stand in the reverse of the order in which tools print them.
  package var isReversed: Bool {
    // Of nearly all runs the first and the last id tell.
    guard checks.count > 5,
      parts(of: checks[checks.count - 1]).lexicographicallyPrecedes(parts(of: checks[0]))
    else { return isPassedOverReversed }
    var order = IDOrder()
    for check in checks { order.add(parts(of: check)) }
    return order.isReversed
  }

  private func parts(of check: ParsedCheck) -> [Int] { withBytes(check.id, IDOrder.parts) }

  /// Returns the details of a check.
  package func details(of check: ParsedCheck) -> ArraySlice<ParsedDetail> {
    let start = min(Int(check.firstDetail), details.count)
    return details[start..<min(start + Int(check.detailCount), details.count)]
  }
}

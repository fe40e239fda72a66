import BenchModel

/// Finds the lines that a terminal's width has broken.
///
/// A copy out of tmux or a terminal has no line longer than the terminal was wide, and the rest of a
/// longer line stands in the next one without a mark. That a log is such a copy can be seen at the end of
/// the run: several marked lines are as long as the longest, and nearly all of these are followed by an
/// unmarked line. Where only few lines were too long, what is known of the titles must decide.
struct LineWrap {
  private struct Rest {
    var check: Int
    var detail: Int?
    var text: [UInt8]
    var widthBefore: Int
  }

  private var rests: [Rest] = []
  /// How many marked lines have which length; lines longer than 255 are counted as 255.
  private var widths: [Int32] = []
  private var lastWidth = 0
  /// A run has few broken lines; hostile input may have more unmarked ones than are worth keeping.
  private static let limit = 2_000

  /// Notes a marked line.
  @inline(__always)
  mutating func marked(width: Int) {
    lastWidth = width
    if widths.isEmpty { widths = [Int32](repeating: 0, count: 256) }
    widths[min(max(width, 0), 255)] &+= 1
  }

  /// Notes an unmarked line after a marked one, or after another part of one.
  mutating func unmarked(_ text: Bytes, isDetail: Bool, in run: ParsedRun) {
    guard rests.count < Self.limit, lastWidth > 0, text.count <= 255, !Self.isKnownNoise(text)
    else {
      lastWidth = 0
      return
    }
    rests.append(
      Rest(
        check: run.checks.count - 1, detail: isDetail ? run.details.count - 1 : nil,
        text: Array(text), widthBefore: lastWidth))
    lastWidth = text.count
  }

  /// Adds the rests to a run that is done.
  func finish(_ run: inout ParsedRun) {
    guard !rests.isEmpty, let longest = widths.lastIndex(where: { $0 > 0 }), longest < 255 else {
      return
    }
    // A blank at the break is gone from the copy, so a full line may be one shorter.
    let full = Int(widths[longest]) + (longest > 0 ? Int(widths[longest - 1]) : 0)
    let followed = rests.count { $0.widthBefore >= longest - 1 }
    run.isWrapped = full >= 3 && followed * 10 >= full * 8
    for rest in rests {
      let start = run.bytes.count
      run.bytes.append(contentsOf: rest.text)
      run.rests.append(
        ParsedRest(
          check: rest.check, detail: rest.detail,
          text: TextRange(start: start, count: rest.text.count),
          isFull: rest.widthBefore >= longest - 1, needsBlank: rest.widthBefore < longest))
    }
  }

  /// Whether a line is one that other programs are known to put between the tool's.
  private static func isKnownNoise(_ line: Bytes) -> Bool {
    line.has("Error ", at: 0) || line.has("docker-bench-security.sh:", at: 0)
      || line.has("WARNING", at: 0) || line.has("jq:", at: 0) || line.has("stat:", at: 0)
      || line.has("Check \"", at: 0) || (line.count == 1 && ASCII.isDigit(line[0]))
      || line.has("null", at: 0)
  }
}

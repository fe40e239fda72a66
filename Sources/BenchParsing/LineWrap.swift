import BenchModel

/// Joins lines again that a terminal's width has broken.
///
/// A copy out of tmux or a terminal has no line longer than the terminal was wide, and the rest of a
/// longer line stands in the next one without a mark. Whether a log is such a copy is known only at
/// the end of the run: when several marked lines are as long as the longest, and (nearly) all of these
/// are followed by an unmarked line. Otherwise unmarked lines are the noise of other programs.
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
    widths[min(width, 255)] &+= 1
  }

  /// Notes an unmarked line after a marked one, or after another part of one.
  mutating func unmarked(_ text: Bytes, isDetail: Bool, in run: ParsedRun) {
    guard rests.count < Self.limit, lastWidth > 0, text.count <= 255 else {
      lastWidth = 0
      return
    }
    rests.append(
      Rest(
        check: run.checks.count - 1, detail: isDetail ? run.details.count - 1 : nil,
        text: Array(text), widthBefore: lastWidth))
    lastWidth = text.count
  }

  /// Joins the broken lines of a run that is done.
  func join(_ run: inout ParsedRun) {
    guard !rests.isEmpty, let longest = widths.lastIndex(where: { $0 > 0 }), longest < 255 else {
      return
    }
    // A blank at the break is gone from the copy, so a full line may be one shorter.
    let full = Int(widths[longest]) + (longest > 0 ? Int(widths[longest - 1]) : 0)
    let followed = rests.filter { $0.widthBefore >= longest - 1 && !Self.isKnownNoise($0.text) }
    guard full >= 3, followed.count * 10 >= full * 8 else { return }
    for rest in followed {
      run.tally.noise -= 1
      let separator: [UInt8] = rest.widthBefore == longest ? [] : [ASCII.space]
      if let detail = rest.detail {
        run.details[detail].text = joined(run.details[detail].text, separator, rest.text, &run)
      } else {
        run.checks[rest.check].title = joined(
          run.checks[rest.check].title, separator, rest.text, &run)
      }
    }
  }

  private func joined(
    _ range: TextRange, _ separator: [UInt8], _ rest: [UInt8], _ run: inout ParsedRun
  ) -> TextRange {
    let text = run.withBytes(range) { Array($0) } + separator + rest
    let start = run.bytes.count
    run.bytes.append(contentsOf: text)
    return TextRange(start: start, count: text.count)
  }

  /// Whether a line is one that other programs are known to put between the tool's.
  private static func isKnownNoise(_ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { line in
      line.has("Error ", at: 0) || line.has("docker-bench-security.sh:", at: 0)
        || line.has("WARNING", at: 0) || line.has("jq:", at: 0) || line.has("stat:", at: 0)
        || line.has("Check \"", at: 0) || line.allSatisfy(ASCII.isDigit) || line.has("null", at: 0)
    }
  }
}

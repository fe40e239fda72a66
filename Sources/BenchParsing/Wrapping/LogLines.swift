/// The lines of a text, without the escape sequences of colours.
struct LogLines {
  /// The text without the sequences.
  let text: [UInt8]
  /// Where each line begins and ends in ``text``.
  private let ranges: [Range<Int>]
  /// Where each line begins in the text as it was.
  private let starts: [Int]

  /// Cuts a text.
  init(_ bytes: Bytes) {
    var text: [UInt8] = []
    var ranges: [Range<Int>] = []
    var starts: [Int] = []
    text.reserveCapacity(bytes.count)
    let hasLineFeeds = bytes.hasByte(ASCII.lineFeed)
    let end = hasLineFeeds ? ASCII.lineFeed : ASCII.carriageReturn
    var start = 0
    while start < bytes.count {
      let stop = bytes[start...].firstIndex(of: end) ?? bytes.count
      let first = text.count
      Self.append(bytes.part(start, stop), to: &text)
      while text.count > first, text[text.count - 1] == ASCII.carriageReturn { text.removeLast() }
      ranges.append(first..<text.count)
      starts.append(start)
      text.append(ASCII.lineFeed)
      start = stop + 1
    }
    self.text = text
    self.ranges = ranges
    self.starts = starts
  }

  var count: Int { ranges.count }

  /// The number of a line, counted from 1.
  func number(_ index: Int) -> Int { index + 1 }

  /// Where a line begins in the text as it was.
  func offset(_ index: Int) -> Int { starts[index] }

  /// Where a line is in ``text``.
  func range(_ index: Int) -> Range<Int> { ranges[index] }

  /// The index of the line that an index of ``text`` is in.
  func line(at place: Int) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < place { low = middle + 1 } else { high = middle }
    }
    return min(low, max(ranges.count - 1, 0))
  }

  /// Calls a closure with the bytes of a line.
  func withLine<R>(_ index: Int, _ body: (Bytes) -> R) -> R {
    text.withUnsafeBufferPointer { body($0.part(ranges[index])) }
  }

  private static func append(_ line: Bytes, to text: inout [UInt8]) {
    guard
      line.hasByte(ASCII.escape) || line.hasByte(0xE2) || line.hasByte(0xEF)
        || line.hasByte(ASCII.backslash)
    else {
      return text.append(contentsOf: line)
    }
    var index = 0
    while index < line.count {
      // A table that was drawn, and brackets of full width.
      if line.has("\u{2502}", at: index) || line.has("\u{2503}", at: index) {
        text.append(ASCII.pipe)
        index += 3
        continue
      }
      if line.has("\u{FF3B}", at: index) || line.has("\u{FF3D}", at: index) {
        text.append(line.has("\u{FF3B}", at: index) ? ASCII.openBracket : ASCII.closeBracket)
        index += 3
        continue
      }
      if line[index] == ASCII.backslash, let start = LineCleaner.spelledEscape(line, at: index),
        let end = LineCleaner.endOfControl(line, from: start), line[end - 1] == 0x6D
      {
        index = end
        continue
      }
      if line[index] == ASCII.escape, index + 1 < line.count, line[index + 1] == ASCII.openBracket {
        var end = index + 2
        while end < line.count, (0x20...0x3F).contains(line[end]) { end += 1 }
        if end < line.count, (0x40...0x7E).contains(line[end]) {
          index = end + 1
          continue
        }
      }
      text.append(line[index])
      index += 1
    }
  }
}

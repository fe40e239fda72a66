/// A log whose first line alone stands behind something: the name of a host, a time, the opening of a code block.
enum FirstLine {
  /// The log with the first line in a line of its own; nil where it has one, or others stand behind something too.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    var first: (line: Int, start: Int)?
    var (others, bare) = (0, 0)
    for index in 0..<lines.count {
      guard let start = lines.withLine(index, { line in Mark(in: line)?.prefixLength(line) }) else {
        continue
      }
      if first == nil {
        guard start > 0 else { return nil }
        first = (index, start)
      } else {
        others += 1
        if start == 0 { bare += 1 }
      }
    }
    guard let first, others > 1, bare * 10 >= others * 9 else { return nil }
    var log = WrappedLog()
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        let (number, offset) = (lines.number(index), lines.offset(index))
        guard index == first.line else { return log.add(line, number: number, offset: offset) }
        log.add(line.part(0, first.start), number: number, offset: offset)
        log.add(line.part(first.start, line.count), number: number, offset: offset)
      }
    }
    return [log]
  }
}

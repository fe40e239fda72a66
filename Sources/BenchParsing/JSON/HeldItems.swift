import BenchModel

/// The items of JSON results whose ends have not come, as long as a run may be.
struct HeldItems {
  private var texts: [UInt8] = []
  private var count = 0

  /// Keeps an item.
  ///
  /// - Parameter raw: The string as it stands in the document.
  /// - Returns: Where it is; nil where more is held already than a run may have.
  mutating func hold(_ raw: Bytes) -> TextRange? {
    guard texts.count + raw.count + count * 24 < ParsedRun.mostBytes else { return nil }
    let start = texts.count
    texts += JSONText.printed(raw)
    count += 1
    return TextRange(start: start, count: texts.count - start)
  }

  /// The text of an item that is held.
  subscript(range: TextRange) -> [UInt8] {
    Array(texts[Int(range.start)..<Int(range.start) + Int(range.count)])
  }

  /// Forgets items; their room is free once none is held.
  mutating func release(_ items: Int) {
    count -= items
    if count == 0 { texts.removeAll(keepingCapacity: false) }
  }
}

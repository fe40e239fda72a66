import BenchModel

/// Joins titles and details again that a terminal's width has broken, where what is known of them says so.
struct WrappedText {
  private let parsed: ParsedRun
  private let rests: [ParsedRest]
  private let catalog: ScriptCatalog

  init(_ parsed: ParsedRun, _ rests: [ParsedRest], _ catalog: ScriptCatalog) {
    self.parsed = parsed
    self.rests = rests
    self.catalog = catalog
  }

  /// The title of a check: as printed, or with the lines below it if only that is a title, or if the line
  /// is full and that is one too.
  func title(_ check: ParsedCheck, _ own: KnownTitle) -> KnownTitle {
    let parts = rests.filter { $0.detail == nil }
    guard !parts.isEmpty else { return own }
    for joined in Self.joinings(parsed, parsed.withBytes(check.title) { Array($0) }, parts) {
      let title = Self.title(joined.text, id: own.id)
      if joined.isFull || own.rows.isEmpty, !catalog.rows(id: own.id, title: title).isEmpty {
        return KnownTitle(id: own.id, title: title, isCut: false, catalog)
      }
    }
    return own
  }

  /// The text of a detail, with the lines below it if only that is one that the tool prints, or if the
  /// whole log is a copy from a terminal.
  func detail(_ detail: ParsedDetail, number: Int) -> String {
    let printed = parsed.withBytes(detail.text) { Array($0) }
    let text = String(decoding: printed, as: UTF8.self)
    let parts = rests.filter { $0.detail == number }
    guard !parts.isEmpty else { return text }
    let isKnown = catalog.details.match(text) != nil
    for joined in Self.joinings(parsed, printed, parts) {
      let whole = String(decoding: joined.text, as: UTF8.self)
      guard catalog.details.match(whole) != nil else { continue }
      if !isKnown || (parsed.isWrapped && joined.isFull) { return whole }
    }
    return text
  }

  /// The text with more and more of its rests, each also with the blank that may have been lost.
  static func joinings(
    _ parsed: ParsedRun, _ text: [UInt8], _ parts: [ParsedRest]
  ) -> [(text: [UInt8], isFull: Bool)] {
    var found: [(text: [UInt8], isFull: Bool)] = []
    var whole = text
    var isFull = true
    for part in parts.prefix(8) {
      let rest = parsed.withBytes(part.text) { Array($0) }
      isFull = isFull && part.isFull
      found.insert((whole + rest, isFull), at: 0)
      found.insert((whole + [0x20] + rest, isFull), at: part.needsBlank ? 0 : 1)
      whole += (part.needsBlank ? [0x20] : []) + rest
    }
    return found
  }

  private static func title(_ text: [UInt8], id: String) -> Title {
    text.withUnsafeBufferPointer { text in
      var id = id
      return id.withUTF8 { Title(text, id: $0) }
    }
  }
}

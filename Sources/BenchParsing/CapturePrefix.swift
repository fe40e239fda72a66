/// What a capture put before the first line of a run: a service's name, a time, blanks.
struct CapturePrefix {
  private let bytes: [UInt8]

  /// Whether there is nothing.
  var isEmpty: Bool { bytes.isEmpty }

  /// How long it is.
  var count: Int { bytes.count }

  /// Creates the prefix of a log that is as the tool wrote it.
  init() { bytes = [] }

  /// Creates a prefix.
  init(_ text: Bytes) { bytes = Array(text) }

  /// Whether what stands before an index of another line is what the capture put there.
  ///
  /// Behind more blanks it is the output of a command, which may look like a result.
  func ends(_ text: Bytes, at index: Int) -> Bool {
    if bytes.isEmpty { return index == 0 }
    if index == bytes.count { return true }
    let blanks = bytes.withUnsafeBufferPointer(Self.blanks)
    return Self.blanks(text.part(0, index)) <= blanks && (index > 0 || blanks == bytes.count)
  }

  /// The text behind the prefix, if it has one.
  func removed(from text: Bytes) -> Bytes { Self.remove(bytes, from: text) }

  /// The text behind a prefix, if it has one of the same shape: digits for digits, letters for letters.
  static func remove(_ prefix: [UInt8], from text: Bytes) -> Bytes {
    guard !prefix.isEmpty, text.count >= prefix.count else { return text }
    for (index, byte) in prefix.enumerated() where byte != text[index] {
      let isSameKind =
        ASCII.isDigit(byte) && ASCII.isDigit(text[index])
        || ASCII.isLetter(byte) && ASCII.isLetter(text[index])
      if !isSameKind { return text }
    }
    return text.part(prefix.count, text.count)
  }

  /// How many blanks stand at the end.
  private static func blanks(_ text: Bytes) -> Int {
    text.reversed().prefix { $0 == ASCII.space }.count
  }
}

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

  /// Whether a line holds the prefix alone: the tool printed an empty line.
  func isAll(of text: Bytes) -> Bool {
    let bare = bytes.withUnsafeBufferPointer { bytes.count - Self.blanks($0) }
    return bare > 0 && !text.isEmpty && Self.remove(Array(bytes.prefix(bare)), from: text).isEmpty
  }

  /// Whether what stands at an index of another line is set in behind the prefix, as a command's output is: by a
  /// tab and a blank, of which the tab is a blank by now, or several.
  func isSetIn(_ text: Bytes, at index: Int) -> Bool {
    Self.blanks(text.part(0, index)) > bytes.withUnsafeBufferPointer(Self.blanks) + 1
      || removed(from: text).has("  ", at: 0)
  }

  /// The text behind the prefix, if it has one.
  func removed(from text: Bytes) -> Bytes { Self.remove(bytes, from: text) }

  /// The text behind a prefix, if it has one of the same shape: numbers for numbers, letters for letters.
  static func remove(_ prefix: [UInt8], from text: Bytes) -> Bytes {
    var index = 0
    var place = 0
    while index < prefix.count {
      guard place < text.count else { return text }
      let (byte, other) = (prefix[index], text[place])
      if ASCII.isDigit(byte), ASCII.isDigit(other) {
        // A process id, or a fraction of a second, may be longer than that of the first line.
        while index < prefix.count, ASCII.isDigit(prefix[index]) { index += 1 }
        while place < text.count, ASCII.isDigit(text[place]) { place += 1 }
        continue
      }
      guard byte == other || ASCII.isLetter(byte) && ASCII.isLetter(other) else { return text }
      index += 1
      place += 1
    }
    return text.part(place, text.count)
  }

  /// How many blanks stand at the end.
  private static func blanks(_ text: Bytes) -> Int {
    text.reversed().prefix { $0 == ASCII.space }.count
  }
}

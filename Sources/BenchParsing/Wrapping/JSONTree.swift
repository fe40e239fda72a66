import BenchModel

/// A document of JSON as far as it goes: one that was cut off ends where the text does.
indirect enum JSONTree {
  case object([(key: String, value: JSONTree)], Range<Int>)
  case array([JSONTree], Range<Int>)
  /// A string, with its escapes as they stand.
  case string(Range<Int>)
  /// A number, `true`, `false` or `null`.
  case bare(Range<Int>)

  /// Where it is in the text; of a string without its quotation marks.
  var range: Range<Int> {
    switch self {
    case .object(_, let range), .array(_, let range), .string(let range), .bare(let range): range
    }
  }

  private struct Frame {
    var isObject: Bool
    var start: Int
    var key = ""
    var members: [(key: String, value: JSONTree)] = []
    var items: [JSONTree] = []

    func tree(end: Int) -> JSONTree {
      isObject ? .object(members, start..<end) : .array(items, start..<end)
    }

    mutating func add(_ tree: JSONTree) {
      if isObject { members.append((key, tree)) } else { items.append(tree) }
    }
  }

  private static let deepest = 64
  /// Keys are kept this far.
  private static let longestKey = 256

  /// Reads the document that begins at an index of a text.
  ///
  /// - Returns: The document, the index behind it, and whether it was closed; nil where none begins.
  static func read(
    _ text: Bytes, from start: Int
  ) -> (tree: JSONTree, end: Int, isClosed: Bool)? {
    guard let base = text.baseAddress else { return nil }
    var reading = Reading(text: text)
    var index = start
    // A string that is not handed out where it lies has a place of its own: it is found again by its quotation mark.
    while index < text.count {
      let byte = text[index]
      switch byte {
      case ASCII.openBrace, ASCII.openBracket:
        reading.open(byte == ASCII.openBrace, at: index)
        index += 1
      case ASCII.closeBrace, ASCII.closeBracket:
        index += 1
        if let tree = reading.close(byte == ASCII.closeBrace, end: index) {
          return (tree, index, true)
        }
      case ASCII.quote:
        let end = endOfString(base, text.count, from: index + 1)
        let range = index + 1..<end
        index = min(end + 1, text.count)
        var next = index
        while next < text.count, text[next] <= ASCII.space { next += 1 }
        if next < text.count, text[next] == ASCII.colon {
          reading.key(text.part(range).prefix(longestKey))
          index = next + 1
        } else {
          reading.add(.string(range))
        }
      case let byte where byte <= ASCII.space || byte == ASCII.comma || byte == ASCII.colon:
        index += 1
      default:
        let first = index
        while index < text.count, isBare(text[index]) { index += 1 }
        if index == first { return reading.isAtTop ? nil : reading.end(at: index) }
        reading.add(.bare(first..<index))
      }
      if reading.isOver { return nil }
    }
    return reading.end(at: index)
  }

  /// What was read of a document.
  private struct Reading {
    let text: Bytes
    private var frames: [Frame] = []
    private(set) var isOver = false

    init(text: Bytes) { self.text = text }

    var isAtTop: Bool { frames.isEmpty }

    mutating func open(_ isObject: Bool, at index: Int) {
      if frames.count >= JSONTree.deepest { isOver = true }
      frames.append(Frame(isObject: isObject, start: index))
    }

    /// Closes what is open; the whole document, if that was the outermost.
    mutating func close(_ isObject: Bool, end: Int) -> JSONTree? {
      guard let place = frames.lastIndex(where: { $0.isObject == isObject }) else {
        isOver = true
        return nil
      }
      while frames.count > place, let frame = frames.popLast() {
        let tree = frame.tree(end: end)
        if frames.isEmpty { return tree }
        frames[frames.count - 1].add(tree)
      }
      return nil
    }

    mutating func key(_ key: Slice<Bytes>) {
      guard let last = frames.indices.last, frames[last].isObject else {
        isOver = true
        return
      }
      frames[last].key = String(decoding: key, as: UTF8.self)
    }

    mutating func add(_ tree: JSONTree) {
      guard let last = frames.indices.last else {
        isOver = true
        return
      }
      frames[last].add(tree)
    }

    /// Ends a document that was cut off.
    mutating func end(at index: Int) -> (tree: JSONTree, end: Int, isClosed: Bool)? {
      while let frame = frames.popLast() {
        let tree = frame.tree(end: index)
        if frames.isEmpty { return (tree, index, false) }
        frames[frames.count - 1].add(tree)
      }
      return nil
    }
  }

  private static func endOfString(
    _ base: UnsafePointer<UInt8>, _ count: Int, from start: Int
  ) -> Int {
    var index = start
    while index < count, base[index] != ASCII.quote {
      index += base[index] == ASCII.backslash ? 2 : 1
    }
    return min(index, count)
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || ASCII.isLetter(byte) || byte == ASCII.dash || byte == ASCII.dot
      || byte == UInt8(ascii: "+")
  }
}

extension JSONTree {
  /// The member of an object.
  subscript(key: String) -> JSONTree? {
    guard case .object(let members, _) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// Whether it is an object with a member.
  func has(_ key: String) -> Bool { self[key] != nil }

  /// The text of a string or of a bare value.
  func string(in text: Bytes) -> String? {
    switch self {
    case .string(let range):
      String(decoding: JSONText.encoded(Array(text.part(range))), as: UTF8.self)
    case .bare(let range): String(decoding: text.part(range), as: UTF8.self)
    default: nil
    }
  }
}

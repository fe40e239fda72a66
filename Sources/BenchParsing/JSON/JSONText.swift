/// What the escapes in a JSON string stand for.
enum JSONText {
  /// Reads a string of docker-bench-security.
  ///
  /// It writes its JSON with `printf` and escapes nothing, so a name such as `CORP\alice` makes the file
  /// invalid, and `ADM\new-user` makes it valid with another meaning. So a backslash stands for itself, unless
  /// what follows can only come from a real JSON writer that processed the file later: `\\`, `\"`, `\/` and
  /// `\u` with four digits.
  static func printed(_ raw: Bytes) -> [UInt8] {
    guard raw.hasByte(ASCII.backslash) else { return Array(raw) }
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let next = index + 1 < raw.count ? raw[index + 1] : 0
      switch (raw[index], next) {
      case (ASCII.backslash, ASCII.backslash), (ASCII.backslash, ASCII.quote),
        (ASCII.backslash, UInt8(ascii: "/")):
        text.append(next)
        index += 2
      case (ASCII.backslash, UInt8(ascii: "u")):
        if let (scalar, length) = LineCleaner.scalar(raw, at: index + 2) {
          text.append(contentsOf: String(Character(scalar)).utf8)
          index += 2 + length
        } else {
          text.append(ASCII.backslash)
          index += 1
        }
      default:
        text.append(raw[index])
        index += 1
      }
    }
    return text
  }

  /// Reads a string that a JSON library wrote.
  static func encoded(_ raw: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    raw.withUnsafeBufferPointer { encode($0, into: &text) }
    return text
  }

  /// Reads a string that a JSON library wrote, and appends what it stands for.
  static func encode(_ raw: Bytes, into text: inout [UInt8]) {
    guard raw.hasByte(ASCII.backslash) else {
      text.append(contentsOf: raw)
      return
    }
    let start = text.count
    LineCleaner.unescapeJSON(raw, into: &text)
    // No name has a NUL, and SQLite's texts end at one.
    guard text[start...].contains(0) else { return }
    text.replaceSubrange(start..., with: text[start...].filter { $0 != 0 })
  }
}

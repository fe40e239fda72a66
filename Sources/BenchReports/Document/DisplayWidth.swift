extension Unicode.Scalar {
  /// The columns that the character takes in a terminal: 0 for what is drawn onto the character before it or not at all, 2
  /// for wide ones.
  var columns: Int {
    if value < 0x300 { return 1 }
    switch value {
    // Vowels and finals of Hangul, which join the consonant before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return 0
    // Signs that enclose the digits after them have a place of their own.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: return 1
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
    default: return EastAsianWidth.isWide(value) ? 2 : 1
    }
  }

  fileprivate static let emojiStyle: Unicode.Scalar = "\u{FE0F}"
  fileprivate static let joiner: Unicode.Scalar = "\u{200D}"

  fileprivate var isFlagLetter: Bool { 0x1F1E6...0x1F1FF ~= value }
}

extension Character {
  /// The columns that the character takes in a terminal.
  ///
  /// An emoji of several parts is one picture of two columns: a flag, a sequence with joiners, one with a colour of skin, and
  /// a sign that is asked for as a picture.
  var columns: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.index(after: scalars.startIndex) == scalars.endIndex { return first.columns }
    let isPicture =
      first.properties.isEmoji
      && scalars.dropFirst().contains {
        $0 == .emojiStyle || $0 == .joiner || $0.isFlagLetter || $0.properties.isEmojiModifier
      }
    return isPicture ? 2 : scalars.reduce(0) { $0 + $1.columns }
  }
}

extension StringProtocol {
  /// The columns that the text takes in a terminal.
  var columns: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  /// Whether the character shows as what it is: not a control, not hidden, not one that turns text.
  var isPlain: Bool {
    if isASCII { return value >= 0x20 && value != 0x7F }
    if properties.isDefaultIgnorableCodePoint { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .privateUse, .unassigned:
      return false
    default: return true
    }
  }
}

extension String {
  /// Whether the text can stand on a line of a snippet: not empty, and every character is plain.
  var isPlain: Bool { !isEmpty && unicodeScalars.allSatisfy(\.isPlain) }

  /// The text with characters that are not plain spelled out, for a note on one line.
  package var spelledOut: String {
    if unicodeScalars.allSatisfy(\.isPlain) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isPlain {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return text
  }

  /// The text as one word of a POSIX shell, whatever it holds.
  ///
  /// Goes by scalars: a quote with a combining mark behind it is one character to Swift, and a quote to the shell.
  /// Only for plain texts: a NUL ends an argument, and no quotes can help it.
  var shellQuoted: String {
    var text = "'"
    for scalar in unicodeScalars {
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "'"
  }

  /// The text as one word of a POSIX shell, in quotes only where these are needed.
  var shellWord: String {
    isMade(of: "_.,:=@%/+-") ? self : shellQuoted
  }

  /// Whether the text is made of ASCII letters, digits and the characters given, and not empty.
  func isMade(of others: String) -> Bool {
    !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: others.unicodeScalars.contains(scalar)
        }
      }
  }

  /// The words between blanks.
  var words: [String] { split(separator: " ").map(String.init) }
}

extension Unicode.Scalar {
  /// Whether a terminal may take the character for a command, or show the text around it in another order, or nothing at
  /// all: every control, every character that Unicode says may be ignored, and what stands for a byte of a name.
  package var isUnsafe: Bool {
    if value < 0x7F { return value < 0x20 }
    if value < 0xA0 { return true }
    if properties.isDefaultIgnorableCodePoint { return true }
    switch value {
    // Separators of lines, and marks of annotations, which Unicode does not count among those.
    case 0x2028, 0x2029, 0xFFF9...0xFFFB: return true
    default: return byteStoodFor != nil
    }
  }
}

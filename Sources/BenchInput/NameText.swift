package import BenchModel
private import Foundation

extension NameBytes {
  /// The text of a name that comes from outside, equal to another's only where the bytes are.
  ///
  /// Swift takes two spellings of one text for equal, such as an é of one character and one of two; so a name that is
  /// not in the composed form (NFC) is kept by its bytes.
  package static func distinct(_ bytes: some Collection<UInt8>) -> String {
    let text = text(bytes)
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    let isComposed = text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(text.utf8)
    return isComposed ? text : standingIn(for: Self.bytes(text))
  }
}

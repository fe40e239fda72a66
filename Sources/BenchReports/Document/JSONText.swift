import BenchModel
private import Foundation

/// Encodes the documents that programs read.
package enum JSONText {
  /// Writes a value as JSON, with keys in order and a line feed at the end.
  ///
  /// Characters that a terminal could take for a command are written as `\u` escapes, so that the
  /// document is safe to look at too.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isPretty: Whether each member has a line of its own.
  /// - Returns: The document.
  /// - Throws: `EncodingError`, if the value has a number that JSON has not.
  package static func encode(_ value: some Encodable, isPretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    var output = ""
    output.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars {
      if scalar == "\n" || !scalar.isUnsafe {
        output.unicodeScalars.append(scalar)
      } else {
        output += scalar.jsonEscape
      }
    }
    return output + "\n"
  }
}

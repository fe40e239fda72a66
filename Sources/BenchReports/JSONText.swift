private import Foundation

/// Encodes the documents that programs read.
package enum JSONText {
  /// Returns a value as JSON, with keys in order and a line feed at the end.
  ///
  /// Characters that a terminal could take for a command are written as `\u` escapes, so that the
  /// document is safe to look at too.
  ///
  /// - Throws: `EncodingError`, if the value has a number that JSON has not.
  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    var output = ""
    output.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars {
      if scalar == "\n" || !scalar.isUnsafe {
        output.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return output + "\n"
  }
}

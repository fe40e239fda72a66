/// A path as a relative reference of RFC 3986, which is all that GitHub accepts.
enum RelativeURI {
  /// Percent-encodes a path, without what would lead out of the folder that it is looked up in.
  static func of(_ path: String) -> String {
    var parts: [String] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
      } else {
        parts.append(encoded(SafeText.clipped(String(part), to: 255)))
      }
    }
    return parts.isEmpty ? "unknown" : parts.joined(separator: "/")
  }

  /// The name that a host has as an artifact: as long as its name lasts, the same.
  static func of(host: String) -> String {
    "hosts/" + encoded(SafeText.clipped(host, to: 255)) + ".log"
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

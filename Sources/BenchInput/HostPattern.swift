private import BenchModel

/// A pattern over paths that tells which host a log is from, such as `logs/{host}/*.log`.
///
/// `{host}` and `*` stand for anything but a slash, `**` for anything; the pattern fits the end of the
/// path, from the beginning of one of its parts on.
package struct HostPattern: Hashable, Sendable {
  /// The pattern as written.
  private let text: String
  private let pattern: TextPattern
  /// Which of the parts that take any bytes the host is.
  private let place: Int
  private static let slash = UInt8(ascii: "/")

  /// Reads a pattern; nil if it has no `{host}`, or more than one.
  package init?(_ text: String) {
    var parts: [TextPattern.Part] = []
    var literal: [UInt8] = []
    var places: [Int] = []
    var openCount = 0
    func add(_ part: TextPattern.Part) {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(part)
      openCount += 1
    }
    var rest = Array(text.utf8)[...]
    let host = Array("{host}".utf8)
    while let first = rest.first {
      if rest.starts(with: host) {
        places.append(openCount)
        add(.any(least: 1, excluded: Self.slash))
        rest = rest.dropFirst(host.count)
      } else if first == UInt8(ascii: "*") {
        let isDouble = rest.dropFirst().first == first
        add(.any(excluded: isDouble ? nil : Self.slash))
        rest = rest.dropFirst(isDouble ? 2 : 1)
      } else {
        literal.append(first)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    guard places.count == 1 else { return nil }
    self.text = text
    place = places[0]
    pattern = TextPattern(parts)
  }

  /// Returns the host in a path, or nil if the pattern does not fit.
  package func host(in path: String) -> String? {
    let bytes = Array(path.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == Self.slash {
      // An absolute pattern begins with the slash itself.
      starts += [index, index + 1]
    }
    guard let taken = pattern.match(bytes, from: starts) else { return nil }
    return String(decoding: bytes[taken[place]], as: UTF8.self)
  }

  package static func == (one: HostPattern, other: HostPattern) -> Bool { one.text == other.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

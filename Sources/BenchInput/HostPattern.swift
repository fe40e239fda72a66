/// A pattern over paths that tells which host a log is from, such as `logs/{host}/*.log`.
///
/// `{host}` and `*` stand for anything but a slash, `**` for anything; the pattern fits the end of the
/// path, from the beginning of one of its parts on.
package struct HostPattern: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case literal([UInt8])
    case host
    case star
    case doubleStar
  }

  private let parts: [Part]
  private static let slash = UInt8(ascii: "/")

  /// Reads a pattern; nil if it has no `{host}`, or more than one.
  package init?(_ text: String) {
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    let host = Array("{host}".utf8)
    while let first = rest.first {
      if rest.starts(with: host) {
        parts.append(.host)
        rest = rest.dropFirst(host.count)
      } else if first == UInt8(ascii: "*") {
        let isDouble = rest.dropFirst().first == first
        parts.append(isDouble ? .doubleStar : .star)
        rest = rest.dropFirst(isDouble ? 2 : 1)
      } else if case .literal(let literal) = parts.last {
        parts[parts.count - 1] = .literal(literal + [first])
        rest = rest.dropFirst()
      } else {
        parts.append(.literal([first]))
        rest = rest.dropFirst()
      }
    }
    guard parts.count(where: { $0 == .host }) == 1 else { return nil }
    self.parts = parts
  }

  /// Returns the host in a path, or nil if the pattern does not fit.
  package func host(in path: String) -> String? {
    let bytes = Array(path.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == Self.slash {
      // An absolute pattern begins with the slash itself.
      starts += [index, index + 1]
    }
    for start in starts {
      var host: [UInt8] = []
      if match(parts[...], bytes[start...], &host), !host.isEmpty {
        return String(decoding: host, as: UTF8.self)
      }
    }
    return nil
  }

  private func match(
    _ parts: ArraySlice<Part>, _ text: ArraySlice<UInt8>, _ host: inout [UInt8]
  ) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .literal(let literal):
      return text.starts(with: literal) && match(rest, text.dropFirst(literal.count), &host)
    case .host, .star, .doubleStar:
      var count = part == .host ? 1 : 0
      while count <= text.count {
        let taken = text.prefix(count)
        if part != .doubleStar, taken.contains(Self.slash) { return false }
        if match(rest, text.dropFirst(count), &host) {
          if part == .host { host = Array(taken) }
          return true
        }
        count += 1
      }
      return false
    }
  }
}

/// Versions of a tool that a run can be from, as positions on the time axis of `versions.tsv`.
package struct VersionSet: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The greatest number of versions that a set can hold.
  static let capacity = 256

  /// Creates an empty set.
  init() {}

  /// Creates a set of the versions from one to another, both included.
  init(_ range: ClosedRange<Int>) {
    for position in range { insert(position) }
  }

  /// Adds a version; a position out of bounds is ignored.
  mutating func insert(_ position: Int) {
    let bit = UInt64(1) << UInt64(position & 63)
    switch position >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    case 3: words.3 |= bit
    default: break
    }
  }

  /// Whether a version is in the set.
  func contains(_ position: Int) -> Bool {
    let word =
      switch position >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      case 3: words.3
      default: UInt64(0)
      }
    return word >> UInt64(position & 63) & 1 == 1
  }

  /// Whether there is no version in the set.
  var isEmpty: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

  /// Keeps the versions that are in another set too, unless none is: a tool that was patched by hand
  /// prints what no version does, and evidence that contradicts all other is no evidence.
  ///
  /// - Returns: Whether there is such a version.
  @discardableResult
  mutating func narrow(to other: VersionSet) -> Bool {
    var narrowed = self
    narrowed.words.0 &= other.words.0
    narrowed.words.1 &= other.words.1
    narrowed.words.2 &= other.words.2
    narrowed.words.3 &= other.words.3
    guard !narrowed.isEmpty else { return false }
    self = narrowed
    return true
  }

  /// Whether the set has a version that another set has too.
  func meets(_ other: VersionSet) -> Bool {
    var copy = self
    return copy.narrow(to: other)
  }

  /// Whether every version of the set is in another one.
  func isSubset(of other: VersionSet) -> Bool {
    words.0 & ~other.words.0 | words.1 & ~other.words.1 | words.2 & ~other.words.2
      | words.3 & ~other.words.3 == 0
  }

  /// The versions of the set that are not in another one.
  func subtracting(_ other: VersionSet) -> VersionSet {
    var rest = self
    rest.words.0 &= ~other.words.0
    rest.words.1 &= ~other.words.1
    rest.words.2 &= ~other.words.2
    rest.words.3 &= ~other.words.3
    return rest
  }

  /// Adds the versions of another set.
  mutating func formUnion(_ other: VersionSet) {
    words.0 |= other.words.0
    words.1 |= other.words.1
    words.2 |= other.words.2
    words.3 |= other.words.3
  }

  /// The earliest version.
  var first: Int? { (0..<Self.capacity).first(where: contains) }

  /// The latest version.
  var last: Int? { (0..<Self.capacity).last(where: contains) }

  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.words == rhs.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

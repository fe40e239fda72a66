/// The order in which the ids of results stand: tools print them rising.
package struct IDOrder: Sendable {
  /// How many ids were added.
  package private(set) var count = 0
  private var rising = 0
  private var falling = 0
  private var before: [Int] = []

  /// Creates an order of no ids.
  package init() {}

  /// Whether nearly all ids come before the one that stands before them.
  package var isReversed: Bool { falling > 4 && falling > rising * 8 }

  /// Adds the next id.
  ///
  /// - Parameter id: The numbers of the id; one of another depth is a heading's, and says nothing.
  package mutating func add(_ id: [Int]) {
    count += 1
    if !before.isEmpty, id.count == before.count {
      if before.lexicographicallyPrecedes(id) { rising += 1 }
      if id.lexicographicallyPrecedes(before) { falling += 1 }
    }
    before = id
  }

  /// The numbers of an id such as `4.1.12` or `V-242381`; a part without digits is 0.
  package static func parts(_ id: UnsafeBufferPointer<UInt8>) -> [Int] {
    id.split(separator: 0x2E).map { part in
      part.lazy.map { Int($0) - 0x30 }.filter { 0..<10 ~= $0 }.prefix(9).reduce(0) { $0 * 10 + $1 }
    }
  }
}

/// A set of threats by their numbers.
struct SelectionMask: Hashable {
  /// How many threats there may be.
  static let width = 128
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ bits: [Int] = []) {
    for bit in bits where (0..<Self.width).contains(bit) {
      if bit < 64 {
        low |= UInt64(1) << UInt64(bit)
      } else {
        high |= UInt64(1) << UInt64(bit - 64)
      }
    }
  }

  var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

  mutating func formUnion(_ other: SelectionMask) {
    low |= other.low
    high |= other.high
  }
}

/// Tries all sets of candidates.
struct SelectionSets {
  /// What candidates are alike by, but for their scores.
  struct Kind: Hashable {
    var mask: SelectionMask
    var tier: Int
    var surface: Int
    var isOutside: Bool
  }

  /// A candidate that may be in the best set.
  struct Member {
    /// Its place among the candidates.
    var place: Int
    var kind: Kind
    var score: Double
  }

  /// What a set comes to.
  private struct Sum {
    var critical = SelectionMask()
    var high = SelectionMask()
    var medium = SelectionMask()
    var all = SelectionMask()
    var score = 0.0
    var outside = 0

    mutating func add(_ member: Member) {
      let kind = member.kind
      all.formUnion(kind.mask)
      if kind.tier >= 1 { medium.formUnion(kind.mask) }
      if kind.tier >= 2 { high.formUnion(kind.mask) }
      if kind.tier >= 3 { critical.formUnion(kind.mask) }
      score += member.score
      if kind.isOutside { outside += 1 }
    }

    /// What sets are compared by.
    var rank: (Int, Int, Int, Int, Double) {
      (critical.count, high.count, medium.count, all.count, score)
    }
  }

  private let pool: [Member]
  private let size: Int
  private let room: Int
  private let outsideNeeded: Int
  /// How many of each surface are in the set that is tried.
  private var bySurface: [Int]
  /// The places in the pool of the set that is tried.
  private var tried: [Int] = []
  private var found: (rank: (Int, Int, Int, Int, Double), places: [Int])?

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - pool: The candidates, the most urgent first.
  ///   - size: How many are in a set.
  ///   - room: The most of one surface.
  ///   - surfaces: How many surfaces there are.
  ///   - outsideNeeded: How many of a set must be outside.
  init(_ pool: [Member], size: Int, room: Int, surfaces: Int, outsideNeeded: Int) {
    self.pool = pool
    self.size = size
    self.room = room
    self.outsideNeeded = outsideNeeded
    bySurface = Array(repeating: 0, count: surfaces)
  }

  /// The places of the best set among the candidates; nil where no set is allowed.
  mutating func best() -> [Int]? {
    extend(from: 0, Sum())
    return found?.places
  }

  private mutating func extend(from start: Int, _ sum: Sum) {
    let missing = size - tried.count
    guard sum.outside + missing >= outsideNeeded else { return }
    guard missing > 0 else {
      let rank = sum.rank
      // The first of equals stays, which has the more urgent ones.
      if found.map({ $0.rank < rank }) ?? true {
        found = (rank, tried.map { pool[$0].place })
      }
      return
    }
    var index = start
    while index + missing <= pool.count {
      let member = pool[index]
      if bySurface[member.kind.surface] < room {
        var next = sum
        next.add(member)
        bySurface[member.kind.surface] += 1
        tried.append(index)
        extend(from: index + 1, next)
        tried.removeLast()
        bySurface[member.kind.surface] -= 1
      }
      index += 1
    }
  }
}

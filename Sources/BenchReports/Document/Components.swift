package import BenchAnalysis
package import BenchModel

/// The larger parts of a report: each has a template for HTML, and is made of plain blocks elsewhere.
extension Document {
  /// The answer in words.
  package struct Verdict: Sendable {
    /// How it reads at a glance.
    package enum State: String, Sendable {
      case failed
      case passed
      case unknown
      /// No policy asks for anything, and something is open.
      case open
      /// No policy asks for anything, and nothing is open.
      case clean
    }

    package var state: State
    package var title: Line
    package var paragraphs: [Line]
    package var reasons: [Line]
  }

  /// A number that stands for many, with what it was.
  package struct Tile: Sendable {
    /// How a number moved.
    package struct Delta: Hashable, Sendable {
      package var text: String
      package var isUp: Bool?
      /// Whether that is good; nil where nothing moved.
      package var isGood: Bool?
    }

    package var title: String
    package var value: Line
    package var delta: Delta?
    package var detail: Line
    /// What a bar is divided by; empty for none.
    package var parts: [(severity: Severity, count: Int)] = []
    /// How far a bar is filled, in percent; nil for none.
    package var share: Double?
  }

  /// A failure that began, with where.
  package struct Worsening: Sendable {
    package var severity: Severity?
    package var title: Line
    package var code: Line
    package var hosts: [String]
    package var items: [String]
    /// How many hosts and items are not named.
    package var more: String
    package var since: Line
  }

  /// Threats of one category.
  package struct ThreatGroup: Sendable {
    /// A threat with its state.
    package struct Card: Sendable {
      package var state: ThreatState
      package var title: Line
      package var evidence: Line
      package var countermeasure: Line
    }

    package var title: String
    package var counts: Line
    package var cards: [Card]
    /// Those that need no attention.
    package var folded: [Card]
    /// How many those are, by their states.
    package var foldedCounts: Line
  }

  /// A table of numbers whose colour follows how great they are.
  package struct HeatMap: Sendable {
    package var caption: String
    package var rowTitle: String
    /// The title in full, on a page, and where every column counts.
    package var columns: [(title: String, short: String, narrow: String)]
    package var rows: [(title: String, cells: [Int], total: Int)]

    /// From 0 for nothing to 4 for the greatest of the map.
    package func level(_ value: Int) -> Int {
      // By powers of two: one great number must not make all others look like nothing.
      func power(_ value: Int) -> Int { Int.bitWidth - 1 - value.leadingZeroBitCount }
      guard value > 0, let most = rows.flatMap(\.cells).max(), most > 1 else {
        return value > 0 ? 1 : 0
      }
      return 1 + 3 * power(value) / max(power(most), 1)
    }
  }

  /// Something to do.
  package struct Step: Sendable {
    package var title: Line
    package var closes: Line
    package var note: Line
    /// What to know before the text is applied.
    package var advice: Line = []
    package var code: Code?
  }

  /// A finding that opens in place.
  package struct Card: Sendable {
    /// Something that is said of it.
    package struct Fact: Sendable {
      package var term: String
      package var line: Line
      package var code: Code?
      /// Whether it is left out where every line counts.
      package var isDetail: Bool

      /// Creates a fact.
      package init(_ term: String, _ line: Line, code: Code? = nil, isDetail: Bool = false) {
        self.term = term
        self.line = line
        self.code = code
        self.isDetail = isDetail
      }
    }

    /// What it is found by.
    package struct Tags: Sendable {
      package var isAccepted: Bool
      package var isWorse: Bool
      package var stride: [Stride]
      /// The attack surface; empty where none is known.
      package var surface: String
      /// The hosts that are named in it.
      package var hosts: [String]
    }

    package var severity: Severity?
    package var title: Line
    package var code: Line
    package var place: Line
    package var age: Line
    package var tags: Tags
    package var facts: [Fact]
  }
}

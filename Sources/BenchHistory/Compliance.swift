package import BenchModel

/// The share of passes among what was judged, pass / (pass + fail), by the words of the tool: neither waivers nor
/// attestations change it.
///
/// The one count and the one rounding: a share is rounded down, so that no number reaches a threshold that the host
/// misses.
package struct Compliance: Hashable, Sendable {
  package var pass: Int
  package var fail: Int

  /// Creates a share.
  package init(pass: Int = 0, fail: Int = 0) {
    self.pass = pass
    self.fail = fail
  }

  /// Counts outcomes.
  package init(of outcomes: some Sequence<Outcome>) {
    self.init()
    for outcome in outcomes { add(outcome) }
  }

  /// Counts an outcome.
  package mutating func add(_ outcome: Outcome) {
    if outcome == .pass { pass += 1 }
    if outcome == .fail { fail += 1 }
  }

  /// Adds what another one counted.
  package mutating func add(_ other: Compliance) {
    pass += other.pass
    fail += other.fail
  }

  /// The share in ten-thousandths, rounded down; nil where nothing was judged.
  package var tenThousandths: Int? {
    pass + fail > 0 ? pass * 10_000 / (pass + fail) : nil
  }

  /// The share in percent to two digits, rounded down; nil where nothing was judged.
  package var percent: Double? { tenThousandths.map { Double($0) / 100 } }

  /// The share in percent to one digit, rounded down; nil where nothing was judged.
  package var tenths: Double? { tenThousandths.map { Double($0 / 10) / 10 } }

  /// The share in percent to one digit for people, rounded down, such as `66.6`; nil where nothing was judged.
  package var text: String? {
    tenThousandths.map { share in
      let tenths = share / 10
      return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
  }

  /// The share from 0 to 1 with four digits, such as `0.6666`; nil where nothing was judged.
  package var ratio: String? {
    tenThousandths.map { share in
      let digits = String(share % 10_000)
      return "\(share / 10_000)." + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
  }
}

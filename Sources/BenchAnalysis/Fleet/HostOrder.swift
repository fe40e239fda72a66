import BenchHistory
import BenchModel

/// In what order hosts are listed, where it is not the worst first.
package enum HostOrder: String, Sendable, CaseIterable {
  /// By name, as people number things.
  case name
  /// The most open failures first.
  case open
  /// The most that got worse first.
  case worse
  /// The most that was fixed first.
  case fixed
  /// The one without a run for the longest time first.
  case last
  /// The smallest share of passes first; a host of which nothing was judged counts as none.
  case compliance

  /// Whether a host stands before another; nil where this order does not tell.
  fileprivate func precedes(_ one: HostOverview, _ other: HostOverview) -> Bool? {
    switch self {
    case .name: NaturalOrder.precedes(one.name, other.name)
    case .open: Self.isFirst(one.open.total, other.open.total)
    case .worse: Self.isFirst(one.worse, other.worse)
    case .fixed: Self.isFirst(one.fixed, other.fixed)
    case .last: Self.isFirst(other.lastRun, one.lastRun)
    case .compliance: Self.isFirst(Self.share(other), Self.share(one))
    }
  }

  /// Whether the first of two numbers is greater; nil where they are equal.
  private static func isFirst<Number: Comparable>(_ one: Number, _ other: Number) -> Bool? {
    one == other ? nil : one > other
  }

  private static func share(_ host: HostOverview) -> Int { host.compliance.tenThousandths ?? -1 }
}

extension HostOverview {
  /// Whether the host stands before another: by an order, then the worse one, then by name.
  func precedes(_ other: HostOverview, by order: HostOrder?) -> Bool {
    if let isFirst = order?.precedes(self, other) { return isFirst }
    if open != other.open { return open > other.open }
    if worse != other.worse { return worse > other.worse }
    return NaturalOrder.precedes(name, other.name)
  }
}

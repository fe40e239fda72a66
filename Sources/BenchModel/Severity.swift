/// How much an open failure of a control matters.
package enum Severity: UInt8, Hashable, Sendable, CaseIterable, Comparable {
  case low = 0
  case medium = 1
  case high = 2
  case critical = 3

  /// The name used in every format.
  package var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  /// Creates a severity from its name.
  package init?(name: some StringProtocol) {
    guard let severity = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = severity
  }

  /// All of them, the worst first.
  package static var descending: [Severity] { allCases.reversed() }

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

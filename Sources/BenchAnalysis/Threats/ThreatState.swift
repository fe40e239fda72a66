/// What the evidence says of a threat.
///
/// In the order in which one host's state counts for all: what is open before what is not known, and that before what is
/// answered.
package enum ThreatState: UInt8, Hashable, Sendable, CaseIterable {
  /// A deciding control fails, and nobody has accepted that.
  case exposed = 0
  /// A deciding control fails and another one stands in for it, or all of them hold and a supporting one fails.
  case partlyMitigated = 1
  /// Deciding controls fail, and all of that is accepted.
  case accepted = 2
  /// A deciding control was not judged, or one fails where nobody knows whether the threat's condition holds.
  case unproven = 3
  /// Every deciding control was judged and holds.
  case mitigated = 4
  /// The threat's condition does not hold, or there is nothing that its deciding controls could be about.
  case doesNotApply = 5

  /// The name used in every format for programs.
  package var name: String {
    switch self {
    case .exposed: "exposed"
    case .partlyMitigated: "partlyMitigated"
    case .accepted: "accepted"
    case .unproven: "unproven"
    case .mitigated: "mitigated"
    case .doesNotApply: "doesNotApply"
    }
  }

  /// The words used for people.
  package var words: String {
    switch self {
    case .partlyMitigated: "partly mitigated"
    case .doesNotApply: "does not apply"
    case .exposed, .accepted, .unproven, .mitigated: name
    }
  }

  /// Whether something is left to do: neither answered nor impossible.
  package var isUnsettled: Bool { self != .mitigated && self != .doesNotApply }
}

/// What is known of a threat's condition on a host.
enum ConditionState: UInt8, Sendable {
  /// It holds, or the threat has none.
  case holds = 0
  /// No tool that could tell has said.
  case unknown = 1
  /// It does not hold.
  case refuted = 2
}

extension ThreatState {
  /// Judges a threat on a host.
  ///
  /// - Parameters:
  ///   - roles: What each control has to do with the threat.
  ///   - marks: What was found of each control.
  ///   - condition: What is known of the threat's condition.
  init(
    _ roles: [Threat.Role], _ marks: some Sequence<ThreatAssessment.Mark>,
    _ condition: ConditionState
  ) {
    var (isOpen, isAccepted, isUnjudged, isHolding) = (false, false, false, false)
    var (isBeside, isStoodIn, isWeakened) = (false, false, false)
    for (role, mark) in zip(roles, marks) {
      switch role {
      case .deciding, .decidingWhereChecked:
        if mark.contains(.open) {
          isOpen = true
        } else if mark.contains(.accepted) {
          isAccepted = true
        } else if mark.contains(.passing) {
          isHolding = true
        } else if mark.isNotApplicable {
          isBeside = true
        } else if mark.isMissing(role) {
          isUnjudged = true
        }
      case .supporting: if mark.contains(.open) { isWeakened = true }
      case .mitigating: if mark.holds { isStoodIn = true }
      }
    }
    self =
      switch condition {
      case .refuted: .doesNotApply
      case .unknown where isOpen: .unproven
      case .unknown, .holds:
        if isOpen {
          isStoodIn ? .partlyMitigated : .exposed
        } else if isAccepted {
          .accepted
        } else if isUnjudged {
          .unproven
        } else if isHolding {
          isWeakened ? .partlyMitigated : .mitigated
        } else {
          // Nothing was judged and nothing is missing; without a word on any of it nothing is known.
          isBeside ? .doesNotApply : .unproven
        }
      }
  }
}

package import BenchModel

/// The waivers and attestations of a policy that end soon or have ended: what is to be renewed or let go.
package struct PolicyDue: Sendable {
  /// A waiver or an attestation with its end.
  package struct Entry: Hashable, Sendable {
    /// What it is.
    package enum Kind: Hashable, Sendable {
      case waiver
      /// With the decision.
      case attestation(Outcome)
    }

    package var kind: Kind
    package var coverage: Coverage
    /// The items of a waiver; all if empty.
    package var items: [Glob]
    /// The owner of a waiver, or who decided.
    package var by: String
    package var ticket: String?
    package var reason: String
    /// The first second at which it holds; nil where nobody says.
    package var accepted: Int64?
    /// The first second at which it holds no more.
    package var end: Int64
    /// How many days there are from today to its last day: 0 on that day, less than 0 when it has ended.
    package var days: Int
    /// The 1-based line of the policy's file.
    package var line: Int

    /// Whether it holds no more.
    package var hasEnded: Bool { days < 0 }
  }

  /// The soonest first, and of one day in the order of the file.
  package let entries: [Entry]
  /// How many days ahead was looked.
  package let days: Int

  private static let day: Int64 = 86_400
  /// More days than any date has.
  private static let dayLimit = 4_000_000

  /// Looks for what ends.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - time: Seconds since 1970, in UTC.
  ///   - days: How many days ahead an end is told.
  package init(_ policy: Policy, at time: Int64, days: Int) {
    self.days = days
    let soon = time + Int64(min(max(days, 0), Self.dayLimit)) * Self.day
    let today = CivilTime.days(time)
    let left = { (end: Int64) in Int(CivilTime.days(end - 1) - today) }
    let waivers = policy.waivers.compactMap { waiver -> Entry? in
      guard let end = waiver.end, end <= soon else { return nil }
      return Entry(
        kind: .waiver, coverage: waiver.coverage, items: waiver.items, by: waiver.owner,
        ticket: waiver.ticket, reason: waiver.reason, accepted: waiver.accepted, end: end,
        days: left(end), line: waiver.line)
    }
    let attestations = policy.attestations.compactMap { attestation -> Entry? in
      guard let end = attestation.end, end <= soon else { return nil }
      return Entry(
        kind: .attestation(attestation.decision), coverage: attestation.coverage, items: [],
        by: attestation.by, ticket: nil, reason: attestation.reason,
        accepted: attestation.accepted, end: end, days: left(end), line: attestation.line)
    }
    entries = (waivers + attestations).enumerated().sorted { one, other in
      (one.element.end, one.element.line, one.offset)
        < (other.element.end, other.element.line, other.offset)
    }.map(\.element)
  }

  /// How many of them hold no more.
  package var ended: Int { entries.count(where: \.hasEnded) }
}

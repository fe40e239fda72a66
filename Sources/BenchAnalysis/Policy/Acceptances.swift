import BenchModel

/// How many failures are accepted, and which acceptance ends next.
package struct Acceptances: Hashable, Sendable {
  /// How many failures are accepted.
  package private(set) var count = 0
  /// The first second, since 1970 in UTC, at which the first of them is open again; nil if all are accepted for ever.
  package private(set) var nextEnd: Int64?
  /// How many of them are open again then.
  package private(set) var endingNext = 0

  /// Creates a count of nothing.
  package init() {}

  /// Counts an accepted failure.
  ///
  /// - Parameter end: The first second at which it is open again; nil if it is accepted for ever.
  package mutating func add(until end: Int64?) {
    count += 1
    guard let end else { return }
    if let nextEnd, nextEnd < end { return }
    endingNext = nextEnd == end ? endingNext + 1 : 1
    nextEnd = end
  }
}

extension JudgedHost.Verdict {
  /// Whether it is a failure that somebody has accepted.
  package var isAccepted: Bool { outcome == .fail && isWaived }
}

extension JudgedHost {
  /// The accepted failures of the host.
  package func acceptances(_ judgement: Judgement) -> Acceptances {
    var accepted = Acceptances()
    for verdict in verdicts where verdict.isAccepted {
      accepted.add(until: acceptanceEnd(of: verdict, judgement))
    }
    return accepted
  }

  /// The first second at which an accepted failure is open again; nil if it is accepted for ever.
  func acceptanceEnd(of verdict: Verdict, _ judgement: Judgement) -> Int64? {
    let waivers = self[verdict].judged.waivers.filter(judgement.policy.waivers.indices.contains)
      .map { judgement.policy.waivers[$0] }
    let whole = waivers.filter(\.items.isEmpty)
    if whole.count == waivers.count { return Self.last(whole) }
    // Waivers of items hold together: the failure is open again when one that it needs has ended.
    let finding = self[verdict].finding
    let ends = Set(waivers.compactMap(\.end)).sorted()
    return ends.first { end in
      !Judgement(judgement.policy, at: end).judge(finding, host: name).isWaived
    }
  }

  /// The end of the last of some waivers that each accept the whole; nil if one never ends.
  private static func last(_ waivers: [Waiver]) -> Int64? {
    let ends = waivers.compactMap(\.end)
    return ends.count == waivers.count ? ends.max() : nil
  }
}

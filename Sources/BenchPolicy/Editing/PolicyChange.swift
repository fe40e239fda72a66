package import BenchAnalysis
package import BenchCatalog
import BenchModel

/// A waiver or an attestation that is to go into a policy's text.
///
/// Nothing is believed of the new text: it is read as any policy is, and must have the entry beside all that was there.
package enum PolicyChange: Hashable, Sendable {
  /// The text with the entry.
  case added(PolicyEdit)
  /// The entry is there already, at a line.
  case unchanged(line: Int)

  /// Adds a waiver to a policy.
  ///
  /// - Parameters:
  ///   - waiver: The waiver; its line does not count.
  ///   - bytes: The bytes of the policy's file.
  ///   - catalog: What the names of controls and fixes are known by.
  ///   - isDayGiven: Whether the day of acceptance was asked for, so that a waiver of another day is another one.
  /// - Returns: What is to be written, if anything.
  /// - Throws: ``PolicyEditError``
  package static func adding(
    _ waiver: Waiver, to bytes: [UInt8], _ catalog: Catalog, isDayGiven: Bool = true
  ) throws(PolicyEditError) -> PolicyChange {
    let (text, policy) = try read(bytes, catalog)
    let entry = PolicyEntry(waiver)
    try entry.check()
    var known: Known?
    for other in policy.waivers
    where other.coverage.isSame(waiver.coverage) && Set(other.items) == Set(waiver.items) {
      let differences = [
        other.accepted != waiver.accepted && isDayGiven ? "accepted" : nil,
        other.end != waiver.end ? "expires" : nil,
        other.reason != waiver.reason ? "reason" : nil,
        other.owner != waiver.owner ? "owner" : nil,
        other.ticket != waiver.ticket ? "ticket" : nil,
      ]
      let times = Times(accepted: other.accepted, end: other.end)
      known = Known(known, line: other.line, differences, times, waiver.accepted, waiver.end)
    }
    if let known { return try known.result() }
    let expected = policy.waivers.map(\.withoutLine) + [waiver.withoutLine]
    return try added(entry, to: text, catalog) { new in
      guard new.waivers.map(\.withoutLine) == expected,
        new.attestations.map(\.withoutLine) == policy.attestations.map(\.withoutLine)
      else { return false }
      return new.hasSameRest(as: policy)
    }
  }

  /// Adds an attestation to a policy.
  ///
  /// - Parameters:
  ///   - attestation: The attestation; its line does not count.
  ///   - bytes: The bytes of the policy's file.
  ///   - catalog: What the names of controls and fixes are known by.
  ///   - isDayGiven: Whether the day of the decision was asked for, so that an attestation of another day is another one.
  /// - Returns: What is to be written, if anything.
  /// - Throws: ``PolicyEditError``
  package static func adding(
    _ attestation: Attestation, to bytes: [UInt8], _ catalog: Catalog, isDayGiven: Bool = true
  ) throws(PolicyEditError) -> PolicyChange {
    let (text, policy) = try read(bytes, catalog)
    let entry = PolicyEntry(attestation)
    try entry.check()
    var known: Known?
    for other in policy.attestations where other.coverage.isSame(attestation.coverage) {
      let differences = [
        other.accepted != attestation.accepted && isDayGiven ? "accepted" : nil,
        other.end != attestation.end ? "until" : nil,
        other.decision != attestation.decision ? "decision" : nil,
        other.reason != attestation.reason ? "reason" : nil,
        other.by != attestation.by ? "by" : nil,
      ]
      let times = Times(accepted: other.accepted, end: other.end)
      known = Known(
        known, line: other.line, differences, times, attestation.accepted, attestation.end)
    }
    if let known { return try known.result() }
    let expected = policy.attestations.map(\.withoutLine) + [attestation.withoutLine]
    return try added(entry, to: text, catalog) { new in
      guard new.attestations.map(\.withoutLine) == expected,
        new.waivers.map(\.withoutLine) == policy.waivers.map(\.withoutLine)
      else { return false }
      return new.hasSameRest(as: policy)
    }
  }

  private static func read(
    _ bytes: [UInt8], _ catalog: Catalog
  ) throws(PolicyEditError) -> (text: String, policy: Policy) {
    let file = PolicyFile(bytes, catalog)
    guard file.errors.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid(file.errors)
    }
    return (text, file.policy)
  }

  /// The first text that means what it should.
  private static func added(
    _ entry: PolicyEntry, to text: String, _ catalog: Catalog, isMeant: (Policy) -> Bool
  ) throws(PolicyEditError) -> PolicyChange {
    for edit in try PolicyInsertion(entry, in: text).edits() {
      let file = PolicyFile(edit.text, catalog)
      if file.errors.isEmpty, isMeant(file.policy) { return .added(edit) }
    }
    throw .notRead(entry: entry.json)
  }
}

/// From when until when an entry holds.
private struct Times {
  var accepted: Int64?
  var end: Int64?

  /// Whether there is a time at which this and another entry hold both.
  func overlap(_ other: Times) -> Bool {
    let first = max(accepted ?? .min, other.accepted ?? .min)
    return first < min(end ?? .max, other.end ?? .max)
  }
}

/// An entry of the file that is about the same as the one that is to be added.
private struct Known {
  var line: Int
  /// The keys whose values differ.
  var keys: [String]

  /// Takes an equal entry before one that differs, and else the first.
  init?(
    _ before: Known?, line: Int, _ keys: [String?], _ own: Times, _ accepted: Int64?, _ end: Int64?
  ) {
    let keys = keys.compactMap(\.self)
    let new = Times(accepted: accepted, end: end)
    if let before, before.keys.isEmpty || !keys.isEmpty {
      self = before
    } else if keys.isEmpty || own.overlap(new) {
      self.line = line
      self.keys = keys
    } else {
      // What has ended by then is history, and stays.
      return nil
    }
  }

  func result() throws(PolicyEditError) -> PolicyChange {
    guard keys.isEmpty else { throw .differs(line: line, keys: keys) }
    return .unchanged(line: line)
  }
}

extension Coverage {
  /// Whether it is about the same as another one, in whatever order hosts are named.
  fileprivate func isSame(_ other: Coverage) -> Bool {
    subject == other.subject && Set(hosts) == Set(other.hosts)
  }
}

extension Waiver {
  /// The waiver wherever it stands in the file.
  fileprivate var withoutLine: Waiver {
    var copy = self
    copy.line = 0
    return copy
  }
}

extension Attestation {
  /// The attestation wherever it stands in the file.
  fileprivate var withoutLine: Attestation {
    var copy = self
    copy.line = 0
    return copy
  }
}

extension Policy {
  /// Whether all is equal but waivers and attestations.
  fileprivate func hasSameRest(as other: Policy) -> Bool {
    severities == other.severities && stride == other.stride && thresholds == other.thresholds
      && hostFrom == other.hostFrom && renames == other.renames && threats == other.threats
      && replacesThreats == other.replacesThreats && hiddenThreats == other.hiddenThreats
      && fixValues == other.fixValues
  }
}

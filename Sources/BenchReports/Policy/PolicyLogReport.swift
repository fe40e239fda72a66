package import BenchAnalysis
package import BenchHistory
import BenchModel

/// A content of a policy's file that commands judged by, with what is in it.
package struct LoggedPolicy: Sendable {
  package var use: PolicyUse
  package var waivers: Int
  package var attestations: Int
  /// The path as it is shown.
  package var shownPath: String

  /// Counts what is in a policy.
  package init(_ use: PolicyUse, _ policy: Policy, shownPath: String) {
    self.use = use
    waivers = policy.waivers.count
    attestations = policy.attestations.count
    self.shownPath = shownPath
  }
}

/// Lists the policies that commands judged by, the newest first.
package enum PolicyLogReport {
  /// Makes the list.
  package static func document(_ policies: [LoggedPolicy]) -> Document {
    var document = Document()
    guard !policies.isEmpty else {
      document.paragraph(
        .init("No policy is remembered: a command that judges by one remembers it."))
      return document
    }
    document.table(
      [
        Document.Column("in use since"), Document.Column("last used (UTC)"),
        Document.Column("policy", isFlexible: true), Document.Column("commit"),
        Document.Column("content"), Document.Column("waivers", isRightAligned: true),
        Document.Column("attested", isRightAligned: true),
      ],
      policies.reversed().map { policy in
        [
          [.init(CivilTime.short(policy.use.firstSeen))],
          [.init(CivilTime.short(policy.use.lastSeen))],
          [.init(Untrusted(policy.shownPath))],
          [.init(policy.use.revision.map { String($0.prefix(10)) } ?? "", .faint)],
          [.init(String(policy.use.digest.hexadecimal.prefix(8)), .faint)],
          [.init("\(policy.waivers)")], [.init("\(policy.attestations)")],
        ]
      })
    return document
  }
}

/// The policies that commands judged by, for programs; the newest first.
package struct PolicyLogJSON: Encodable {
  private struct PolicyJSON: Encodable {
    let path: String
    let digest: String
    let revision: String?
    let firstSeen: String
    let lastSeen: String
    let waivers: Int
    let attestations: Int
  }

  private let schema = "benchtrail.policy-log.v1"
  private let policies: [PolicyJSON]

  /// Makes the list.
  package init(_ policies: [LoggedPolicy]) {
    self.policies = policies.reversed().map {
      PolicyJSON(
        path: $0.use.path, digest: $0.use.digest.hexadecimal, revision: $0.use.revision,
        firstSeen: CivilTime.rfc3339($0.use.firstSeen),
        lastSeen: CivilTime.rfc3339($0.use.lastSeen), waivers: $0.waivers,
        attestations: $0.attestations)
    }
  }
}

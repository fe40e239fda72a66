package import BenchAnalysis
import BenchModel

/// The report on what is to be tidied up in a policy.
package enum PolicyAuditReport {
  /// Describes an audit for people.
  package static func document(
    _ audit: PolicyAudit, _ policy: Policy, path: String, days: Int
  ) -> Document {
    var document = Document()
    document.heading(.init("Audit of "), .init(Untrusted(path), .notable))
    guard !audit.remarks.isEmpty else {
      document.paragraph(
        .init("Nothing to tidy up", .good), .init(", and nothing expires within \(days) days."))
      return document
    }
    document.table(
      [
        Document.Column("line", isRightAligned: true), Document.Column("entry", isFlexible: true),
        Document.Column("problem", isFlexible: true), Document.Column("owner", isFlexible: true),
      ],
      audit.remarks.map { remark in
        [
          [.init(remark.line > 0 ? "\(remark.line)" : "")],
          [.init(Untrusted(entry(remark.entry, policy)))], [words(remark.problem)],
          [.init(Untrusted(owner(remark.entry, policy) + since(remark.entry, policy)), .faint)],
        ]
      })
    return document
  }

  /// What an entry is about.
  static func entry(_ entry: PolicyAudit.Entry, _ policy: Policy) -> String {
    switch entry {
    case .waiver(let number):
      policy.waivers.indices.contains(number)
        ? "waiver of " + subject(policy.waivers[number].coverage) : "waiver"
    case .attestation(let number):
      policy.attestations.indices.contains(number)
        ? "attestation of " + subject(policy.attestations[number].coverage) : "attestation"
    case .severity(let control): "severity of \(control)"
    case .stride(let control): "STRIDE of \(control)"
    }
  }

  private static func subject(_ coverage: Coverage) -> String {
    let subject =
      switch coverage.subject {
      case .control(let control): control
      case .stride(let category): "STRIDE \(category.name)"
      case .severity(let severity): "severity \(severity.name)"
      }
    let hosts = coverage.hosts.map(\.pattern).joined(separator: ", ")
    return hosts.isEmpty ? subject : "\(subject) on \(hosts)"
  }

  static func owner(_ entry: PolicyAudit.Entry, _ policy: Policy) -> String {
    switch entry {
    case .waiver(let number) where policy.waivers.indices.contains(number):
      policy.waivers[number].owner
    case .attestation(let number) where policy.attestations.indices.contains(number):
      policy.attestations[number].by
    default: ""
    }
  }

  /// The day on which an entry was accepted; nil where nobody says.
  static func accepted(_ entry: PolicyAudit.Entry, _ policy: Policy) -> String? {
    let time: Int64? =
      switch entry {
      case .waiver(let number) where policy.waivers.indices.contains(number):
        policy.waivers[number].accepted
      case .attestation(let number) where policy.attestations.indices.contains(number):
        policy.attestations[number].accepted
      default: nil
      }
    return time.map { CivilTime.date($0) }
  }

  private static func since(_ entry: PolicyAudit.Entry, _ policy: Policy) -> String {
    accepted(entry, policy).map { ", " + $0 } ?? ""
  }

  /// Why an entry is there; nil where nobody says.
  static func reason(_ entry: PolicyAudit.Entry, _ policy: Policy) -> String? {
    switch entry {
    case .waiver(let number) where policy.waivers.indices.contains(number):
      policy.waivers[number].reason
    case .attestation(let number) where policy.attestations.indices.contains(number):
      policy.attestations[number].reason
    default: nil
    }
  }

  static func words(_ problem: PolicyAudit.Problem) -> Document.Span {
    switch problem {
    case .unknownControl(let control): .init(Untrusted("no control is called \(control)"), .bad)
    // The last day on which it holds is the one before.
    case .expired(let end): .init("expired after \(CivilTime.date(end - 1))", .bad)
    case .expiring(let end): .init("expires after \(CivilTime.date(end - 1))", .notable)
    case .unused: .init("unused: nothing that it covers is open", .notable)
    case .overlapping(let lines):
      .init(
        "covers what line \(lines.map(String.init).joined(separator: ", ")) covers too", .notable)
    case .lapsed(let hosts):
      .init(
        Untrusted(
          "lapsed: nothing decides for \(hosts.prefix(5).joined(separator: ", "))"
            + (hosts.count > 5 ? " and \(hosts.count - 5) more" : "")), .bad)
    }
  }
}

/// `benchtrail.policy-audit.v1`: what is to be tidied up in a policy.
package struct PolicyAuditJSON: Encodable {
  struct RemarkJSON: Encodable {
    let line: Int
    let entry: String
    let owner: String
    let accepted: String?
    let reason: String?
    let problem: String
    let lastDay: String?
    let lines: [Int]?
    let hosts: [String]?
  }

  let schema = "benchtrail.policy-audit.v1"
  let path: String
  let asOf: String
  let remarks: [RemarkJSON]

  /// Describes an audit.
  package init(_ audit: PolicyAudit, _ policy: Policy, path: String, time: Int64) {
    self.path = path
    asOf = CivilTime.rfc3339(time)
    remarks = audit.remarks.map { remark in
      var (name, lastDay, lines, hosts): (String, String?, [Int]?, [String]?) = ("", nil, nil, nil)
      switch remark.problem {
      case .unknownControl: name = "unknownControl"
      case .expired(let end): (name, lastDay) = ("expired", CivilTime.date(end - 1))
      case .expiring(let end): (name, lastDay) = ("expiring", CivilTime.date(end - 1))
      case .unused: name = "unused"
      case .overlapping(let others): (name, lines) = ("overlapping", others)
      case .lapsed(let names): (name, hosts) = ("lapsed", names)
      }
      return RemarkJSON(
        line: remark.line, entry: PolicyAuditReport.entry(remark.entry, policy),
        owner: PolicyAuditReport.owner(remark.entry, policy),
        accepted: PolicyAuditReport.accepted(remark.entry, policy),
        reason: PolicyAuditReport.reason(remark.entry, policy), problem: name, lastDay: lastDay,
        lines: lines, hosts: hosts)
    }
  }
}

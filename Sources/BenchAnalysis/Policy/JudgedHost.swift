package import BenchHistory
package import BenchModel

/// What is known of a host, with what the team's policy says of it: each finding is judged once, here.
package struct JudgedHost: Sendable {
  /// A finding with its judgement.
  package struct Entry: Sendable {
    package var current: CurrentFinding
    package var judged: JudgedFinding

    /// The finding of the run that judged the control last.
    package var finding: Finding { current.finding }
  }

  /// The name that the host has now.
  package let name: String
  package let findings: HostFindings
  package let entries: [Entry]

  /// Judges what is known of a host.
  package init(_ findings: HostFindings, _ judgement: Judgement) {
    name = findings.host
    self.findings = findings
    entries = zip(
      findings.findings, judgement.judge(findings.findings, host: findings.host)
    ).map { Entry(current: $0, judged: $1) }
  }

  /// The share of passes.
  package var compliance: Compliance { Compliance(of: entries.lazy.map(\.current.outcome)) }
}

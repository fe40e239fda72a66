package import BenchAnalysis
package import BenchHistory
import BenchModel

/// A host that has another name now, and what a policy still says of the old one.
package struct RenamedHost: Sendable {
  package var old: String
  package var new: String
  package var result: HostRenaming
  /// How many waivers and attestations are about the host by its old name and not by its new one.
  package var waivers = 0
  package var attestations = 0
  /// The names that the policy shows as the old one.
  package var renamed: [String] = []

  /// Creates the result of a renaming.
  package init(_ old: String, _ new: String, _ result: HostRenaming, _ policy: Policy) {
    self.old = old
    self.new = new
    self.result = result
    let isLost = { (coverage: Coverage) in
      coverage.hosts.contains { $0.matches(old) } && !coverage.hosts.contains { $0.matches(new) }
    }
    waivers = policy.waivers.count { isLost($0.coverage) }
    attestations = policy.attestations.count { isLost($0.coverage) }
    renamed = policy.renames.filter { $0.value == old && $0.key != new }.keys.sorted()
  }
}

/// The report on a host that has another name now.
package enum RenameReport {
  /// Says what became of the runs.
  package static func document(_ host: RenamedHost) -> Document {
    var document = Document()
    let result = host.result
    guard result.runs + result.repeated.count > 0 else {
      document.paragraph(
        .init("Nothing to rename: all runs are of "), .init(Untrusted(host.new), .strong),
        .init(" already."))
      return document
    }
    document.paragraph(
      .init(Untrusted(host.old), .strong), .init(" is "), .init(Untrusted(host.new), .strong),
      .init(" now: \(TrendReport.count(result.runs, "run")) renamed."))
    if !result.repeated.isEmpty {
      document.paragraph(
        .init(
          "\(TrendReport.count(result.repeated.count, "run")) \(result.repeated.count == 1 ? "was" : "were") "
            + "there under both names; one of each is left."))
    }
    for id in result.unmarked {
      document.paragraph(
        .init("No baseline any more, as a newer one is there: "),
        .init(String(RunSummary.name(of: id).prefix(10)), .notable))
    }
    let counts = [(host.waivers, "waiver"), (host.attestations, "attestation")]
      .filter { $0.0 > 0 }.map { TrendReport.count($0.0, $0.1) }
    if !counts.isEmpty {
      document.paragraph(
        .init(
          "In the policy, \(counts.joined(separator: " and ")) \(host.waivers + host.attestations == 1 ? "is" : "are") "
            + "still for the old name; change the hosts there.", .notable))
    }
    for name in host.renamed {
      document.paragraph(
        .init("The policy shows ", .notable), .init(Untrusted(name), .notable),
        .init(" as ", .notable), .init(Untrusted(host.old), .notable),
        .init("; change 'hosts: rename:' there to ", .notable),
        .init(Untrusted(host.new), .notable),
        .init(".", .notable))
    }
    return document
  }
}

/// `benchtrail.rename.v1`: a host that has another name now.
package struct RenameJSON: Encodable {
  struct PolicyJSON: Encodable {
    let waivers: Int
    let attestations: Int
    let renames: [String]
  }

  let schema = "benchtrail.rename.v1"
  let host: String
  let name: String
  let runs: Int
  let repeated: [String]
  let unmarkedBaselines: [String]
  let oldNameInPolicy: PolicyJSON

  /// Describes what became of the runs.
  package init(_ host: RenamedHost) {
    self.host = host.old
    name = host.new
    runs = host.result.runs
    repeated = host.result.repeated.map { RunSummary.name(of: $0) }
    unmarkedBaselines = host.result.unmarked.map { RunSummary.name(of: $0) }
    oldNameInPolicy = PolicyJSON(
      waivers: host.waivers, attestations: host.attestations, renames: host.renamed)
  }
}

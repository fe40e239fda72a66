package import BenchAnalysis
package import BenchHistory

/// What a waiver or an attestation covers of what is known of the hosts.
package struct PolicyReach: Hashable, Sendable {
  package var findings = 0
  package var hosts = 0
}

extension HostQuery {
  /// Counts the failures that a waiver covers, or a part of them, as if it held now and no other did.
  ///
  /// - Parameters:
  ///   - waiver: The waiver.
  ///   - repository: Where the runs are; it may have none.
  /// - Returns: How many there are, and on how many hosts.
  /// - Throws: The repository's errors.
  package func reach(
    of waiver: Waiver, in repository: any RunRepository
  ) throws -> PolicyReach {
    var query = self
    var waiver = waiver
    (waiver.accepted, waiver.end) = (nil, nil)
    query.policy.waivers = [waiver]
    return try query.count(in: repository, where: \.hasWaiver)
  }

  /// Counts the manual checks that an attestation decides, as if it held now and no other did.
  ///
  /// - Parameters:
  ///   - attestation: The attestation.
  ///   - repository: Where the runs are; it may have none.
  /// - Returns: How many there are, and on how many hosts.
  /// - Throws: The repository's errors.
  package func reach(
    of attestation: Attestation, in repository: any RunRepository
  ) throws -> PolicyReach {
    var query = self
    var attestation = attestation
    (attestation.accepted, attestation.end) = (nil, nil)
    query.policy.attestations = [attestation]
    return try query.count(in: repository, where: \.isAttested)
  }

  private func count(
    in repository: any RunRepository, where isCovered: (JudgedHost.Verdict) -> Bool
  ) throws -> PolicyReach {
    try repository.history(filter) { history in
      var reach = PolicyReach()
      _ = try forEach(HostReading(history, catalog)) { host in
        let count = host.now.verdicts.count(where: isCovered)
        reach.findings += count
        reach.hosts += count > 0 ? 1 : 0
      }
      return reach
    }
  }
}

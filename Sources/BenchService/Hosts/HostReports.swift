package import BenchAnalysis
package import BenchHistory
package import BenchModel
package import BenchPolicy

extension HostQuery {
  /// Ranks the open failures by their urgency.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func ranking(
    by grouping: Ranking.Grouping, in repository: any RunRepository
  ) throws -> Ranking {
    var builder = RankingBuilder(by: grouping, judgement)
    try forEach(in: repository) { builder.add($0.now) }
    return builder.build()
  }

  /// Counts the open failures by STRIDE category and attack surface, now and at a base.
  ///
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func stride(
    base: HostReading.Base, in repository: any RunRepository
  ) throws -> StrideMovement {
    var movement = StrideMovement(judgement)
    try forEach(in: repository, base: base) {
      movement.add($0.now, before: $0.before, withoutBase: $0.reading.withoutBase.count)
    }
    return movement
  }

  /// Holds the threat model against what is known of the hosts.
  ///
  /// - Parameter repository: Where the runs are; nil for the model alone.
  /// - Returns: The state of each threat.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func threats(in repository: (any RunRepository)?) throws -> ThreatAssessment {
    var assessment = ThreatAssessment(policy.threatModel(), catalog)
    guard let repository else { return assessment }
    try forEach(in: repository) { assessment.add($0.now) }
    return assessment
  }

  /// Looks up on which hosts controls are open, and since when.
  ///
  /// - Parameters:
  ///   - controls: The controls.
  ///   - repository: Where the runs are; it may have none.
  /// - Returns: What each host says of them.
  /// - Throws: The repository's errors.
  package func openHosts(
    of controls: [ControlID], in repository: any RunRepository
  ) throws -> OpenControls {
    try repository.history(filter) { history in
      var open = OpenControls(controls)
      _ = try forEach(HostReading(history, catalog)) { open.add($0.now) }
      return open
    }
  }

  /// Looks for what is to be tidied up in the policy.
  ///
  /// - Parameters:
  ///   - days: How many days ahead an expiry is told.
  ///   - repository: Where the runs are.
  /// - Returns: The audit.
  /// - Throws: The repository's errors.
  package func audit(days: Int, in repository: any RunRepository) throws -> PolicyAudit {
    try repository.history(filter) { history in
      var hosts: [JudgedHost] = []
      _ = try forEach(HostReading(history, catalog)) { hosts.append($0.now) }
      return PolicyAudit(policy, hosts: hosts, at: time, days: days)
    }
  }

  /// A policy whose gate lets through what is there: its thresholds are those of the host that is worst in each.
  ///
  /// - Throws: The repository's errors.
  package func template(in repository: any RunRepository) throws -> PolicyTemplate {
    var template = PolicyTemplate(
      compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false)
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      _ = try forEach(reading, needs: { Needs(summaries: $0.now.findings.runs) }) { host in
        var counts: [Severity: Int] = [:]
        for verdict in host.now.verdicts where verdict.printedOutcome == .fail {
          if let severity = verdict.severity { counts[severity, default: 0] += 1 }
        }
        if let percent = host.now.compliance.percent {
          template.compliance = min(template.compliance ?? 100, Int(percent.rounded(.down)))
        }
        template.open.merge(counts) { max($0, $1) }
        for run in try host.summaries() {
          if run.unmapped > 0 { template.hasUnmapped = true }
          if !run.isComplete { template.hasIncomplete = true }
        }
      }
    }
    return template
  }
}

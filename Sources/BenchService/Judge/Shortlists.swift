package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel
package import BenchRemedy
package import BenchReports
import BenchPolicy

/// A few findings to write up, with what a document about them says.
package struct SelectedFindings: Sendable {
  package var selection: Selection
  /// The threats that count, and what the evidence says of them.
  package var model: ThreatModel
  package var assessment: ThreatAssessment
  /// The newest run of each tool of each host.
  package var runs: [RunSummary]
  /// What fixes the chosen ones.
  package var remedies: Remedies
}

extension HostQuery {
  /// What to fix first.
  ///
  /// - Parameters:
  ///   - limit: The most fixes.
  ///   - own: A `daemon.json` to merge into.
  ///   - mostTexts: The most texts of a kind to apply: those for most hosts.
  ///   - repository: Where the runs are.
  /// - Returns: The fixes, the most urgent first.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func shortlist(
    limit: Int, merging own: OwnDaemonJSON?, mostTexts: Int = .max,
    in repository: any RunRepository
  ) throws -> Shortlist {
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      var builder = RankingBuilder(by: .fix, judgement)
      var open = OpenFailures(reading, policy)
      let count = try forEach(reading) { host in
        builder.add(host.now)
        open.add(host.now)
      }
      guard count > 0 else { throw ServiceError.noRuns(host: host) }
      let ranking = builder.build()
      let fixes = Set(catalog.advice.fixes.map(\.id))
      let possible = open.possibleFixes()
      let chosen = ranking.entries.map(\.name).filter(possible.contains).prefix(limit)
      // Of the others the shortlist says why there is nothing to change.
      let others = fixes.subtracting(possible)
      return Shortlist(
        try open.remedies(of: Set(chosen).union(others)), ranking: ranking,
        model: policy.threatModel(),
        limit: limit, own: own, unmapped: open.unmapped, mostTexts: mostTexts)
    }
  }

  /// A few findings to write up.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - coversThreats: Whether threats count, or urgency alone.
  ///   - excluded: The ids of which at least one finding must be none, as given.
  ///   - repository: Where the runs are.
  /// - Returns: The findings, with the reason for each.
  /// - Throws: ``ServiceError``, `CheckName.Problem` for an id that is not known or means several controls, or the
  ///   repository's errors.
  package func selection(
    count: Int, coversThreats: Bool, excluding excluded: [String],
    in repository: any RunRepository
  ) throws -> SelectedFindings {
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      let model = policy.threatModel()
      var builder = RankingBuilder(by: .control, judgement)
      var assessment = ThreatAssessment(model)
      var open = OpenFailures(reading, policy)
      var runs: [RunSummary] = []
      let hosts = try forEach(
        reading, needs: { Needs(summaries: $0.now.findings.runs) }
      ) { host in
        builder.add(host.now)
        assessment.add(host.now)
        open.add(host.now)
        runs += try host.summaries()
      }
      guard hosts > 0 else { throw ServiceError.noRuns(host: host) }
      let editions = Set(runs.compactMap(\.release.edition))
      let controls = Set(
        try excluded.flatMap { try CheckName.controls($0, editions: editions, catalog) })
      let scores = Dictionary(
        builder.build().entries.map { ($0.name, $0.score) }
      ) { first, _ in first }
      let candidates = try open.candidates().map { own in
        Selection.Candidate(
          control: own.control, finding: own.finding, hosts: own.hosts,
          severity: policy.severity(of: own.control), score: scores[own.control] ?? 0,
          threats: model.threats.filter { $0.controls.contains(own.control) }.map(\.id),
          isExcluded: controls.contains(own.control), source: own.source)
      }
      let selection = Selection(candidates, count: count, coversThreats: coversThreats)
      let fixes = selection.choices.compactMap { catalog.advice[$0.candidate.control]?.fix.id }
      return SelectedFindings(
        selection: selection, model: model, assessment: assessment, runs: runs,
        remedies: try open.remedies(of: Set(fixes)))
    }
  }
}

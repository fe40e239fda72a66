package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel
import BenchPolicy
package import BenchRemedy

/// A few findings to write up, with what a document about them says.
package struct SelectedFindings: Sendable {
  package var selection: Selection
  /// What the names that the analyst gave mean; empty where the program chose.
  package var meanings: [Selection.Meaning]
  /// The threats that count, and what the evidence says of them.
  package var model: ThreatModel
  package var assessment: ThreatAssessment
  /// The open failures by attack surface.
  package var matrix: StrideMatrix
  /// The newest run of each tool of each host.
  package var runs: [RunSummary]
  /// What fixes the chosen ones.
  package var remedies: Remedies
}

/// What findings are to be chosen, in the words of a person.
package struct SelectionRequest: Sendable {
  package var rule: Selection.Rule
  /// Ids and controls that must not be chosen.
  package var excluded: [String]
  /// Ids and controls of which some of the chosen must be none.
  package var outside: [String]

  /// Creates a request.
  package init(_ rule: Selection.Rule, excluded: [String] = [], outside: [String] = []) {
    self.rule = rule
    self.excluded = excluded
    self.outside = outside
  }
}

extension HostQuery {
  /// A few findings to write up, as a rule chooses them.
  ///
  /// - Parameters:
  ///   - request: What is to be chosen.
  ///   - orModel: Whether the threat models alone will do where there is no run and no host is asked for.
  ///   - repository: Where the runs are.
  /// - Returns: The findings, with the reason for each.
  /// - Throws: ``ServiceError``, `CheckName.Problem` for an id that is not known or means several controls, or the
  ///   repository's errors.
  package func selection(
    _ request: SelectionRequest, orModel: Bool = false, in repository: any RunRepository
  ) throws -> SelectedFindings {
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      if orModel, hosts.isEmpty, reading.hosts.isEmpty { return model() }
      let known = try gather(reading) { _ in }
      let editions = Set(known.runs.compactMap(\.release.edition))
      func controls(_ names: [String]) throws -> Set<ControlID> {
        Set(try names.flatMap { try CheckName.controls($0, editions: editions, catalog) })
      }
      let excluded = try controls(request.excluded)
      let inside = try controls(request.outside)
      let candidates = try known.open.candidates().map { own in
        let now = own.source.map { Selection.Evidence(run: $0, finding: own.printed) }
        return Selection.Candidate(
          control: own.control, finding: own.finding, hosts: own.hosts,
          severity: policy.severity(of: own.control), score: known.score(of: own.control),
          threats: known.threats(decidedBy: own.control),
          surface: catalog.risks[own.control]?.surface ?? "",
          isExcluded: excluded.contains(own.control), isOutside: !inside.contains(own.control),
          isUnfixable: own.isUnfixable, source: own.source, before: now, now: now)
      }
      return try known.selected(Selection(candidates, request.rule), meanings: [], catalog)
    }
  }

  /// The threat models without a finding, where there is no run.
  package func model() -> SelectedFindings {
    let model = policy.threatModel()
    return SelectedFindings(
      selection: Selection(named: []), meanings: [], model: model,
      assessment: ThreatAssessment(model, catalog), matrix: StrideMatrix(judgement), runs: [],
      remedies: Remedies([], policy: policy))
  }

  /// Findings that an analyst names, whatever their state.
  ///
  /// - Parameters:
  ///   - names: Ids, ids of an edition such as `cis-1.2:2.1`, and controls, in the order of the document.
  ///   - repository: Where the runs are.
  /// - Returns: The findings, with what the names mean.
  /// - Throws: ``ServiceError``, `CheckName.Problem` for a name that is not known or means several controls, or the
  ///   repository's errors.
  package func selection(
    of names: [String], in repository: any RunRepository
  ) throws -> SelectedFindings {
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      var named = try NamedFindings(names, reading, catalog, host: host)
      let known = try gather(reading) { named.add($0) }
      let candidates = try named.candidates().map { own in
        Selection.Candidate(
          control: own.control, finding: own.now.finding, hosts: own.hosts,
          severity: policy.severity(of: own.control), score: known.score(of: own.control),
          threats: known.threats(decidedBy: own.control), asked: own.asked,
          surface: catalog.risks[own.control]?.surface ?? "",
          isUnfixable: isUnfixable(own.now), source: own.now.run, before: own.before, now: own.now)
      }
      return try known.selected(
        Selection(named: candidates), meanings: named.evaluated, catalog)
    }
  }

  /// Whether there is nothing to change where a run was made.
  private func isUnfixable(_ evidence: Selection.Evidence) -> Bool {
    guard let fix = evidence.finding.control.flatMap({ catalog.advice[$0]?.fix }) else {
      return false
    }
    return catalog.distributions.fix(fix, in: evidence.run.release.edition).isUnfixable
  }

  /// What is known of the hosts of a selection.
  private struct Known {
    var open: OpenFailures
    var model: ThreatModel
    var assessment: ThreatAssessment
    var matrix: StrideMatrix
    var scores: [String: Double] = [:]
    var runs: [RunSummary] = []
    /// The threats that may exist on a host.
    var threats: [Threat] = []

    func score(of control: ControlID) -> Double { scores[control] ?? 0 }

    /// The ids of the threats that a failure of a control opens.
    func threats(decidedBy control: ControlID) -> [String] {
      threats.filter { $0.isDecided(by: control) }.map(\.id)
    }

    /// The selection with what a document says.
    func selected(
      _ selection: Selection, meanings: [Selection.Meaning], _ catalog: Catalog
    ) throws -> SelectedFindings {
      let chosen = selection.choices.map(\.candidate)
      let fixes = chosen.compactMap { catalog.advice[$0.control]?.fix.id }
      // What is fixed by now is written up with the text that fixed it.
      let past = chosen.compactMap { candidate -> OpenFailure? in
        guard let before = candidate.before, before.run.id != candidate.now?.run.id else {
          return nil
        }
        return OpenFailure(
          hosts: [before.run.host], finding: before.finding, edition: before.run.release.edition)
      }
      return SelectedFindings(
        selection: selection, meanings: meanings, model: model, assessment: assessment,
        matrix: matrix, runs: runs, remedies: try open.remedies(of: Set(fixes), and: past))
    }
  }

  /// Reads what is known of the hosts, and calls a closure with each.
  private func gather(_ reading: HostReading, _ body: (Host) throws -> Void) throws -> Known {
    let model = policy.threatModel()
    var builder = RankingBuilder(by: .control, judgement)
    var known = Known(
      open: OpenFailures(reading, policy), model: model,
      assessment: ThreatAssessment(model, catalog), matrix: StrideMatrix(judgement))
    let hosts = try forEach(
      reading, needs: { Needs(summaries: $0.now.findings.runs) }
    ) { host in
      builder.add(host.now)
      known.assessment.add(host.now)
      known.matrix.add(host.now)
      known.open.add(host.now)
      known.runs += try host.summaries()
      try body(host)
    }
    guard hosts > 0 else { throw noRuns }
    known.scores = Dictionary(
      builder.build().entries.map { ($0.name, $0.score) }
    ) { first, _ in first }
    let impossible = Set(
      known.assessment.rows.filter { $0.state == .doesNotApply }.map(\.threat.id))
    known.threats = model.threats.filter { !impossible.contains($0.id) }
    return known
  }
}

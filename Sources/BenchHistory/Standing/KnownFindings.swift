package import BenchModel

/// What is known of a host, of which the findings with their items are read when they are first asked for.
///
/// Most questions about a fleet need no more than outcomes and counts. A value is used by one thread at a time.
package final class KnownFindings: @unchecked Sendable {
  /// What is known of one system of the host.
  package struct Part: Sendable {
    package var system: Tool.System
    package var record: StandingRecord

    /// Creates a part.
    package init(system: Tool.System, record: StandingRecord) {
      self.system = system
      self.record = record
    }
  }

  package let checks: CheckKeys
  package let parts: [Part]
  private let source: FindingSource
  /// The findings of whole runs, where most of them are asked for.
  private var merged: MergedRuns?
  /// What went wrong when findings were read; what was handed out then lacks items and details.
  package private(set) var failure: (any Error)?

  /// Creates what is known of a host.
  ///
  /// - Parameters:
  ///   - checks: The numbers of the checks.
  ///   - parts: What is known of each system.
  ///   - source: Returns findings of a run.
  package init(_ checks: CheckKeys, _ parts: [Part], _ source: @escaping FindingSource) {
    self.checks = checks
    self.parts = parts
    self.source = source
  }

  /// Says that most findings will be asked for, so that each run is read once.
  package func readWhole() { if merged == nil { merged = MergedRuns(checks) } }

  /// The finding of an entry, with the items of earlier ones that no run has looked at since.
  func finding(_ part: Int, _ place: Int) -> Finding {
    let record = parts[part].record
    let entry = record.entries[place]
    do {
      let found = try Standing.finding(
        checks.key(entry.title), record.source(of: entry),
        record.more(of: entry)?.wider.map { record.runs[$0] } ?? [], finding)
      if let found { return found }
      let run = RunSummary.name(of: record.runs[entry.run].id)
      throw RepositoryError.damaged(path: "database", reason: "run \(run) lacks a finding")
    } catch {
      failure = failure ?? error
    }
    let check = checks.check(entry.title)
    return Finding(
      control: check.control, section: "", checkID: check.checkID, title: check.title,
      printed: .absent, outcome: entry.outcome, line: 0)
  }

  /// What a run found of a check.
  private func finding(_ key: Int, of run: HistoryRun) throws -> Finding? {
    if merged != nil { return try merged?.finding(key, of: run) { try source($0, nil) } }
    let found = try source(run) { [checks] in checks.key($0) == key }
    return Finding.merged(found)
  }
}

/// Returns findings of a run; see ``History/findings(of:_:)``.
package typealias FindingSource = (HistoryRun, ((Int32) -> Bool)?) throws -> [Finding]

/// A finding of a host as it is known now.
package struct CurrentFinding: Sendable {
  package let known: KnownFindings
  /// The place of its system among the parts.
  let part: Int
  /// Its place among the entries of the part.
  let place: Int
  /// Whether the newest run of its tool did not judge the control.
  package let isLeftOut: Bool

  init(_ known: KnownFindings, part: Int, place: Int, isLeftOut: Bool) {
    self.known = known
    self.part = part
    self.place = place
    self.isLeftOut = isLeftOut
  }

  /// The finding of the run that judged the control last, which is read when it is first asked for.
  package var finding: Finding { known.finding(part, place) }

  /// The number of the check.
  package var key: Int { known.checks.key(title) }
  private var title: Int32 { known.parts[part].record.entries[place].title }
  /// The check as that run printed it.
  package var check: CheckKeys.Check { known.checks.check(title) }
  package var control: ControlID? { known.checks.control(key) }
  /// Whether it has no items but those of the run that judged it last.
  package var isOfOneRun: Bool {
    let record = known.parts[part].record
    return record.more(of: record.entries[place])?.wider.isEmpty ?? true
  }
  package var outcome: Outcome { known.parts[part].record.entries[place].outcome }
  /// Since when it fails; nil if it does not.
  package var openSince: Int64? { known.parts[part].record.entries[place].openSince }
  /// Whether it failed in the first run of its host and system, or of its tool, so that it may be older.
  package var isOpenFromStart: Bool { known.parts[part].record.entries[place].isOpenFromStart }
  /// The first run with the content that judged it last.
  package var run: HistoryRun {
    let record = known.parts[part].record
    return record.runs[record.entries[place].run]
  }
  /// The run whose log has the finding at its line: the last one with that content.
  package var source: HistoryRun {
    let record = known.parts[part].record
    return record.source(of: record.entries[place])
  }
  /// What the tool that judged it checks.
  package var system: Tool.System { known.parts[part].system }
  /// Whether it ceased or began to fail in the newest run of its tool.
  package var isNew: Bool {
    let record = known.parts[part].record
    return !isLeftOut && record.isNew(record.entries[place])
  }
  /// How many different items it found at fault, by their kinds and stable names.
  package var itemCount: Int {
    let entry = known.parts[part].record.entries[place]
    // What several runs of different limits found is put together.
    return known.parts[part].record.more(of: entry)?.wider.isEmpty ?? true
      ? entry.items : finding.itemCount
  }
}

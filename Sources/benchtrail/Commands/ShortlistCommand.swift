import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchInput
import BenchModel
import BenchPolicy
import BenchRemedy
import BenchReports
import BenchStorage

/// Says what to fix first.
struct ShortlistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortlist", abstract: "Say what to fix first, grouped by what fixes it.",
    discussion: """
      One fix may close many checks on many hosts. The texts that bring a fix about are made from \
      the findings and never run.

      With '--pick', a few findings are chosen: with '--cover-threats' so that they answer as many \
      different threats as they can, and at least one that is not among '--exclude'. Ids mean what \
      they mean in the runs' editions; 'cis-1.2:5.10' names another. '--document' writes them up: the \
      threat models, each finding with evidence, threat, rationale and hardening step, and its state \
      in a later run.

      Example:
        benchtrail shortlist --host web-1
        benchtrail shortlist --host web-1 --daemon-json /etc/docker/daemon.json
        benchtrail shortlist --host web-3 --pick 3 --cover-threats --exclude 5.10,5.14,5.22 \
      --format markdown --document
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions

  @Option(
    name: [.customShort("n"), .long], help: ArgumentHelp("How many fixes.", valueName: "count"))
  var limit = 10

  @Flag(help: "Leave out the texts to apply.")
  var noSnippets = false

  @Option(
    help: ArgumentHelp(
      "A daemon.json to merge keys into; none of its own is dropped.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var daemonJson: String?

  @Option(help: ArgumentHelp("Choose so many findings.", valueName: "count"))
  var pick: Int?

  @Flag(help: "Choose findings that answer as many different threats as they can.")
  var coverThreats = false

  @Option(
    help: ArgumentHelp(
      "Choose at least one finding that is none of these, separated by commas.", valueName: "ids"))
  var exclude: String?

  @Flag(help: "Write the chosen findings up as a document.")
  var document = false

  @Option(help: ArgumentHelp("A later run, for the state after hardening.", valueName: "run"))
  var after: String?

  func validate() throws {
    if !(1...100_000).contains(limit) {
      throw ValidationError("'--limit \(limit)' must be 1 or more.")
    }
    if let pick, !(1...1_000).contains(pick) {
      throw ValidationError("'--pick \(pick)' must be from 1 to 1000.")
    }
    if pick == nil, coverThreats || exclude != nil || document || after != nil {
      throw ValidationError(
        "'--cover-threats', '--exclude', '--document' and '--after' go with '--pick'.")
    }
  }

  /// What the open failures of all hosts come to.
  private struct Findings {
    var failures: [OpenFailure] = []
    var runs: [RunSummary] = []
    /// By host and control, the run that judged it last: one of another tool, or one before the newest.
    var sources: [String: [ControlID: RunSummary]] = [:]
    var assessment: ThreatAssessment
    var byControl: RankingBuilder
    var byFix: RankingBuilder
  }

  func run() throws {
    let policy = try policy.load()
    let own = try readDaemonJSON()
    let found = try findings(policy)
    let remedies = Remedies(found.failures, policy: policy)
    guard let pick else {
      let shortlist = Shortlist(
        remedies, ranking: found.byFix.build(), model: policy.threatModel, limit: limit, own: own)
      return try output.write {
        ShortlistJSON(shortlist)
      } document: {
        ShortlistReport.document(shortlist, hasSnippets: !noSnippets)
      }
    }
    let excluded =
      exclude?.split(separator: ",").map {
        $0.trimmed
      }.filter { !$0.isEmpty } ?? []
    let editions = Set(found.runs.compactMap(\.release.edition))
    let selection = Selection(
      try candidates(found, policy, excluded: controls(excluded, editions)), count: pick,
      coversThreats: coverThreats)
    let report = SelectionReport(
      selection, found.assessment, model: policy.threatModel, runs: found.runs,
      remedies: remedies, excluded: excluded, after: try laterRun(policy))
    try output.write(
      json: { SelectionJSON(selection) },
      document: { document ? report.document : report.summary }, isOwnDocument: document)
  }

  private func findings(_ policy: Policy) throws -> Findings {
    let time = self.policy.time
    let judgement = Judgement(policy, at: time)
    var found = Findings(
      assessment: ThreatAssessment(policy.threatModel, judgement),
      byControl: RankingBuilder(by: .control, judgement, time: time),
      byFix: RankingBuilder(by: .fix, judgement, time: time))
    try hosts.forEach(store, self.policy, policy) { _, reading, findings, _ in
      let systems = Set(
        findings.runs.compactMap { Threat.System(reading.keys.release($0.release).tool.system) })
      found.assessment.add(findings.host, findings.findings, systems: systems)
      found.byControl.add(findings)
      found.byFix.add(findings)
      let runs = try findings.runs.compactMap(reading.history.summary)
      found.runs += runs
      var byID = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
      for known in findings.findings {
        let judged = judgement.judge(known.finding, host: findings.host)
        guard judged.isOpen else { continue }
        var finding = known.finding
        finding.items = judged.openItems
        found.failures.append(OpenFailure(host: findings.host, finding: finding))
        let run = known.known.run
        if byID[run.id] == nil { byID[run.id] = try reading.history.summary(of: run) }
        if let control = finding.control {
          found.sources[findings.host, default: [:]][control] = byID[run.id]
        }
      }
    }
    return found
  }

  private func candidates(
    _ found: Findings, _ policy: Policy, excluded: Set<ControlID>
  ) throws -> [Selection.Candidate] {
    let scores = Dictionary(
      found.byControl.build().entries.map { ($0.name, $0.score) }
    ) { first, _ in first }
    let model = policy.threatModel
    var byControl: [ControlID: [OpenFailure]] = [:]
    for failure in found.failures {
      if let control = failure.finding.control { byControl[control, default: []].append(failure) }
    }
    return byControl.compactMap { control, failures in
      // The host with most items tells most.
      let telling = failures.max {
        ($0.finding.items.count, $1.host) < ($1.finding.items.count, $0.host)
      }
      guard let telling else { return nil }
      let others = failures.map(\.host).filter { $0 != telling.host }.sorted()
      return Selection.Candidate(
        control: control, finding: telling.finding, hosts: [telling.host] + others,
        severity: policy.severity(of: control), score: scores[control] ?? 0,
        threats: model.threats.filter { $0.controls.contains(control) }.map(\.id),
        isExcluded: excluded.contains(control), source: found.sources[telling.host]?[control])
    }
  }

  /// The controls that the excluded ids mean.
  private func controls(_ ids: [String], _ editions: Set<String>) throws -> Set<ControlID> {
    var controls: Set<ControlID> = []
    for id in ids {
      do {
        controls.formUnion(try CheckName.controls(id, editions: editions))
      } catch {
        throw Failure(Failure.words(error), code: 64)
      }
    }
    return controls
  }

  private func laterRun(_ policy: Policy) throws -> SelectionReport.After? {
    guard let after else { return nil }
    let store = try store.open(policy)
    return SelectionReport.After(
      try Failure.wording { try store.run(store.run(named: after, host: hosts.host)) })
  }

  private func readDaemonJSON() throws -> OwnDaemonJSON? {
    guard let daemonJson else { return nil }
    do {
      return try OwnDaemonJSON(LogFile(path: daemonJson).bytes(limit: OwnDaemonJSON.sizeLimit))
    } catch let error as LogFile.Unreadable {
      throw Failure("\(daemonJson): \(Failure.words(error))")
    } catch let error as DaemonJSONError {
      throw Failure(Failure.words(error, in: daemonJson))
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

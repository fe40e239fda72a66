import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchInput
import BenchPolicy
import BenchRemedy
import BenchReports
import BenchService

/// Says what to fix first.
struct ShortlistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortlist", abstract: "Say what to fix first, grouped by what fixes it.",
    discussion: """
      One fix may close many checks on many hosts. The texts that bring a fix about are made from \
      the findings and never run.

      With '--pick', '--per-surface' or '--findings' a few findings are chosen or named, each with \
      its reason, and '--document' writes them up: the threat models, each finding with evidence, \
      threat, rationale and hardening step, and its state in a later run. '--document' alone means \
      '--pick 3 --cover-threats'.

      '--cover-threats' goes by severity first: no chosen finding is less severe than one passed \
      over, of those that may be chosen, that answers a threat which no chosen one at least as \
      severe answers. '--exclude' keeps \
      findings from being chosen; with '--outside' at least one, or as many as '--at-least' says, \
      is none of its ids. What cannot be changed where it was found is never chosen.

      '--findings' takes ids as the newest run that has them means them, whatever the state of the \
      finding now. Other ids mean what they mean in the editions of the newest runs. \
      'cis-1.2:5.10' names an edition, and a control's name will do.

      Example:
        benchtrail shortlist --host web-1
        benchtrail shortlist --host web-1 --daemon-json /etc/docker/daemon.json
        benchtrail shortlist --host web-3 --pick 3 --cover-threats --outside 5.10,5.14,5.22
        benchtrail shortlist --per-surface 1 --exclude daemon-authz-plugin
        benchtrail shortlist --host web-3 --findings 2.1,2.2.b,4.5 --format markdown --document
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

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

  @OptionGroup var selection: SelectionOptions

  func validate() throws {
    if !(1...100_000).contains(limit) {
      throw ValidationError("'--limit \(limit)' must be 1 or more.")
    }
  }

  func run() throws {
    let own = try readDaemonJSON()
    // Without a database the document has the threat models, unless somebody names one.
    if selection.isModelEnough, hosts.hosts.isEmpty, !question.store.isNamed,
      !LogFile.exists(question.store.location)
    {
      let query = question.query(try question.policy.load(question.store.catalog.load()))
      return try write(query.model(), query, Basis(isJudged: false), nil, own)
    }
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    if selection.isAsked { return try writeSelection(asked, own) }
    let shortlist = try Failure.wording {
      try query.shortlist(limit: limit, merging: own, mostTexts: mostTexts, in: repository)
    }
    try output.write(asked.basis) {
      ShortlistJSON(shortlist)
    } document: {
      ShortlistReport.document(shortlist)
    }
  }

  private func writeSelection(
    _ asked: QueryOptions.Question, _ own: OwnDaemonJSON?
  ) throws {
    let (repository, query) = (asked.repository, asked.query)
    let found: SelectedFindings
    do {
      found = try Failure.wording {
        selection.findings == nil
          ? try query.selection(
            selection.request, orModel: selection.isModelEnough, in: repository)
          : try query.selection(of: selection.names, in: repository)
      }
    } catch let problem as CheckName.Problem {
      throw Failure(Failure.words(problem, query.catalog), code: Failure.usage)
    }
    let later = try selection.after.map { name in
      SelectionReport.After(
        try Failure.wording {
          try repository.run(named: name, hosts: query.hosts)
        })
    }
    try write(found, query, asked.basis, later, own)
  }

  private func write(
    _ found: SelectedFindings, _ query: HostQuery, _ basis: Basis,
    _ later: SelectionReport.After?, _ own: OwnDaemonJSON?
  ) throws {
    let report = SelectionReport(
      found.selection, found.assessment, model: found.model, runs: found.runs,
      remedies: found.remedies, outside: selection.outsideIDs, meanings: found.meanings,
      after: later, merging: own, mostTexts: noSnippets ? 0 : ShortlistReport.mostTexts)
    guard selection.document else {
      return try output.write(
        basis, json: { SelectionJSON(found.selection, meanings: found.meanings) },
        document: { report.summary })
    }
    var options = AnalystDocument.Options(
      author: selection.author, time: query.time, threatsPerSystem: selection.threatsPerSystem)
    if let title = selection.title { options.title = title }
    let document = AnalystDocument(report, matrix: found.matrix, query.policy, options)
    try output.write(
      basis, json: { AnalystJSON(document) }, document: { document.document }, isOwnDocument: true)
  }

  /// A program gets all texts, a person those that he may read.
  private var mostTexts: Int {
    if noSnippets { return 0 }
    return output.form == .json ? .max : ShortlistReport.mostTexts
  }

  private func readDaemonJSON() throws -> OwnDaemonJSON? {
    guard let daemonJson else { return nil }
    do {
      return try OwnDaemonJSON(LogFile(path: daemonJson).bytes(limit: OwnDaemonJSON.sizeLimit))
    } catch let error as LogFile.Unreadable {
      throw Failure(
        "\(daemonJson): \(Failure.words(error))",
        hints: ["'--daemon-json' takes the host's own file, such as /etc/docker/daemon.json"])
    } catch let error as DaemonJSONError {
      throw Failure(Failure.words(error, in: daemonJson))
    }
  }
}

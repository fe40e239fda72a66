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

  @OptionGroup var question: QueryOptions
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

  func run() throws {
    let (repository, query) = try question.open(hosts)
    let own = try readDaemonJSON()
    guard let pick else {
      let shortlist = try Failure.wording {
        try query.shortlist(
          limit: limit, merging: own, mostTexts: mostTexts, in: repository)
      }
      return try output.write {
        ShortlistJSON(shortlist)
      } document: {
        ShortlistReport.document(shortlist)
      }
    }
    let excluded =
      exclude?.split(separator: ",").map {
        $0.trimmed
      }.filter { !$0.isEmpty } ?? []
    let found: SelectedFindings
    do {
      found = try Failure.wording {
        try query.selection(
          count: pick, coversThreats: coverThreats, excluding: excluded, in: repository)
      }
    } catch let problem as CheckName.Problem {
      throw Failure(Failure.words(problem), code: 64)
    }
    let later = try after.map { name in
      SelectionReport.After(
        try Failure.wording {
          try repository.run(named: name, host: hosts.host)
        })
    }
    let report = SelectionReport(
      found.selection, found.assessment, model: found.model, runs: found.runs,
      remedies: found.remedies, excluded: excluded, after: later)
    try output.write(
      json: { SelectionJSON(found.selection) },
      document: { document ? report.document : report.summary }, isOwnDocument: document)
  }

  /// A program gets all texts, a person those that he may read.
  private var mostTexts: Int {
    if noSnippets { return 0 }
    return output.format == .json ? .max : ShortlistReport.mostTexts
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

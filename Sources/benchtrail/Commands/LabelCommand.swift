import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchService
import BenchStorage

/// Labels runs.
struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Give runs labels, or take labels away.",
    discussion: """
      A word with '=' in it is a label, every other one a run. A label takes the place of one with the same key.

      Example:
        benchtrail label web-1 env=prod
        benchtrail label --host 'web-*' env=prod team=shop
        benchtrail label web-1 --remove env
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp("The runs and their labels.", valueName: "run or key=value"),
    completion: .runs)
  var words: [String] = []

  @Option(
    name: .customLong("host"),
    help: ArgumentHelp(
      "All runs of this host, or of the hosts of a pattern such as 'web-*'; may be repeated.",
      valueName: "host"), completion: .hosts)
  var hosts: [String] = []

  @Option(
    name: .customLong("remove"),
    help: ArgumentHelp("Take this label away; may be repeated.", valueName: "key"))
  var removed: [String] = []

  private var labels: [Label] { words.compactMap { Label(argument: $0) } }
  private var names: [String] { words.filter { Label(argument: $0) == nil } }

  func validate() throws {
    try output.refuseGitHub()
    if names.isEmpty, hosts.isEmpty {
      throw ValidationError("Name runs, or all runs of hosts with '--host'.")
    }
    if !names.isEmpty, !hosts.isEmpty {
      throw ValidationError("Runs by name exclude '--host'.")
    }
    if labels.isEmpty, removed.isEmpty {
      throw ValidationError("Give a label such as env=prod, or '--remove KEY'.")
    }
    if labels.contains(where: { $0.key == RunFilter.baselineLabel }) {
      throw ValidationError(
        "'baseline' is no label of yours: 'benchtrail baseline set RUN' makes a run the baseline.")
    }
    if removed.contains(RunFilter.baselineLabel) {
      throw ValidationError(
        "'baseline' is no label of yours: 'benchtrail baseline clear --host HOST' takes the mark away."
      )
    }
    if let both = labels.first(where: { removed.contains($0.key) }) {
      throw ValidationError("'\(both.key)' is both given and removed.")
    }
  }

  func run() throws {
    let store = try store.openToWrite(policy.load(store.catalog.load()))
    try HostOptions.names(hosts, in: store)
    let runs = try Failure.wording {
      try LabelRuns.run(
        RunChoice(names: names, hosts: hosts, now: Host.now),
        with: labels.map { ($0.key, $0.value) },
        removing: removed, in: store)
    }
    try output.write {
      RunsJSON(runs)
    } document: {
      let hosts = Set(runs.map(\.host)).count
      var what =
        "\(runs.count) run\(runs.count == 1 ? "" : "s") of \(hosts) host\(hosts == 1 ? "" : "s")"
      what += labels.isEmpty ? " without" : " labelled"
      var line: Document.Line = [.init(what)]
      let given = labels.isEmpty ? removed : labels.map { "\($0.key)=\($0.value)" }
      line.append(.init(Untrusted(" " + given.joined(separator: " ")), .notable))
      if !labels.isEmpty, !removed.isEmpty {
        line += [.init(", without"), .init(Untrusted(" " + removed.joined(separator: " ")))]
      }
      var document = Document()
      document.paragraph(line)
      return document
    }
  }
}

import ArgumentParser
import BenchHistory
import BenchModel
import BenchReports
import BenchService

/// Sets, shows and clears baselines.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Mark the runs that later ones are measured against.",
    discussion: """
      A host has at most one baseline for Docker and one for Kubernetes. 'compare baseline' and \
      'gate' measure against it.

      Example:
        benchtrail baseline set web-1@2026-11-23
        benchtrail baseline show
      """,
    subcommands: [Set.self, Show.self, Clear.self])

  /// Which hosts are meant.
  struct Hosts: ParsableArguments {
    @OptionGroup var named: HostOptions

    @Flag(help: "Every host.")
    var all = false

    func validate() throws {
      if all, !named.areAll {
        throw ValidationError("'--all' excludes '--host' and '--label'.")
      }
    }

    /// The runs that are meant.
    func filter(in repository: any RunRepository, until time: Int64? = nil) throws -> RunFilter {
      RunFilter(
        hosts: try named.names(in: repository), labels: named.pairs, until: time, asOf: time)
    }
  }

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Make a run its host's baseline, or the newest run of many hosts theirs.",
      discussion: """
        Example:
          benchtrail baseline set web-1@2026-11-23
          benchtrail baseline set --label env=prod
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var hosts: Hosts

    @Argument(
      help: ArgumentHelp(
        "The run (default: the newest of the hosts that are meant).", valueName: "run"),
      completion: .runs)
    var name: String?

    func validate() throws {
      try output.refuseGitHub()
      if name == nil, hosts.named.areAll, !hosts.all {
        throw ValidationError("Name a run, or hosts with '--host', '--label' or '--all'.")
      }
      if name != nil, hosts.all || !hosts.named.labels.isEmpty {
        throw ValidationError("A run excludes '--label' and '--all'.")
      }
    }

    func run() throws {
      let store = try store.openToWrite(policy.load(store.catalog.load()))
      let filter = try hosts.filter(in: store, until: asOf.end)
      let runs = try Failure.wording { try Baselines.set(name, filter, at: Host.now, in: store) }
      try BaselineCommand.write(runs, output)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "List the baselines.",
      discussion: """
        Example:
          benchtrail baseline show --host web-1
        """)

    @OptionGroup var question: QueryOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var hosts: HostOptions

    func run() throws {
      let asked = try question.open(hosts)
      var filter = asked.query.filter
      filter.isBaseline = true
      let runs = try Failure.wording { [filter] in try asked.repository.runs(filter) }
      try BaselineCommand.write(runs, output, asked.basis.unjudged)
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clear",
      abstract: "Take the mark from baselines; the runs stay.",
      discussion: """
        Example:
          benchtrail baseline clear --host web-1
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var hosts: Hosts

    func validate() throws {
      try output.refuseGitHub()
      if hosts.named.areAll, !hosts.all {
        throw ValidationError("Name hosts with '--host', '--label' or '--all'.")
      }
    }

    func run() throws {
      let store = try store.openToWrite(policy.load(store.catalog.load()))
      let filter = try hosts.filter(in: store)
      let runs = try Failure.wording { try Baselines.clear(filter, at: Host.now, in: store) }
      try output.write {
        RunsJSON(runs)
      } document: {
        var document = Document()
        document.paragraph(.init("\(runs.count) cleared"))
        return document
      }
    }
  }

  private static func write(
    _ runs: [RunSummary], _ output: OutputOptions, _ basis: Basis = Basis(isJudged: false)
  ) throws {
    try output.write(basis) {
      RunsJSON(runs)
    } document: {
      guard runs.isEmpty else { return RunReport.list(runs) }
      var document = Document()
      document.paragraph(
        .init("No baseline is set; 'benchtrail baseline set RUN' makes a run one."))
      return document
    }
  }
}

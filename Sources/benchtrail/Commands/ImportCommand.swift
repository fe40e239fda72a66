import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchInput
import BenchModel
import BenchReports
import BenchStorage

/// Imports logs.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Read logs and keep their runs.",
    discussion: """
      Text and JSON of docker-bench-security, Aqua docker-bench and kube-bench, plain or gzip, however \
      they were captured: tool and form are found out. A log that grew adds only its new runs. All files of a command are imported together or not at all; \
      files of a folder that hold no run are passed over with a warning.

      No log says which host it is from: name it, or let the path tell. The last two tools print no \
      time either: '--at' gives it, or the file's is taken.

      Example:
        benchtrail import samples/web-1 --host web-1 --label env=prod
        benchtrail import samples --host-from 'samples/{host}/*'
        benchtrail import /var/log/docker-bench.log --host web-1
        benchtrail import kube-bench.json --host node-1 --at 2026-11-23T03:00:00Z
        ssh web-1 sudo sh docker-bench-security.sh -b | benchtrail import - --host web-1
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: "Logs, folders of logs, or - for standard input.", completion: .file())
  var paths: [String]

  @Option(help: "The host of the runs (default: this machine's name).")
  var host: String?

  @Option(
    help: ArgumentHelp(
      "A pattern over the paths that tells the host, such as 'logs/{host}/*.log'.",
      valueName: "pattern"))
  var hostFrom: String?

  @Option(
    help: ArgumentHelp(
      "The time of runs whose log has none, in ISO 8601 (default: the file's).", valueName: "time"))
  var at: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("A label for the runs; may be repeated.", valueName: "key=value"))
  var labels: [Label] = []

  @Option(
    help: ArgumentHelp(
      "What the tool's -i, -x and -t limited the runs to, as in 'include=web,db exclude=test labels=tier'.",
      valueName: "scope"))
  var scope: RunScope?

  @Flag(help: "Say what would be imported, and change nothing.")
  var dryRun = false

  @Flag(help: "Take every warning for an error, and import nothing then.")
  var strict = false

  @Flag(help: "Judge the imported hosts by the policy's gate, and exit with 1 if it trips.")
  var gate = false

  func validate() throws {
    try output.refuseGitHub()
    if gate, dryRun { throw ValidationError("'--gate' and '--dry-run' exclude each other.") }
    guard host == nil || hostFrom == nil else {
      throw ValidationError("'--host' and '--host-from' exclude each other.")
    }
    if let hostFrom, HostPattern(hostFrom) == nil {
      throw ValidationError("'--host-from \(hostFrom)' must have '{host}' once.")
    }
    if host?.isEmpty == true { throw ValidationError("'--host' must not be empty.") }
    if let at, CivilTime(at) == nil {
      throw ValidationError(
        "'--at \(at)' is no time such as 2025-01-12T03:00:00Z or 2025-01-12.")
    }
  }

  func run() throws {
    let policy = try policy.load()
    var store =
      try dryRun && !LogFile.exists(store.location)
      ? Failure.wording { try RunStore() } : store.openOrCreate()
    store.hostNames = policy.hostNames
    let hosts: LogReading.Hosts =
      (hostFrom ?? (host == nil ? policy.hostFrom : nil)).flatMap { HostPattern($0) }.map {
        .pattern($0)
      } ?? .name(host ?? Host.name)
    let reading = LogReading(
      entries: LogFiles.entries(paths), hosts: hosts, at: at.flatMap { CivilTime($0)?.seconds },
      scope: scope ?? .whole)
    let session = ImportSession(
      reading, labels: labels.map { ($0.key, $0.value) }, isStrict: strict)
    do {
      try Failure.wording {
        try store.write(isDryRun: dryRun) { try session.store(into: $0) }
      }
    } catch is ImportSession.Refused {
      // What is wrong is reported below.
    }
    session.progress.finish()
    let isKept = !dryRun && !session.isRefused
    let changes = isKept ? try Failure.wording { try session.changes(in: store) } : []
    let judged =
      gate && isKept
      ? try judge(store, policy, hosts: Set(session.runs.map { store.hostNames.current($0.host) }))
      : nil
    try output.write {
      ImportJSON(session.runs, changes, session.problems, gate: judged?.gate, isDryRun: dryRun)
    } document: {
      var document =
        session.isRefused
        ? Document() : ImportReport.document(session.runs, changes, isDryRun: dryRun)
      if let judged { document.append(GateReport.document(judged.gate)) }
      return document
    }
    // The document for programs has them.
    if output.format != .json { session.reportProblems() }
    if session.isRefused {
      if output.format != .json { Output.error("benchtrail: nothing was changed") }
      throw ExitCode(Failure.unreadable)
    }
    if let judged {
      GateOutput.reportWithoutBase(judged)
      if let code = judged.exitCode { throw ExitCode(code) }
    }
  }

  /// Leads the hosts of the import through the gate.
  private func judge(
    _ store: RunStore, _ policy: Policy, hosts: Set<String>
  ) throws -> GateReading {
    let time = self.policy.time
    var reading = GateReading(
      gate: Gate(policy.thresholds, Judgement(policy, at: time), time: time),
      needsBase: policy.thresholds.newFailures)
    try Failure.wording {
      for host in hosts.sorted() {
        try store.history(HistoryFilter(host: host)) { try reading.read($0) }
      }
    }
    return reading
  }
}

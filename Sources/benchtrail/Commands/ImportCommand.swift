import BenchAnalysis
import ArgumentParser
import BenchInput
import BenchModel
import BenchReports
import BenchService

/// Imports logs.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Read logs and keep their runs.",
    discussion: """
      Text and JSON of docker-bench-security, Aqua docker-bench and kube-bench, plain or gzip, however \
      they were captured: tool and form are detected. A log that grew adds only its new runs. All files \
      of a command are imported together or not at all; \
      files of a folder without a run are skipped with a warning.

      The tools print no host: name it, or let the path tell. Where a capture names hosts, as 'kubectl \
      logs --prefix', journald and Ansible do, the log is split by them. Where nobody names a host and the \
      folders or files look like those of several, nothing is imported, and the pattern that fits is printed. The last two tools print no \
      time either: '--at' gives it, or the capture's is taken, or the file's. Runs that have one time stand in the \
      order of their files' names and of their places there, and a warning says so.

      Example:
        benchtrail import samples/web-1 --host web-1 --label env=prod
        benchtrail import samples --host-from 'samples/{host}/*'
        benchtrail import /var/log/docker-bench.log --host web-1
        benchtrail import kube-bench.json --host node-1 --at 2026-11-23T03:00:00Z
        ssh web-1 sudo sh docker-bench-security.sh -b | benchtrail import - --host web-1
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: "Logs, folders of logs, or - for standard input.", completion: .file())
  var paths: [String]

  @Option(
    help: "The host of the runs (default: BENCHTRAIL_HOST, else this machine's name).",
    completion: .hosts)
  var host: String?

  @Option(
    help: ArgumentHelp(
      "A pattern over the paths that tells the host, such as 'logs/{host}/*.log'.",
      valueName: "pattern"))
  var hostFrom: String?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Take the hosts that the log names (default: where it names several, or no host is given)."))
  var hostFromLog: Bool?

  @Option(
    help: ArgumentHelp(
      "The time of runs whose log has none, in ISO 8601 (default: the file's).", valueName: "time"))
  var at: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("A label for the runs; may be repeated.", valueName: "key=value"),
    completion: .labels)
  var labels: [Label] = []

  @Option(
    help: ArgumentHelp(
      "What the tool's -i, -x and -t limited the runs to, as in 'include=web,db exclude=test labels=tier'; 'whole' takes that back.",
      valueName: "scope"))
  var scope: RunScope?

  @Flag(
    help: "Keep what the logs say, and not the logs; a later version can't read them again then.")
  var noEvidence = false

  @Flag(help: "Say what would be imported, and change nothing.")
  var dryRun = false

  @Flag(help: "Treat warnings as errors: with one, nothing is imported.")
  var strict = false

  @Flag(help: "Judge the imported hosts by the policy's gate, and exit with 1 if it fails.")
  var gate = false

  func validate() throws {
    try output.refuseGitHub()
    if asOf.text != nil, !gate { throw ValidationError("'--as-of' goes with '--gate'.") }
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
    if let at, let time = CivilTime(at), !CivilTime.isPlausible(time.seconds) {
      throw ValidationError("'--at \(at)' is before 2013, and no bench tool is that old.")
    }
  }

  func run() throws {
    let policy = try policy.load(store.catalog.load())
    let store = try store.openToImport(policy, isDryRun: dryRun, mode: output.mode)
    let inForce =
      gate
      ? try self.policy.inForce(at: asOf.pastTime, policy.catalog, in: store)
      : PolicyInForce(policy)
    let now = Host.now
    // Who names a pattern does not mean the variable.
    let host = host ?? (hostFrom == nil ? Output.environment("BENCHTRAIL_HOST") : nil)
    let hosts: LogReading.Hosts =
      (hostFrom ?? (host == nil ? policy.hostFrom : nil)).flatMap { HostPattern($0) }.map {
        .pattern($0)
      } ?? host.map { .name(NameBytes.distinct(NameBytes.bytes($0))) } ?? .local(Host.name)
    let reading = LogReading(
      LogFiles.entries(paths), hosts: hosts,
      fromLog: hostFromLog.map { $0 ? .always : .never } ?? .automatic,
      at: at.flatMap { CivilTime($0)?.seconds },
      scope: scope, now: now, keepsEvidence: !noEvidence, policy.catalog)
    let progress = Progress()
    let result = try Failure.wording {
      try ImportLogs(
        reading, labels: labels.map { ($0.key, $0.value) }, isStrict: strict, isDryRun: dryRun,
        gate: gate
          ? HostQuery(
            asOf: asOf.end, policy: inForce.policy, time: asOf.time) : nil
      ).run(
        into: store, refreshing: { progress.note(logs: $0) },
        progress: { progress.note(files: $0, runs: $1) })
    }
    progress.finish()
    if let renewal = result.renewal { Output.noteRenewal(renewal) }
    let problems = result.notices.map(ImportProblem.init)
    try output.write(gate ? asOf.basis(inForce.source) : Basis(isJudged: false)) {
      ImportJSON(result.runs, result.changes, problems, gate: result.gate, isDryRun: dryRun)
    } document: {
      var document =
        result.isRefused
        ? Document() : ImportReport.document(result.runs, result.changes, isDryRun: dryRun)
      if let gate = result.gate { document.append(GateReport.document(gate)) }
      return document
    }
    // The document for programs has them.
    if output.form != .json { Self.report(problems) }
    if result.isRefused {
      if output.form != .json { Output.error("benchtrail: nothing was changed") }
      throw ExitCode(Failure.unreadable)
    }
    if let code = result.gate?.exitCode { throw ExitCode(code) }
  }

  /// More problems than these are counted and not printed.
  private static let mostPrinted = 20

  /// Prints what was noticed to standard error, errors first.
  private static func report(_ problems: [ImportProblem]) {
    let sorted =
      problems.filter { $0.severity == .error } + problems.filter { $0.severity != .error }
    for problem in sorted.prefix(mostPrinted) {
      let place = problem.line > 0 ? "\(problem.path):\(problem.line)" : problem.path
      Output.error("\(place): \(problem.severity.name): \(problem.message)")
    }
    if sorted.count > mostPrinted {
      Output.error("and \(sorted.count - mostPrinted) more; '--format json' lists all")
    }
  }
}

extension ImportProblem {
  /// Words what an import noticed.
  init(_ notice: ImportNotice) {
    self.init(
      path: notice.path, line: notice.line, severity: notice.severity,
      message: Failure.words(notice.kind))
  }
}

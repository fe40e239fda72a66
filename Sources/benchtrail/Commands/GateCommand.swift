import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchService

/// Stops a pipeline when a host misses a threshold.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "For CI: exit with 1 when the gate fails, and print every reason.",
    discussion: """
      Judges the newest run of every host, or of '--host', or the run that is named, by 'gate' in \
      the policy; a flag counts in place of its key, also to switch it off. New failures are \
      measured against the host's baseline, or, without one, the run before. What a run left out is \
      still open, and a failure without a severity counts as the worst.

      Every host is judged, and passed, failed or is not measurable. Exit codes, by the worst host: \
      0 all passed, 1 one failed, 3 none failed and one has nothing comparable that new failures could \
      be measured against, 2 the input or the policy can't be read. A host's first run has nothing \
      earlier to be measured against; it passes, and is named, unless '--first-run' says otherwise.

      Without any threshold there is nothing to judge by: that is said, and with '--quiet' it is an \
      error (64). 'benchtrail policy init' makes a policy whose gate begins with today's numbers.

      Example:
        benchtrail gate --host web-1 --severity critical
        benchtrail gate --new-failures --format github
        benchtrail import bench.log --gate
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var thresholds: ThresholdOptions

  @Argument(
    help: ArgumentHelp("The run (default: the newest of each host).", valueName: "run"),
    completion: .runs)
  var name: String?

  @Option(
    help: ArgumentHelp(
      "What new failures are measured against (default: baseline, else the run before).",
      valueName: "run"), completion: .runs)
  var base: String?

  @Flag(name: .shortAndLong, help: "Print nothing when all is well.")
  var quiet = false

  func run() throws {
    let asked = try question.open(hosts)
    let (repository, query) = (asked.repository, asked.query)
    let thresholds = thresholds.merged(with: query.policy.thresholds)
    // What prints nothing must have judged something.
    if quiet, thresholds.isEmpty { throw Failure.noThreshold(policy: question.policy.location) }
    let gate = try Failure.wording {
      try GateHosts(query, thresholds: thresholds, run: name, base: base).run(in: repository)
    }
    try GateOutput.write(gate, output, asked.basis, isQuiet: quiet)
    if let code = gate.exitCode { throw ExitCode(code) }
  }
}

extension Gate {
  /// What the process ends with; nil if all hosts passed.
  var exitCode: Int32? {
    switch state {
    case .passed: nil
    case .tripped: Failure.tripped
    case .notMeasurable: Failure.incomparable
    }
  }
}

/// Prints what the gate says.
enum GateOutput {
  static func write(
    _ gate: Gate, _ output: OutputOptions, _ basis: Basis, isQuiet: Bool
  ) throws {
    if isQuiet, gate.state == .passed { return }
    if output.form == .github { return Output.write(GateReport.annotations(gate)) }
    try output.write(basis) {
      GateJSON(gate)
    } document: {
      GateReport.document(gate)
    }
  }
}

/// Thresholds as flags.
struct ThresholdOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Fail on failures that are new or regressed, or don't.")
  var newFailures: Bool?

  @Option(help: "Fail on any open failure of this severity or above.")
  var severity: Severity?

  @Option(help: ArgumentHelp("Fail below this share of passes.", valueName: "percent"))
  var compliance: Double?

  @Option(help: ArgumentHelp("The most open failures of severity critical.", valueName: "count"))
  var maxCritical: Int?

  @Option(help: ArgumentHelp("The most open failures of severity high.", valueName: "count"))
  var maxHigh: Int?

  @Option(help: ArgumentHelp("The most open failures of severity medium.", valueName: "count"))
  var maxMedium: Int?

  @Option(help: ArgumentHelp("The most open failures of severity low.", valueName: "count"))
  var maxLow: Int?

  @Flag(inversion: .prefixedNo, help: "Fail on checks that no edition knows, or don't.")
  var unmapped: Bool?

  @Flag(inversion: .prefixedNo, help: "Fail on a run that is not whole, or don't.")
  var incomplete: Bool?

  @Option(help: ArgumentHelp("The most days since the newest run.", valueName: "days"))
  var staleDays: Int?

  @Flag(
    inversion: .prefixedNo, help: "Fail on manual controls whose attestation has lapsed, or don't.")
  var lapsedAttestations: Bool?

  @Option(
    help: ArgumentHelp(
      "How '--new-failures' takes a host's first run, which nothing earlier can be measured against: report (pass it, and name it), pass, or fail (exit with 3). Default: report.",
      valueName: "word"))
  var firstRun: FirstRun?

  func validate() throws {
    if let compliance, !(0...100).contains(compliance) {
      throw ValidationError("'--compliance \(compliance)' must be from 0 to 100.")
    }
    for (name, value) in [
      ("max-critical", maxCritical), ("max-high", maxHigh), ("max-medium", maxMedium),
      ("max-low", maxLow), ("stale-days", staleDays),
    ] {
      if let value, !(0...1_000_000).contains(value) {
        throw ValidationError("'--\(name) \(value)' must be from 0 to a million.")
      }
    }
  }

  /// The policy's thresholds, with the flags in place of its keys.
  func merged(with policy: Thresholds) -> Thresholds {
    var merged = policy
    merged.newFailures = newFailures ?? policy.newFailures
    merged.severity = severity ?? policy.severity
    merged.compliance = compliance ?? policy.compliance
    for (severity, most) in [
      (Severity.critical, maxCritical), (.high, maxHigh), (.medium, maxMedium), (.low, maxLow),
    ] {
      if let most { merged.counts[severity] = most }
    }
    merged.unmapped = unmapped ?? policy.unmapped
    merged.incomplete = incomplete ?? policy.incomplete
    merged.staleDays = staleDays ?? policy.staleDays
    merged.lapsedAttestations = lapsedAttestations ?? policy.lapsedAttestations
    merged.firstRun = firstRun ?? policy.firstRun
    return merged
  }
}

extension FirstRun: ExpressibleByArgument {}

extension Severity: ExpressibleByArgument {
  /// Reads a severity by its name.
  package init?(argument: String) { self.init(name: argument) }

  /// The names that help and completions offer.
  package static var allValueStrings: [String] { descending.map(\.name) }
}

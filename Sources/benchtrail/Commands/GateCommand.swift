import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchReports
import BenchStorage

/// Stops a pipeline when a policy is broken.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "For CI: exit with 1 when the policy is broken, and say why.",
    discussion: """
      Judges the newest run of every host, or of '--host', or the run that is named, by 'gate' in \
      the policy; a flag counts in place of its key. New failures are measured against the host's \
      baseline, or, without one, the run before. What a run left out is still open, and a failure \
      without a severity counts as the worst.

      Exit codes: 0 fine, 1 tripped, 2 the input or the policy can't be read, 3 there is nothing \
      that new failures could be measured against.

      Example:
        benchtrail gate --host web-1 --severity critical
        benchtrail gate --new-failures --format github
        benchtrail import bench.log --gate
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var thresholds: ThresholdOptions

  @Argument(
    help: ArgumentHelp("The run (default: the newest of each host).", valueName: "run"))
  var name: String?

  @Option(help: "Only this host.")
  var host: String?

  @Option(
    help: ArgumentHelp(
      "What new failures are measured against (default: baseline, else the run before).",
      valueName: "run"))
  var base: String?

  @Flag(name: .shortAndLong, help: "Print nothing when all is well.")
  var quiet = false

  func run() throws {
    let policy = try policy.load()
    let store = try store.open(policy)
    let thresholds = thresholds.merged(with: policy.thresholds)
    let result = try Failure.wording {
      var reading = GateReading(
        gate: Gate(thresholds, Judgement(policy, at: self.policy.time), time: self.policy.time),
        needsBase: thresholds.newFailures)
      var filter = HistoryFilter(host: host, until: self.policy.asOfTime)
      if let name {
        let named = try store.run(store.run(named: name, host: host)).summary
        filter = HistoryFilter(host: named.host, until: named.startedAt)
      }
      if let base {
        reading.base = try store.run(store.run(named: base, host: host))
      }
      try store.history(filter) { try reading.read($0) }
      return reading
    }
    guard result.gate.hosts > 0 else {
      throw Failure("there is no run to judge\(host.map { ": the host '\($0)' has none" } ?? "")")
    }
    try GateOutput.write(result, output, isQuiet: quiet)
    if let code = result.exitCode { throw ExitCode(code) }
  }
}

/// Thresholds as flags.
struct ThresholdOptions: ParsableArguments {
  @Flag(help: "Trip on failures that are new or regressed.")
  var newFailures = false

  @Option(help: "Trip on any open failure of this severity or above.")
  var severity: Severity?

  @Option(help: ArgumentHelp("Trip below this share of passes.", valueName: "percent"))
  var compliance: Double?

  @Option(help: ArgumentHelp("The most open failures of severity critical.", valueName: "count"))
  var maxCritical: Int?

  @Option(help: ArgumentHelp("The most open failures of severity high.", valueName: "count"))
  var maxHigh: Int?

  @Option(help: ArgumentHelp("The most open failures of severity medium.", valueName: "count"))
  var maxMedium: Int?

  @Option(help: ArgumentHelp("The most open failures of severity low.", valueName: "count"))
  var maxLow: Int?

  @Flag(help: "Trip on checks that no edition knows.")
  var unmapped = false

  @Flag(help: "Trip on a run that is not whole.")
  var incomplete = false

  @Option(help: ArgumentHelp("The most days since the newest run.", valueName: "days"))
  var staleDays: Int?

  @Flag(help: "Trip on manual controls whose attestation has lapsed.")
  var lapsedAttestations = false

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
    merged.newFailures = newFailures || policy.newFailures
    merged.severity = severity ?? policy.severity
    merged.compliance = compliance ?? policy.compliance
    for (severity, most) in [
      (Severity.critical, maxCritical), (.high, maxHigh), (.medium, maxMedium), (.low, maxLow),
    ] {
      if let most { merged.counts[severity] = most }
    }
    merged.unmapped = unmapped || policy.unmapped
    merged.incomplete = incomplete || policy.incomplete
    merged.staleDays = staleDays ?? policy.staleDays
    merged.lapsedAttestations = lapsedAttestations || policy.lapsedAttestations
    return merged
  }
}

extension Severity: ExpressibleByArgument {
  /// Reads a severity by its name.
  package init?(argument: String) { self.init(name: argument) }

  /// The names that help and completions offer.
  package static var allValueStrings: [String] { descending.map(\.name) }
}

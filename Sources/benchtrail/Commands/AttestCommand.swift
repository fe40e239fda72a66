import ArgumentParser
import BenchAnalysis
import BenchModel
import BenchPolicy
import BenchService

/// Decides a manual check: adds an attestation to the policy.
struct AttestCommand: ParsableCommand {
  /// What a person can decide.
  enum Decision: String, ExpressibleByArgument, CaseIterable {
    case pass, fail, notApplicable

    var outcome: Outcome {
      switch self {
      case .pass: .pass
      case .fail: .fail
      case .notApplicable: .notApplicable
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "attest",
    abstract: "Decide a manual check: add an attestation to benchtrail.yaml.",
    discussion: """
      The decision counts from the day on which it was made until the last day, and only where the \
      tool leaves the check to a person. The policy keeps its comments and its order; where there is \
      none, one is made.

      Example:
        benchtrail attest host-hardened --decision pass --by J --reason ok --until 9w
        benchtrail attest host-hardened --decision pass --host 'web-*' --until 2026-12-31 \
      --by 'J. Doe' --reason 'Built from our hardened image'
      """)

  @Argument(
    help: ArgumentHelp(
      "A control's slug, or an id that means one control in every edition.", valueName: "control"),
    completion: .controls)
  var control: String

  @OptionGroup var entry: EntryOptions

  @Option(help: "What was decided: pass, fail or notApplicable.")
  var decision: Decision

  @Option(help: "Who decided.")
  var by: String

  func run() throws {
    let catalog = try entry.store.catalog.load()
    let coverage = entry.coverage(.control(try EntryOptions.control(control, catalog)))
    let attestation = Attestation(
      coverage: coverage, decision: decision.outcome, by: by, reason: entry.reason,
      end: entry.end, accepted: entry.start)
    let isDayGiven = entry.accepted != nil
    try entry.add(
      EntryOptions.Addition(
        kind: "attestation", coverage: coverage,
        verb: "is attested as \(attestation.decision.name)", covered: "undecided check",
        change: { bytes, catalog throws(PolicyEditError) in
          try PolicyChange.adding(attestation, to: bytes, catalog, isDayGiven: isDayGiven)
        },
        reach: { query in
          try entry.reach(query) { try $0.reach(of: attestation, in: $1) }
        }))
  }
}

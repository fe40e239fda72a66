import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchPolicy
import BenchService

/// Accepts a risk: adds a waiver to the policy.
struct WaiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Accept a risk: add a waiver to benchtrail.yaml.",
    discussion: """
      The failures stay in every report, are counted apart, and don't trip the gate, from the day of \
      acceptance until the last day. The policy keeps its comments and its order; where there is none, \
      one is made. 'severity:low' and 'stride:spoofing' accept all of a kind.

      Example:
        benchtrail waive image-user-created --until 90d --owner ops --reason 'A lab'
        benchtrail waive container-no-docker-sock --host 'web-*' --item log-shipper \
      --until 2026-12-31 --owner 'platform team' --ticket SEC-12 --reason 'Reads logs'
      """)

  @Argument(
    help: ArgumentHelp(
      "A control's slug, or an id that means one control in every edition.", valueName: "control"),
    completion: .controls)
  var control: String

  @OptionGroup var entry: EntryOptions

  @Option(
    name: .customLong("item"),
    help: ArgumentHelp(
      "A pattern over items, such as a container's name; again for more (default: the whole finding).",
      valueName: "glob"))
  var items: [String] = []

  @Option(help: "Who accepts the risk.")
  var owner: String

  @Option(help: "The ticket that is about it.")
  var ticket: String?

  func run() throws {
    let coverage = entry.coverage(try subject(entry.store.catalog.load()))
    let waiver = Waiver(
      coverage: coverage, items: EntryOptions.globs(items), reason: entry.reason, owner: owner,
      ticket: ticket, end: entry.end, accepted: entry.start)
    let isDayGiven = entry.accepted != nil
    try entry.add(
      EntryOptions.Addition(
        kind: "waiver", coverage: coverage, verb: "is accepted", covered: "open failure",
        change: { bytes, catalog throws(PolicyEditError) in
          try PolicyChange.adding(waiver, to: bytes, catalog, isDayGiven: isDayGiven)
        },
        reach: { query in
          try entry.reach(query) { try $0.reach(of: waiver, in: $1) }
        }))
  }

  /// What the waiver is about.
  private func subject(_ catalog: Catalog) throws -> Coverage.Subject {
    guard let colon = control.firstIndex(of: ":") else {
      return .control(try EntryOptions.control(control, catalog))
    }
    let word = control[control.index(after: colon)...].lowercased()
    switch control[..<colon] {
    case "severity":
      guard let severity = Severity(name: word) else {
        throw Failure(
          "'\(control)': use "
            + Choices.list(Severity.descending.map { "severity:\($0.name)" }),
          code: Failure.usage)
      }
      return .severity(severity)
    case "stride":
      guard let category = Stride(name: word) else {
        throw Failure(
          "'\(control)': use " + Choices.list(Stride.allCases.map { "stride:\($0.name)" }),
          code: Failure.usage)
      }
      return .stride(category)
    default: return .control(try EntryOptions.control(control, catalog))
    }
  }
}

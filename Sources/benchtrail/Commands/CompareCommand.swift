import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchReports
import BenchStorage

/// Compares two runs.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two runs: what got worse, what was fixed.",
    discussion: """
      Without runs, the latest run is compared with the one of the same host before it; with one, \
      that run with the latest of its host. Runs of different hosts are compared only when both \
      are named.

      What another version of the tool judges by another criterion is shown apart. The exit code \
      is 0 whatever changed.

      Example:
        benchtrail compare web-1@2025-01-12 web-1
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The run before: latest~1, a host, host@date, baseline, or an id's beginning.")
  var base: String?

  @Argument(help: "The run after.")
  var head: String?

  @Option(help: "The host that 'latest' and 'baseline' are limited to.")
  var host: String?

  @Flag(name: .shortAndLong, help: "Also list failures that stayed, and what only one run has.")
  var verbose = false

  func run() throws {
    let store = try store.open()
    let (base, head) = try Failure.wording { try runs(store) }
    guard base.summary.release.tool.system == head.summary.release.tool.system else {
      throw Failure(
        "the runs cannot be compared: one is of \(base.summary.release.tool), the other of "
          + "\(head.summary.release.tool)", code: Failure.incomparable)
    }
    let comparison = Comparison(
      from: ComparedRun(base), to: ComparedRun(head), criteria: .embedded,
      isKnown: EditionIndex.has)
    guard comparison.isMeaningful else {
      throw Failure(
        "the runs cannot be compared: no check of \(base.summary.release.edition ?? "the first") is one of "
          + "\(head.summary.release.edition ?? "the second")", code: Failure.incomparable)
    }
    try output.write {
      ComparisonJSON(base.summary, head.summary, comparison)
    } document: {
      ComparisonReport.document(base.summary, head.summary, comparison, isVerbose: verbose) {
        Controls.embedded.control($0)
      }
    }
  }

  private func runs(_ store: RunStore) throws -> (base: StoredRun, head: StoredRun) {
    if let base, let head {
      return try (
        store.run(store.run(named: base, host: host)), store.run(store.run(named: head, host: host))
      )
    }
    if let base {
      let first = try store.run(store.run(named: base, host: host))
      let latest = try store.run(named: "latest", host: first.summary.host)
      guard latest != first.summary.id else {
        throw Failure(
          "the runs cannot be compared: '\(base)' is the latest run of \(first.summary.host) itself; "
            + "name a run after it", code: Failure.incomparable)
      }
      return try (first, store.run(latest))
    }
    let latest = try store.run(named: "latest", host: host)
    let last = try store.run(latest)
    guard let before = try store.run(before: latest) else {
      throw Failure(
        "the runs cannot be compared: \(last.summary.host) has only one run; import another, or name "
          + "two runs", code: Failure.incomparable)
    }
    return try (store.run(before), last)
  }
}

import ArgumentParser
import BenchAnalysis
import BenchStorage

/// Which hosts a report is of.
struct HostOptions: ParsableArguments {
  @Option(help: "Only this host.")
  var host: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "key=value"))
  var labels: [Label] = []

  /// Which runs are read.
  func filter(until time: Int64?) -> HistoryFilter {
    HistoryFilter(host: host, labels: labels.map { ($0.key, $0.value) }, until: time)
  }

  /// That there is nothing to read.
  var noRuns: Failure {
    Failure(
      host.map { "the host '\($0)' has no runs; 'benchtrail runs' lists them" }
        ?? "there are no such runs; 'benchtrail runs' lists what there is")
  }

  /// Calls a closure with each host and what is known of it.
  ///
  /// - Throws: ``Failure``
  func forEach(
    _ store: StoreOptions, _ options: PolicyOptions, _ policy: Policy,
    base: HostReading.Base? = nil,
    _ body: (
      RunHistory.Host, HostReading, HostFindings, _ before: HostFindings?
    ) throws -> Void
  ) throws {
    let store = try store.open(policy)
    var count = 0
    try Failure.wording {
      try store.history(filter(until: options.asOfTime)) { history in
        let reading = HostReading(history)
        try reading.forEach(base: base) { host, findings, before in
          count += 1
          try body(host, reading, findings, before)
        }
      }
    }
    guard count > 0 else { throw noRuns }
  }
}

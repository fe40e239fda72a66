import ArgumentParser
import BenchAnalysis
import BenchExports
import BenchModel
import BenchStorage

/// Writes what is known for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the newest findings in a format that other programs read.",
    discussion: """
      json and ndjson have everything; csv is for spreadsheets; sarif for code scanning ('--for \
      github' keeps to GitHub's limits); junit for GitLab and Jenkins; openmetrics for Prometheus; \
      defectdojo, ocsf and hdf (Heimdall) for the systems of these names. The same database gives \
      the same bytes.

      Example:
        benchtrail export --format sarif --for github -o bench.sarif
        benchtrail export --format openmetrics -o /var/lib/node_exporter/benchtrail.prom
        benchtrail export --format csv --host web-1
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var hosts: HostOptions

  @Option(
    help: "The format: json, ndjson, csv, sarif, junit, openmetrics, defectdojo, ocsf, hdf.")
  var format = ExportFormat.json

  @Option(name: .customLong("for"), help: "Who it is for, where that takes less: github.")
  var consumer: ExportConsumer?

  @Option(
    name: .shortAndLong, help: "The file to write, whole or not at all.", completion: .file())
  var output: String?

  func validate() throws {
    do { _ = try format.exporter(for: consumer) } catch {
      throw ValidationError("'--for' goes with '--format sarif'.")
    }
  }

  func run() throws {
    let policy = try policy.load()
    let judgement = Judgement(policy, at: self.policy.time)
    var exporter = try format.exporter(for: consumer)
    let file = try OutputFile(output)
    var problem: (any Error)?
    var hasBegun = false
    let context = { (reading: HostReading) in
      // Not the clock's time: the same database gives the same bytes.
      ExportContext(
        toolVersion: Benchtrail.version,
        time: self.policy.asOfTime ?? reading.history.span.upperBound,
        policyPath: self.policy.location)
    }
    try hosts.forEach(store, self.policy, policy) { host, reading, findings, _ in
      guard problem == nil else { return }
      let comparisons = try reading.comparisons(of: host)
      let exported = try ExportHost(
        findings, judgement, comparisons: comparisons, summary: reading.history.summary)
      // The database's errors are worded elsewhere than the file's.
      do {
        if !hasBegun { try exporter.begin(context(reading), file.write) }
        hasBegun = true
        try exporter.add(exported, file.write)
      } catch {
        problem = error
      }
    }
    if let problem { throw Self.worded(problem) }
    do { try exporter.end(file.write) } catch { throw Self.worded(error) }
    try file.finish()
  }

  private static func worded(_ error: any Error) -> any Error {
    switch error {
    case ExportError.tooManyHosts(let limit):
      Failure(
        "the consumer takes at most \(limit) hosts in a file; choose some with '--host' or '--label'"
      )
    default: error
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
extension ExportConsumer: ExpressibleByArgument {}

import ArgumentParser
import BenchAnalysis
import BenchExports
import BenchReports
import BenchService

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

  @OptionGroup var question: QueryOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

  @Option(
    help:
      "The format: json, ndjson, csv, sarif, junit, openmetrics, defectdojo, ocsf, hdf; the file's name or BENCHTRAIL_FORMAT may tell it."
  )
  var format = ExportFormat.json

  @Option(name: .customLong("for"), help: "Who it is for, where that takes less: github.")
  var consumer: ExportConsumer?

  @Option(
    name: .shortAndLong,
    help: "The file to write, whole or not at all; its name tells the format, such as .csv.",
    completion: .file())
  var output: String?

  func validate() throws {
    do { _ = try format.exporter(for: consumer) } catch {
      throw ValidationError("'--for' goes with '--format sarif'.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    let file = try OutputFile(output)
    let export = WriteExport(
      query, format: format, for: consumer, toolVersion: Benchtrail.version,
      policyPath: asked.basis.policy?.path)
    do {
      try Failure.wording { try export.run(in: repository, file.write) }
    } catch {
      throw Self.worded(error)
    }
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

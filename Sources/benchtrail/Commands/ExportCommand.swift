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
      github' keeps to GitHub's limits); junit for GitLab and Jenkins; codequality for \
      GitLab's merge requests; openmetrics for Prometheus; \
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
      "The format: json, ndjson, csv, sarif, junit, codequality, openmetrics, defectdojo, ocsf, hdf; the file's name or BENCHTRAIL_FORMAT may tell it."
  )
  var format = ExportFormat.json

  @Option(name: .customLong("for"), help: "Who it is for, where that takes less: github.")
  var consumer: ExportConsumer?

  @Flag(
    name: .customLong("defectdojo-accept"),
    help: "Send what is accepted as accepted in DefectDojo, not as active with a tag.")
  var sendsAcceptance = false

  @Option(
    help:
      "Which metrics: summary (counts per host), controls (each control too), items (counts by section and STRIDE category too). Default: items, and summary for more than 200 hosts."
  )
  var metrics: ExportMetrics?

  @Option(
    name: .shortAndLong,
    help: "The file to write, whole or not at all; its name tells the format, such as .csv.",
    completion: .file())
  var output: String?

  @OptionGroup var permissions: ModeOptions

  func validate() throws {
    do { _ = try format.exporter(for: consumer) } catch {
      throw ValidationError("'--for' goes with '--format sarif'.")
    }
    if sendsAcceptance, format != .defectdojo {
      throw ValidationError("'--defectdojo-accept' goes with '--format defectdojo'.")
    }
    if metrics != nil, !format.isOfNumbers {
      throw ValidationError("'--metrics' goes with '--format openmetrics'.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let (repository, query) = (asked.repository, asked.query)
    let file = try OutputFile(output, mode: permissions.mode)
    let export = WriteExport(
      query, format: format, for: consumer, sendsAcceptance: sendsAcceptance, metrics: metrics,
      toolVersion: Benchtrail.version,
      policyPath: asked.basis.policy?.path)
    let notices: [String]
    do {
      notices = try Failure.wording { try export.run(in: repository, file.write) }
    } catch {
      throw Self.worded(error)
    }
    try file.finish()
    for notice in notices { Output.error("benchtrail: \(notice)") }
  }

  private static func worded(_ error: any Error) -> any Error {
    switch error {
    case ExportError.tooManyHosts(let limit):
      Failure(
        "the consumer takes at most \(limit) hosts in a file; choose some with '--host' or '--label'"
      )
    case ExportError.tooLarge(let megabytes):
      Failure(
        "the consumer takes at most \(megabytes) MB, compressed; choose fewer hosts with '--host' or '--label'"
      )
    default: error
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
extension ExportConsumer: ExpressibleByArgument {}
extension ExportMetrics: ExpressibleByArgument {}

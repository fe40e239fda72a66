/// Writes what is known of hosts in a format that another program reads.
///
/// Host after host is added, so that a fleet takes no more memory than its largest host; ``OpenMetricsExporter`` keeps
/// some numbers of each, and ``HDFExporter`` the names and the first host. The same input gives the same bytes.
package protocol Exporter {
  /// Begins the file; called once, first.
  ///
  /// - Throws: What the sink throws.
  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws

  /// Adds a host.
  ///
  /// - Throws: ``ExportError`` or what the sink throws.
  mutating func add(_ host: ExportHost, _ write: ExportSink) throws

  /// Ends the file; called once, last.
  ///
  /// - Throws: What the sink throws.
  mutating func end(_ write: ExportSink) throws

  /// What was left out because the consumer takes no more, in sentences for whoever exports; whole at the end.
  var notices: [String] { get }
}

extension Exporter {
  package var notices: [String] { [] }
}

/// What an export has to know beside the hosts.
package struct ExportContext: Sendable {
  /// BenchTrail's version.
  package var toolVersion: String
  /// The time of the export, in seconds since 1970: given rather than asked of the clock, so that bytes can repeat.
  package var time: Int64
  /// The file that waivers and attestations are from.
  package var policyPath: String?

  /// Creates a context.
  package init(toolVersion: String, time: Int64, policyPath: String? = nil) {
    self.toolVersion = toolVersion
    self.time = time
    self.policyPath = policyPath
  }
}

/// Who an export is for, where a consumer takes less than its format allows.
package enum ExportConsumer: String, Sendable, CaseIterable {
  case github
}

/// Which metrics an export has of each host.
package enum ExportMetrics: String, Sendable, CaseIterable {
  /// Counts per host alone.
  case summary
  /// The same, and each control.
  case controls
  /// Counts per host, by section and STRIDE category too.
  case items

  /// The most hosts that have ``items`` where nobody chose.
  package static let detailLimit = 200

  /// What so many hosts have where nobody chose.
  package static func usual(of hosts: Int) -> Self { hosts > detailLimit ? .summary : .items }
}

/// Why an export can't be written.
package enum ExportError: Error, Hashable {
  /// The consumer takes only so many hosts in one file.
  case tooManyHosts(limit: Int)
  /// The consumer takes only a file of so many megabytes, compressed, and several hosts are more.
  case tooLarge(megabytes: Int)
  /// The format has no variant for the consumer.
  case notFor(ExportConsumer, ExportFormat)
}

/// A format that other programs read.
package enum ExportFormat: String, Sendable, CaseIterable {
  case json
  case ndjson
  case csv
  case sarif
  case junit
  case codequality
  case openmetrics
  case defectdojo
  case ocsf
  case hdf

  /// Whether the numbers of a host are enough.
  package var isOfNumbers: Bool { self == .openmetrics }

  /// The ending that a file of the format has, without the dot.
  package var fileExtension: String {
    switch self {
    case .json, .codequality, .defectdojo, .hdf: "json"
    case .ndjson, .ocsf: "ndjson"
    case .csv: "csv"
    case .sarif: "sarif"
    case .junit: "xml"
    // The only ending that node_exporter's textfile collector reads.
    case .openmetrics: "prom"
    }
  }

  /// An exporter of the format.
  ///
  /// - Parameters:
  ///   - consumer: Who the file is for; nil for whoever reads the format.
  ///   - sendsAcceptance: Whether DefectDojo gets what the team accepted as accepted, rather than as active with a tag.
  ///   - metrics: Which metrics it has, if it is of metrics; nil for what is usual for so many hosts.
  /// - Returns: An exporter that nothing has been added to.
  /// - Throws: ``ExportError/notFor(_:_:)``, if the format has no variant for the consumer.
  package func exporter(
    for consumer: ExportConsumer? = nil, sendsAcceptance: Bool = false,
    metrics: ExportMetrics? = nil
  ) throws -> any Exporter {
    if let consumer, self != .sarif { throw ExportError.notFor(consumer, self) }
    switch self {
    case .json: return JSONExporter()
    case .ndjson: return NDJSONExporter()
    case .csv: return CSVExporter()
    case .sarif: return SARIFExporter(for: consumer)
    case .junit: return JUnitExporter()
    case .codequality: return CodeQualityExporter()
    case .openmetrics: return OpenMetricsExporter(metrics)
    case .defectdojo: return DefectDojoExporter(sendsAcceptance: sendsAcceptance)
    case .ocsf: return OCSFExporter()
    case .hdf: return HDFExporter()
    }
  }
}

import BenchModel
import BenchReports

/// Writes `benchtrail.export.v1`: everything, in one document.
///
/// A finding has a line, so that two exports can be compared line by line.
struct JSONExporter: Exporter {
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = 0
  private var objects = FindingObject()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    var object = JSONObject()
    object.add("exportedAt", Wording.time(context.time))
    try write(object.open + ",\n\"hosts\":[")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    var object = JSONObject()
    object.add(
      "comparisons",
      try host.runs.compactMap { run in
        try host.bases[run.id].map { base in
          var comparison = JSONObject()
          comparison.add("base", try Self.run(base))
          comparison.add("head", run.name)
          return comparison
        }
      })
    try write((hosts == 0 ? "\n" : ",\n") + object.open + ",\n\"findings\":[")
    var buffer = JSONBuffer()
    for (number, finding) in host.findings.enumerated() {
      if number == 0 { buffer.append("\n") } else { buffer.append(",\n") }
      objects.make(finding, host.name, isAlone: false).writeJSON(to: &buffer)
      try buffer.flush(write)
    }
    try buffer.drain(write)
    var rest = JSONObject()
    rest.add("host", host.name)
    rest.add("runs", try host.runs.map(Self.run))
    try write("\n],\n" + rest.text.dropFirst())
    hosts += 1
  }

  mutating func end(_ write: ExportSink) throws {
    var object = JSONObject()
    object.add("policy", context.policyPath)
    object.add("schema", "benchtrail.export.v1")
    object.add("version", context.toolVersion)
    try write("\n],\n" + object.text.dropFirst() + "\n")
  }

  /// A run as every document of BenchTrail has it.
  private static func run(_ run: RunSummary) throws -> JSONLiteral {
    JSONLiteral(String(try JSONText.encode(RunJSON(run), isPretty: false).dropLast()))
  }
}

/// Writes a finding a line, each a document of its own.
///
/// For `jq`, for `grep`, and for databases that load lines.
struct NDJSONExporter: Exporter {
  private var objects = FindingObject()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {}

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    var buffer = JSONBuffer()
    for finding in host.findings {
      objects.make(finding, host.name, isAlone: true).writeJSON(to: &buffer)
      buffer.append("\n")
      try buffer.flush(write)
    }
    try buffer.drain(write)
  }

  mutating func end(_ write: ExportSink) throws {}
}

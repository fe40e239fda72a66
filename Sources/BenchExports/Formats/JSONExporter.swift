import BenchModel

/// Writes `benchtrail.export.v1`: everything, in one document.
///
/// A finding has a line, so that two exports can be compared line by line.
struct JSONExporter: Exporter {
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = 0
  private var rendered = RenderedFindings<Void>()

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
          comparison.add("base", try RunObject.make(base))
          comparison.add("head", run.name)
          return comparison
        }
      })
    try write((hosts == 0 ? "\n" : ",\n") + object.open + ",\n\"findings\":[")
    let texts = FindingObject.texts(of: host.name)
    for (number, finding) in host.findings.enumerated() {
      if number == 0 { write.append("\n") } else { write.append(",\n") }
      let rendered = rendered.of(finding.shared) { FindingObject.render($0, isAlone: false) }
      texts.begin(rendered.fingerprints)
      texts.write(rendered.texts[0], of: finding, to: write)
      try write.flush()
    }
    var rest = JSONObject()
    rest.add("host", host.name)
    rest.add("runs", try host.runs.map(RunObject.make))
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
}

/// Writes a finding a line, each a document of its own.
///
/// For `jq`, for `grep`, and for databases that load lines.
struct NDJSONExporter: Exporter {
  private var rendered = RenderedFindings<Void>()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {}

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let texts = FindingObject.texts(of: host.name)
    for finding in host.findings {
      let rendered = rendered.of(finding.shared) { FindingObject.render($0, isAlone: true) }
      texts.begin(rendered.fingerprints)
      texts.write(rendered.texts[0], of: finding, to: write)
      write.append("\n")
      try write.flush()
    }
  }

  mutating func end(_ write: ExportSink) throws {}
}

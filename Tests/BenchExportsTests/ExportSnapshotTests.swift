import BenchExports
import BenchModel
import BenchTestSupport
import Testing

struct `An export` {
  @Test(arguments: ExportFormat.allCases)
  func `has the text that it always had`(format: ExportFormat) throws {
    let text = try Sample.text(format, Sample.hosts())
    expectSnapshot(text, "\(format.rawValue).\(format.fileExtension)")
  }

  @Test func `for GitHub has the text that it always had`() throws {
    expectSnapshot(try Sample.text(.sarif, Sample.hosts(), for: .github), "github.sarif")
  }

  @Test(arguments: ExportFormat.allCases)
  func `has the same bytes for the same input`(format: ExportFormat) throws {
    var hosts = try Sample.hosts()
    let text = try Sample.text(format, hosts)
    #expect(try Sample.text(format, hosts) == text)
    // Dictionaries have another order when they were filled in another one.
    for index in hosts.indices {
      for run in hosts[index].runs.indices {
        let summary = hosts[index].runs[run]
        hosts[index].runs[run].labels = Dictionary(
          uniqueKeysWithValues: summary.labels.sorted { $0.key > $1.key })
        hosts[index].runs[run].counts = Dictionary(
          uniqueKeysWithValues: summary.counts.sorted { $0.key.rawValue > $1.key.rawValue })
      }
    }
    #expect(try Sample.text(format, hosts) == text)
  }

  @Test(arguments: ExportFormat.allCases)
  func `of no host is a whole file`(format: ExportFormat) throws {
    let text = try Sample.text(format, [])
    switch format {
    case .ndjson, .ocsf: #expect(text.isEmpty)
    case .csv: #expect(text.hasPrefix("host,control,"))
    case .junit: #expect(text.hasSuffix("</testsuites>\n"))
    case .openmetrics: #expect(text.hasSuffix("# EOF\n"))
    case .codequality: #expect(text == "[\n]\n")
    case .json, .sarif, .defectdojo, .hdf: #expect(throws: Never.self) { try Sample.object(text) }
    }
  }

  @Test(arguments: ExportFormat.allCases)
  func `of a host without findings is a whole file`(format: ExportFormat) throws {
    let host = ExportHost(name: "empty", runs: [], findings: [])
    let text = try Sample.text(format, [host, host])
    switch format {
    case .codequality: #expect(text == "[\n]\n")
    case .json, .sarif, .defectdojo, .hdf: #expect(throws: Never.self) { try Sample.object(text) }
    default: break
    }
  }

  /// Only metrics have to wait: their lines stand together by metric.
  @Test(arguments: ExportFormat.allCases)
  func `of many hosts keeps none of them`(format: ExportFormat) throws {
    let hosts = [try Sample.web(), Sample.hostile()].map { host in
      ExportHost(
        name: host.name, runs: host.runs, bases: host.bases,
        findings: Array(host.findings.prefix(2)))
    }
    var exporter = try format.exporter()
    var (largest, size) = (0, 0)
    let sink = ExportSink { piece in
      largest = max(largest, piece.count)
      size += piece.count
    }
    try exporter.begin(Sample.context, sink)
    var sizes: [Int] = []
    for number in 0..<2_000 {
      let before = size
      var host = hosts[number % 2]
      host.name = "host-\(1_000 + number)"
      try exporter.add(host, sink)
      try sink.drain()
      sizes.append(size - before)
    }
    let before = size
    try exporter.end(sink)
    try sink.drain()
    #expect(largest < 400_000)
    if format == .openmetrics {
      #expect(sizes.allSatisfy { $0 == 0 })
      #expect(size < 2_000 * 8_192)
    } else {
      // What a host gave is what every such host gives, and nothing is left for the end.
      #expect(Set(sizes.dropFirst(2)).count == 2)
      #expect(size - before < 2_000)
    }
  }

  @Test func `for GitHub takes no more hosts than GitHub`() throws {
    let hosts = (1...20).map { ExportHost(name: "web-\($0)", runs: [], findings: []) }
    #expect(throws: Never.self) { try Sample.text(.sarif, hosts, for: .github) }
    #expect(throws: ExportError.tooManyHosts(limit: 20)) {
      try Sample.text(.sarif, hosts + hosts.prefix(1), for: .github)
    }
  }

  @Test func `for GitHub is SARIF`() {
    #expect(throws: ExportError.notFor(.github, .csv)) {
      try ExportFormat.csv.exporter(for: .github)
    }
  }
}

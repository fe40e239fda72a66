import BenchExports
import BenchModel
import Testing

struct `An export of metrics` {

  /// Reads the grammar that both formats have in common.
  private static func families(_ text: String) throws -> [String: [String: String]] {
    var families: [String: [String: String]] = [:]
    var current = ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.suffix(2) == ["# EOF", ""])
    let sample = #/([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? ([0-9.]+)/#
    for line in lines.dropLast(2) {
      if line.hasPrefix("# HELP ") {
        current = String(line.split(separator: " ")[2])
        #expect(families[current] == nil, "the lines of a metric must stand together")
        families[current] = [:]
      } else if line.hasPrefix("# TYPE ") {
        #expect(line == "# TYPE \(current) gauge")
      } else {
        let match = try #require(try sample.wholeMatch(in: line), "\(line)")
        #expect(String(match.1) == current)
        let labels = match.2.map(String.init) ?? ""
        #expect(families[current]?[labels] == nil, "a series must stand once: \(line)")
        families[current]?[labels] = String(match.3)
      }
    }
    return families
  }

  @Test func `keeps to the grammar`() throws {
    let families = try Self.families(Sample.text(.openmetrics, Sample.hosts()))
    #expect(families.keys.allSatisfy { $0.hasPrefix("benchtrail_") })
    #expect(families.count == 13)
  }

  @Test func `has the numbers of each host`() throws {
    let families = try Self.families(Sample.text(.openmetrics, Sample.hosts()))
    func value(_ family: String, _ labels: String) -> String? {
      families["benchtrail_" + family]?["host=\"web-1\"" + labels]
    }
    #expect(value("failed", ",severity=\"critical\"") == "3")
    #expect(value("regressions", "") == "0")
    #expect(value("newly_seen", "") == "1")
    #expect(value("waivers", ",state=\"whole\"") == "1")
    #expect(value("attestations", ",state=\"held\"") == "1")
    #expect(value("left_out", "") == "1")
    #expect(value("results", ",section=\"host\",result=\"pass\"") == "1")
    #expect(
      value("last_run_timestamp_seconds", ",tool=\"docker-bench-security\"") == "1795406720")
    #expect(families["benchtrail_regressions"]?.count == 1)
    #expect(families["benchtrail_export_timestamp_seconds"]?[""] == "1798675200")
  }

  /// The series of the host `web-1`, whose 14 controls are of 6 sections.
  @Test func `has so many series per host`() throws {
    let table: [(metrics: ExportMetrics?, hosts: Int, series: Int, families: Int)] = [
      (nil, 1, 52, 13), (nil, 200, 52, 13), (nil, 201, 21, 12), (nil, 10_000, 21, 12),
      (.summary, 1, 21, 12), (.summary, 201, 21, 12),
      (.controls, 1, 35, 13), (.controls, 201, 35, 13),
      (.items, 1, 52, 13), (.items, 201, 52, 13),
    ]
    let tally = try Sample.webTrail().tally("web-1", Sample.judgement)
    for row in table {
      let hosts = (1...row.hosts).map {
        ExportHost(name: "web-\($0)", tally, isCompared: true)
      }
      let text = try Sample.text(.openmetrics, hosts, metrics: row.metrics)
      let lines = text.utf8.split(separator: 0x0A)
      let comments = lines.count { $0.first == 0x23 }
      // One more says when the file was written.
      #expect(lines.count - comments == row.hosts * row.series + 1, "\(row)")
      // Each has its help and its type; the last comment ends the file.
      #expect(comments == 2 * row.families + 1, "\(row)")
    }
  }

  @Test(arguments: ExportMetrics.allCases)
  func `keeps to the grammar with any metrics`(metrics: ExportMetrics) throws {
    let families = try Self.families(
      Sample.text(.openmetrics, [Sample.web(), Sample.hostile()], metrics: metrics))
    let results = try #require(families["benchtrail_results"])
    #expect(results.keys.contains { $0.contains(",section=") } == (metrics == .items))
    #expect((families["benchtrail_stride_failed"] != nil) == (metrics == .items))
    #expect((families["benchtrail_control_failed"] != nil) == (metrics == .controls))
  }

  @Test func `has the same sums with any metrics`() throws {
    func sum(_ family: String, _ label: String, _ metrics: ExportMetrics) throws -> Double {
      let text = try Sample.text(.openmetrics, Sample.hosts(), metrics: metrics)
      let series = try Self.families(text)["benchtrail_" + family] ?? [:]
      let values = series.filter { $0.key.contains(label) }.values
      return values.compactMap { Double($0) }.reduce(0, +)
    }
    for outcome in Outcome.allCases {
      let label = "result=\"\(outcome.name)\""
      let items = try sum("results", label, .items)
      #expect(try sum("results", label, .summary) == items, "\(outcome)")
    }
    let open = try sum("failed", "severity=", .controls)
    let unknown = try sum("failed", "severity=\"unknown\"", .controls)
    #expect(try sum("control_failed", "control=", .controls) == open - unknown)
  }

  @Test func `has no series twice`() throws {
    let host = Sample.hostile()
    #expect(throws: Never.self) { try Self.families(Sample.text(.openmetrics, [host, host])) }
  }
}

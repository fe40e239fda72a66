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
    #expect(families.count == 12)
  }

  @Test func `has the numbers of each host`() throws {
    let families = try Self.families(Sample.text(.openmetrics, Sample.hosts()))
    func value(_ family: String, _ labels: String) -> String? {
      families["benchtrail_" + family]?["host=\"web-1\"" + labels]
    }
    #expect(value("failed", ",severity=\"critical\"") == "3")
    #expect(value("regressions", "") == "1")
    #expect(value("waivers", ",state=\"whole\"") == "1")
    #expect(value("attestations", ",state=\"held\"") == "1")
    #expect(value("left_out", "") == "1")
    #expect(value("results", ",section=\"host\",result=\"pass\"") == "1")
    #expect(
      value("last_run_timestamp_seconds", ",tool=\"docker-bench-security\"") == "1795406720")
    #expect(families["benchtrail_regressions"]?.count == 1)
    #expect(families["benchtrail_export_timestamp_seconds"]?[""] == "1798675200")
  }

  @Test func `has no series twice`() throws {
    let host = Sample.hostile()
    #expect(throws: Never.self) { try Self.families(Sample.text(.openmetrics, [host, host])) }
  }
}

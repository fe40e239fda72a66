import BenchCatalog
import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Logs of Aqua's tools that the tests write, as the tools do.
enum AquaLog {
  /// docker-bench's text of some checks, with the summary that fits them.
  static func docker(_ benchmark: String, _ checks: [String]) -> [UInt8] {
    Array(
      (["[INFO] \(benchmark) CIS Docker Community Edition Benchmark", "[INFO] 2 Docker daemon"]
        + checks + ["", summary("== Summary ==", checks)]).joined(separator: "\n").utf8)
  }

  /// kube-bench's text of the checks of one target, with the summary and the totals that fit them.
  static func kube(_ id: String, _ kind: String, _ checks: [String]) -> [UInt8] {
    Array(
      (["[INFO] \(id) A target", "[INFO] \(id).1 A section"] + checks
        + ["", summary("== Summary \(kind) ==", checks), summary("== Summary total ==", checks)])
        .joined(separator: "\n").utf8)
  }

  private static func summary(_ heading: String, _ checks: [String]) -> String {
    let counts = ["PASS", "FAIL", "WARN", "INFO"].map { word in
      "\(checks.count { $0.hasPrefix("[\(word)]") }) checks \(word)"
    }
    return ([heading] + counts).joined(separator: "\n") + "\n"
  }

  /// The only run of a log, with what was noticed.
  static func result(_ bytes: [UInt8]) throws -> (run: Run, diagnostics: [Diagnostic]) {
    let results = Reading.results(bytes)
    #expect(results.count == 1)
    return try #require(results.first)
  }

  /// kube-bench's JSON of the checks that the catalogue has for an edition.
  static func document(of edition: String, version: String?) throws -> [UInt8] {
    let rows = try CatalogFile("kube-bench/checks.tsv").rows.filter {
      ($0["editions"] ?? "").split(separator: ",").contains(edition[...])
    }
    let results = rows.map { row in
      ["test_number": row["id"] ?? "", "test_desc": row["title"] ?? "", "status": "PASS"]
    }
    var control: [String: Any] = [
      "id": "1", "text": "A target", "node_type": "master",
      "tests": [["section": "1.1", "results": results]], "total_pass": results.count,
      "total_fail": 0, "total_warn": 0, "total_info": 0,
    ]
    if let version { control["version"] = version }
    return Array(try JSONSerialization.data(withJSONObject: [control], options: [.sortedKeys]))
  }
}

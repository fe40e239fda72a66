import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchCatalog

/// Runs of every benchmark of kube-bench whose marks are known, as the tool prints them.
struct `A run of each benchmark` {
  /// The checks of a benchmark, in the order of their ids, with the marks behind their titles.
  private struct Benchmark: CustomTestStringConvertible {
    var edition: String
    var line: String
    /// What JSON calls it.
    var printed: String
    var checks: [(id: String, title: String)] = []
    var testDescription: String { edition }
  }

  private static let all: [Benchmark] = {
    var marks: [String: [String: String]] = [:]
    for row in (try? CatalogFile("kube-bench/marks.tsv").rows) ?? [] {
      for id in (row["ids"] ?? "").split(separator: ",") {
        marks[row["edition"] ?? "", default: [:]][String(id)] = row["mark"]
      }
    }
    let rows = (try? CatalogFile("kube-bench/checks.tsv").rows) ?? []
    return ((try? CatalogFile("kube-bench/editions.tsv").rows) ?? []).compactMap { row in
      let edition = row["edition"] ?? ""
      guard let own = marks[edition] else { return nil }
      let printed = (row["printed"] ?? "").split(separator: ",").first.map(String.init) ?? edition
      var benchmark = Benchmark(edition: edition, line: row["line"] ?? "", printed: printed)
      var seen: Set<String> = []
      for check in rows {
        let id = check["id"] ?? ""
        guard (check["editions"] ?? "").split(separator: ",").contains(edition[...]),
          let mark = own[id], seen.insert(id).inserted
        else { continue }
        benchmark.checks.append((id, "\(check["title"] ?? "") \(mark)"))
      }
      benchmark.checks.sort { $0.id.compare($1.id, options: .numeric) == .orderedAscending }
      return benchmark
    }
  }()

  private static func text(_ benchmark: Benchmark) -> [UInt8] {
    let sections = Dictionary(grouping: benchmark.checks) {
      $0.id.prefix { $0 != "." && $0 != "-" }
    }
    var text = ""
    for (section, checks) in sections.sorted(by: { $0.key < $1.key }) {
      text += "[INFO] \(section) Section\n[INFO] \(section).1 Group\n"
      text += checks.map { "[FAIL] \($0.id) \($0.title)\n" }.joined()
      text +=
        "\n== Summary ==\n0 checks PASS\n\(checks.count) checks FAIL\n0 checks WARN\n0 checks INFO\n\n"
    }
    return Array(text.utf8)
  }

  private static func json(_ benchmark: Benchmark) -> [UInt8] {
    let results = benchmark.checks.map {
      #"{"test_number":"\#($0.id)","test_desc":"\#($0.title)","status":"FAIL"}"#
    }
    let groups = #"[{"section":"1","desc":"g","results":[\#(results.joined(separator: ","))]}]"#
    let control =
      #"{"id":"1","version":"\#(benchmark.printed)","text":"t","node_type":"master","tests":\#(groups)}"#
    return Array(#"{"Controls":[\#(control)]}"#.utf8)
  }

  @Test func `is there for more than eighty`() { #expect(Self.all.count > 75) }

  @Test(arguments: all)
  private func `has a control for every check, and the line of its distribution`(
    benchmark: Benchmark
  ) throws {
    for log in [Self.text(benchmark), Self.json(benchmark)] {
      let results = Reading.results(log)
      let findings = results.flatMap(\.run.findings)
      #expect(findings.count == benchmark.checks.count)
      let unmapped = findings.filter { $0.control == nil }
      #expect(unmapped.count * 100 <= findings.count, "\(unmapped.map(\.checkID))")
      for (run, diagnostics) in results {
        let edition = try #require(run.release.edition)
        // An older release of cis-1.24 has all that MicroK8s's has.
        let others = diagnostics.flatMap {
          if case .editionGuessed(_, let others) = $0.kind { others } else { [String]() }
        }
        let line = Catalog.embedded.benchmarks(of: .kubeBench)?.editions
          .first { $0.name == edition }?.line
        #expect(
          line == benchmark.line || others.contains(benchmark.edition), "read as \(edition)")
      }
    }
  }

  /// Rancher's JSON calls its benchmarks as CIS does, and kube-bench's text names none.
  @Test func `finds the same in text and under the name of CIS`() throws {
    var benchmark = try #require(Self.all.first { $0.edition == "k3s-cis-1.8" })
    benchmark.printed = "cis-1.8"
    let text = Reading.results(Self.text(benchmark)).flatMap(\.run.findings)
    let json = Reading.results(Self.json(benchmark)).flatMap(\.run.findings)
    #expect(Set(text.map(\.control)) == Set(json.map(\.control)) && text.count == json.count)
    #expect(text.allSatisfy { $0.control != nil })
  }

  @Test func `goes on where a host changes to another distribution's benchmark`() throws {
    func release(_ edition: String) -> Release {
      Release(
        tool: .kubeBench, printed: nil, edition: edition, earliest: edition, latest: edition)
    }
    let criteria = Catalog.embedded.criteria
    let (plain, rancher) = (release("cis-1.8"), release("rke2-cis-1.8"))
    // The same program with the same flag.
    #expect(criteria.difference("kube-apiserver-profiling-disabled", plain, rancher) == nil)
    let differing = Catalog.embedded.controls.all.filter { control in
      criteria.difference(control.id, plain, rancher) != nil
    }
    #expect((1...80).contains(differing.count))
    // etcd's files lie elsewhere, and belong to another.
    #expect(differing.contains { $0.id == "kube-etcd-data-dir-ownership" })
  }
}

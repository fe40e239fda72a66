import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchCatalog

/// Everything that Aqua docker-bench and kube-bench printed, where the collection of it is present.
@Suite(.enabled(if: Corpus.isPresent))
struct `The corpus of Aqua's tools` {
  private static let parts = [
    "aqua", "kube/HEAD", "kube/v0.0.34", "kube/v0.3.0", "kube/v0.6.0", "kube/repo-samples",
  ]

  /// Files that people shortened by hand and left the tool's counts in.
  private static let edited = [
    "cmd__testdata", "kube-bench-report-many-vuln", "kube-bench-report-zero-vuln",
  ]

  private static func files(_ part: String) -> [String] {
    guard let shared = Corpus.shared else { return [] }
    let root = shared + "/corpus/" + part
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return all.filter { name in
      ["/stdout.txt", "/out.json", ".data"].contains { name.hasSuffix($0) }
        || (part.hasSuffix("repo-samples") && name.hasSuffix(".json"))
    }.sorted().map { root + "/" + $0 }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test(arguments: parts) func `is read whole and counted as the tools count`(part: String) throws {
    let normalizer = Normalizer(catalog: .embedded)
    var runs = 0
    for path in Self.files(part) where !path.contains("dockerbench") {
      let isEdited = Self.edited.contains { path.contains($0) }
      for (run, diagnostics) in Reading.results(try Self.bytes(path), by: normalizer) {
        runs += 1
        for diagnostic in diagnostics {
          switch diagnostic.kind {
          case .unreadLine, .unknownCheck, .editionUnknown, .editionUnlisted, .runTooLong,
            .brokenJSON:
            Issue.record("\(path): \(diagnostic.kind)")
          case .countDiffers:
            #expect(isEdited || path.contains("-noresults"), "\(path): \(diagnostic.kind)")
          default: break
          }
        }
        let isMapped = run.findings.contains { $0.control != nil }
        #expect(run.findings.allSatisfy { ($0.control != nil) == isMapped }, "\(path)")
      }
    }
    #expect(runs > 5)
  }

  /// The results without what stands below them.
  private static func results(_ path: String, _ normalizer: Normalizer) throws -> [[String]] {
    Reading.results(try bytes(path), by: normalizer).map { run, _ in
      run.findings.map {
        "\($0.printed.word) \($0.outcome.name) \($0.checkID) \($0.control ?? "") \($0.title)"
      }
    }
  }

  @Test func `has equal findings in text and JSON`() throws {
    let normalizer = Normalizer(catalog: .embedded)
    var pairs = 0
    for part in Self.parts.dropLast() {
      for json in Self.files(part) where json.hasSuffix("-json/stdout.txt") {
        let text = json.replacingOccurrences(of: "-json/stdout.txt", with: "-text/stdout.txt")
        guard FileManager.default.fileExists(atPath: text) else { continue }
        let (left, right) = try (Self.results(text, normalizer), Self.results(json, normalizer))
        guard !left.isEmpty || !right.isEmpty else { continue }
        #expect(left == right, "\(json)")
        pairs += 1
      }
    }
    #expect(pairs > 80)
  }

  @Test func `tells the benchmark of a text as the folder does`() throws {
    let normalizer = Normalizer(catalog: .embedded)
    var guessed: Set<String> = []
    for path in Self.files("aqua") + Self.files("kube/HEAD")
    where path.hasSuffix("-text/stdout.txt") {
      let folder = path.split(separator: "/").dropLast(2).last.map(String.init) ?? ""
      guard folder != "auto",
        Catalog.embedded.benchmarks(of: .kubeBench)?.editions.contains(where: { $0.name == folder })
          == true
          || Catalog.embedded.benchmarks(of: .aquaDockerBench)?.editions.contains(where: {
            $0.name == folder
          })
            == true
      else { continue }
      for (run, diagnostics) in Reading.results(try Self.bytes(path), by: normalizer) {
        let others = diagnostics.flatMap { diagnostic -> [String] in
          if case .editionGuessed(_, let others) = diagnostic.kind { return others }
          return []
        }
        if run.release.edition != folder {
          guessed.insert("\(folder) as \(run.release.edition ?? "")")
        }
        #expect(run.release.edition == folder || others.contains(folder), "\(path)")
      }
    }
    #expect(guessed.count <= 5, "\(guessed.sorted())")
  }
}

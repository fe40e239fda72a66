import BenchModel
import BenchTestSupport
import Testing

@testable import BenchCatalog

/// Everything that the real tool wrote, where the collection of it is present.
@Suite(.enabled(if: Corpus.isPresent))
struct `The corpus` {
  private static let states = ["S1", "S2", "S3", "S4", "S5", "S6"]

  /// Calls a closure with the runs of every log of a state.
  private static func forEachLog(
    _ state: String, _ body: (String, [(run: Run, diagnostics: [Diagnostic])]) throws -> Void
  ) throws {
    let normalizer = Normalizer(catalog: .embedded)
    for folder in Corpus.folders where folder.name.hasPrefix(state + "/") {
      for log in folder.logs {
        try body("\(folder.name)/\(log)", Reading.results(try folder.bytes(log), by: normalizer))
      }
    }
  }

  @Test(arguments: states)
  func `has no check that is not known and no line that is not read`(state: String) throws {
    try Self.forEachLog(state) { name, results in
      for (run, diagnostics) in results {
        #expect(run.findings.allSatisfy { $0.control != nil }, "\(name)")
        for diagnostic in diagnostics {
          switch diagnostic.kind {
          case .unreadLine, .unknownCheck, .editionUnknown, .runTooLong, .scoreDiffers:
            Issue.record("\(name):\(diagnostic.line): \(diagnostic.kind)")
          case .checksDiffer:
            #expect(name == "S1/HEAD+cap-tail-half/stdout.txt", "\(name): \(diagnostic.kind)")
          default: break
          }
        }
      }
    }
  }

  @Test(arguments: states)
  func `lacks the minutes in the texts of March 2021 alone`(state: String) throws {
    try Self.forEachLog(state) { name, results in
      let isMarch = name.contains("/git-2021-03-") && name.hasSuffix(".txt")
      for (run, _) in results {
        #expect((run.timeSource == .logWithoutMinutes) == isMarch, "\(name)")
      }
    }
  }

  @Test(arguments: states)
  func `has the tool's own totals`(state: String) throws {
    try Self.forEachLog(state) { name, results in
      for (run, _) in results {
        guard let printed = run.printedChecks, !name.contains("cap-tail-half") else { continue }
        // Flat JSON never has the one check that the tool writes only on some hosts.
        let isFlat = run.form == .json && run.release.edition == "e05-ce1.1.0"
        #expect(
          printed == run.findings.count || (isFlat && printed >= run.findings.count), "\(name)")
      }
    }
  }

  @Test(arguments: states)
  func `has the same outcomes in text and JSON`(state: String) throws {
    let normalizer = Normalizer(catalog: .embedded)
    for folder in Corpus.folders
    where folder.name.hasPrefix(state + "/") && folder.logs.contains("log.json") {
      let json = Reading.results(try folder.bytes("log.json"), by: normalizer).map(\.run)
      for log in ["stdout.txt", "log.txt"] where folder.logs.contains(log) {
        let text = Reading.results(try folder.bytes(log), by: normalizer).map(\.run)
        guard json.count == 1, text.count == 1, json[0].isComplete, text[0].isComplete else {
          continue
        }
        // JSON without the check that asks for the swarm does not tell whether the host is in one.
        let outcomes = Dictionary(text[0].findings.map { ($0.control, $0.outcome) }) { first, _ in
          first
        }
        let tellsSwarm = json[0].findings.contains { $0.control == "swarm-disabled-if-unused" }
        for finding in json[0].findings where tellsSwarm || finding.section != "swarm" {
          guard let outcome = outcomes[finding.control] else { continue }
          #expect(outcome == finding.outcome, "\(folder.name)/\(log) \(finding.control ?? "")")
        }
      }
    }
  }

  @Test func `has the control of every row of the crosswalk`() throws {
    let catalog = Catalog.embedded.scripts
    let rows = Corpus.crosswalk("checks.tsv")
    #expect(rows.count > 2_000)
    for row in rows {
      let (era, id, control) = (row["era"] ?? "", row["id"] ?? "", row["control"] ?? "")
      let suffix = row["suffix"] ?? ""
      let printed = (row["title"] ?? "") + (suffix.isEmpty ? "" : " (\(suffix))")
      let title = Array(printed.utf8).withUnsafeBufferPointer { text in
        Array(id.utf8).withUnsafeBufferPointer { Title(text, id: $0) }
      }
      let found = catalog.rows(id: id, title: title).map { catalog.rows[$0] }
        .filter { catalog.editions[$0.edition].name == era }.map { catalog.controls[$0.control].id }
      #expect(Set(found) == [control], "\(era) \(row["version"] ?? "") \(id) \(printed)")
    }
  }

  @Test func `has no heading of the crosswalk as a check`() throws {
    let catalog = Catalog.embedded.scripts
    for row in Corpus.crosswalk("headings.tsv") {
      let (era, id) = (row["era"] ?? "", row["id"] ?? "")
      let edition = catalog.editions.first { $0.name == era }
      #expect(edition?.checks.contains { $0.id == id } != true, "\(era) \(id)")
    }
  }
}

import BenchCatalog
import BenchModel
import BenchParsing
import Testing

/// Runs longer than what is kept of one: something says so, and what is not all there is marked.
struct `A run that is too long` {
  private func read(_ log: String) throws -> (run: Run, diagnostics: [Diagnostic.Kind]) {
    let parsed = try #require(LogReader.runs(in: log.utf8).first)
    let context = RunContext(host: "h", fallbackTime: 1_700_000_000, fallbackSource: .file)
    let (run, diagnostics) = Normalizer(catalog: .embedded).normalize(parsed, context)
    return (run, diagnostics.map(\.kind))
  }

  private func json(_ members: String) -> String {
    """
    {"dockerbenchsecurity": "1.6.0", "start": 1700000000, "tests": [{"id": "5", "desc": "Container Runtime",
    "results": [{"id": "5.1", "desc": "Ensure that, if applicable, an AppArmor Profile is enabled (Automated)",
    "result": "WARN", \(members)}]}], "end": 1700000009}
    """
  }

  @Test func `has no more checks than any benchmark`() throws {
    let log =
      "Initializing 2026-01-01T00:00:00+00:00\n"
      + (0..<ParsedRun.mostChecks + 9).map { "[WARN] 1.\($0)  - x\n" }.joined()
    let (run, diagnostics) = try read(log)
    #expect(run.findings.count == ParsedRun.mostChecks)
    #expect(diagnostics.contains(.tooManyChecks(limit: ParsedRun.mostChecks)))
    #expect(!run.isComplete)
  }

  @Test func `is one where a line is repeated`() throws {
    let line = "[WARN] 1.1  - x\n"
    let log = "Initializing 2026-01-01T00:00:00+00:00\n" + String(repeating: line, count: 900)
    #expect(LogReader.runs(in: log.utf8).map(\.checks.count) == [900])
  }

  @Test(arguments: ["result", "item"])
  func `loses no item without a word`(order: String) throws {
    let name = String(repeating: "n", count: 60_000)
    let items = "\"items\": [" + (0..<300).map { "\"\($0)\(name)\"" }.joined(separator: ",") + "]"
    // The items may stand before what they are of.
    let members = order == "item" ? items + ", \"x\": 1" : "\"details\": \"\", " + items
    let (run, diagnostics) = try read(json(members))
    let finding = try #require(run.findings.first)
    #expect(finding.itemsTruncated)
    #expect((1..<300).contains(finding.items.count))
    #expect(diagnostics.contains(.runTooLong(limit: ParsedRun.mostBytes)))
  }

  @Test func `keeps all items that a run may have`() throws {
    let items = "\"items\": [" + (0..<20_000).map { "\"web-\($0)\"" }.joined(separator: ",") + "]"
    let (run, diagnostics) = try read(json(items))
    #expect(run.findings.first?.items.count == 20_000)
    #expect(run.findings.first?.itemsTruncated == false)
    #expect(!diagnostics.contains { if case .runTooLong = $0 { true } else { false } })
  }

  @Test func `says where a text was cut`() throws {
    let (run, diagnostics) = try read(
      json("\"details\": \"" + String(repeating: "web ", count: 300_000) + "\""))
    #expect(run.findings.first?.itemsTruncated == true)
    #expect(diagnostics.contains(.textTooLong(limit: 1 << 20)))
  }
}

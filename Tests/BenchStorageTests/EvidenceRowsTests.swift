import BenchCatalog
import BenchEvidence
import BenchHistory
import BenchModel
import BenchTestSupport
import GRDB
import Testing

@testable import BenchStorage

struct `The log of a stored run` {
  private let store: RunStore
  private let cut = EvidenceCut()

  init() throws { store = try RunStore(.embedded) }

  /// A run with a log of a section for each finding, and a date.
  private func run(
    _ day: Int64, findings: [Finding] = Example.findings, isComplete: Bool = true,
    form: ParsedRun.Form = .text
  ) -> Run {
    var run = Example.run(Example.day(day), form: form, isComplete: isComplete, findings: findings)
    run.evidence = cut.cut(log(day, findings))
    return run
  }

  private func log(_ day: Int64, _ findings: [Finding] = Example.findings) -> [UInt8] {
    var text = "Initializing day \(day)\n"
    for (number, finding) in findings.enumerated() {
      text += "[INFO] \(number + 1) - Section\n"
      text += String(repeating: "[WARN] \(finding.checkID) \(finding.outcome)\n", count: 30)
    }
    return Array(text.utf8)
  }

  private func count(_ table: String) throws -> Int {
    try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  @Test func `is given back to the byte, and stored once`() throws {
    let ids = try store.add((0..<20).map { run($0) }).map(\.id)
    for (day, id) in ids.enumerated() { #expect(try store.evidence(of: id) == log(Int64(day))) }
    #expect(try count("evidence") == 1)
    #expect(try count("piece") == 5)
    #expect(try store.check().isEmpty)
    var findings = Example.findings
    findings[1].outcome = .pass
    try store.add([run(30, findings: findings)])
    #expect(try count("evidence") == 2)
    #expect(try count("piece") == 6)
  }

  @Test func `is not there where it was not kept`() throws {
    let id = try #require(try store.add([Example.run()]).first?.id)
    #expect(try store.evidence(of: id) == nil)
    #expect(try store.evidence(of: 42) == nil)
    #expect(try store.check().isEmpty)
  }

  @Test func `is added when a run of before is imported again`() throws {
    let id = try #require(try store.add([Example.run(Example.day(0))]).first?.id)
    #expect(try store.add([run(0)]).map(\.status) == [.present])
    #expect(try store.evidence(of: id) == log(0))
  }

  @Test func `goes with the version of the run that is replaced`() throws {
    let part = Array(Example.findings.prefix(2))
    let id = try #require(try store.add([run(0, findings: part, isComplete: false)]).first?.id)
    #expect(try store.add([run(0)]).map(\.status) == [.replaced])
    #expect(try store.evidence(of: id) == log(0))
    #expect(try count("evidence") == 1)
    #expect(try count("piece") == 5)
    #expect(try store.check().isEmpty)
  }

  @Test func `is the text's where there is JSON too`() throws {
    let json = run(0, findings: Array(Example.findings.prefix(2)), form: .json)
    let id = try #require(try store.add([json]).first?.id)
    #expect(try store.add([run(0)]).map(\.status) == [.present])
    #expect(try store.evidence(of: id) == log(0))
    #expect(try store.add([json]).map(\.status) == [.present])
    #expect(try store.evidence(of: id) == log(0))
    #expect(try count("evidence") == 1)
  }

  @Test(
    arguments: [
      "UPDATE piece SET content = x'00' WHERE id = 1", "UPDATE piece SET size = 3 WHERE id = 2",
      "UPDATE piece SET size = -1 WHERE id = 2",
      "UPDATE evidencePiece SET pieceId = 1 WHERE position = 2",
      "UPDATE evidencePiece SET pieceId = NULL WHERE position = 2",
      "UPDATE run SET ownParts = NULL", "UPDATE run SET ownParts = x'ffffffff'",
    ])
  func `that is damaged is told`(damage: String) throws {
    let id = try #require(try store.add([run(0)]).first?.id)
    try store.queue.write { try $0.execute(sql: damage) }
    #expect(!(try store.check().isEmpty))
    let bytes = try? store.evidence(of: id)
    #expect(bytes != log(0))
  }
}

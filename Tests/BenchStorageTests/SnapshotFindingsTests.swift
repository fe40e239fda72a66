import BenchCatalog
import BenchHistory
import BenchModel
import Testing

@testable import BenchStorage

struct `The findings of a content` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  @Test func `are those of one check where that is asked for`() throws {
    let id = try #require(try store.add([Example.run(line: 100)]).first?.id)
    let all = try store.run(id).findings
    try store.history(RunFilter()) { history in
      let host = try #require(history.hosts.first)
      let run = try #require(try history.runs(of: host).first)
      #expect(try history.findings(of: run) == all)
      for finding in all {
        let number = try #require(
          history.titles.first { $0.value.checkID == finding.checkID }?.key)
        // Read for itself, with others, and after the whole.
        for read in [[], [number], [number, 1, 2], nil] as [[Int32]?] {
          if let read {
            try history.read(summaries: [], findings: [], parts: [run], of: Set(read))
          } else {
            try history.read(summaries: [run], findings: [run])
          }
          #expect(try history.findings(of: run) { $0 == number } == [finding])
        }
      }
      try history.read(summaries: [], findings: [], parts: [run], of: [1])
      #expect(try history.findings(of: run) == all)
    }
  }

  @Test(arguments: ["-1", "4611686018427387904", "9223372036854775807", "-9223372036854775808"])
  func `are not read where a place is damaged`(place: String) throws {
    let id = try #require(try store.add([Example.run()]).first?.id)
    try store.write { writer in
      let db = try #require(writer as? RunWriter).db
      try db.run("UPDATE finding SET position = \(place) WHERE position = 0")
    }
    let error = RepositoryError.damagedRow(
      path: "", DamagedRow(table: "finding", row: "1, \(place)", .value(column: "position")))
    #expect(throws: error) { try store.run(id) }
    #expect(throws: error) {
      try store.history(RunFilter()) { history in
        let host = try #require(history.hosts.first)
        let run = try #require(try history.runs(of: host).first)
        try history.read(summaries: [run], findings: [], parts: [run], of: [1, 2, 3, 4, 5])
      }
    }
  }
}

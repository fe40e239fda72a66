import BenchCatalog
import BenchModel
import BenchTestSupport
import Foundation
import GRDB
import Testing

@testable import BenchStorage

struct `The document on the database` {
  private static let queries: [String] = {
    let path = Fixture.repository + "/docs/storage.md"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "```sql\n").dropFirst().compactMap {
      $0.split(separator: "```").first.map(String.init)
    }
  }()

  @Test func `has ten queries`() { #expect(Self.queries.count == 10) }

  @Test(arguments: queries)
  func `has queries that answer`(query: String) throws {
    let store = try RunStore(.embedded)
    var run = Example.run(Example.day(0))
    try store.add([run])
    run.startedAt = Example.day(1)
    run.findings[1].outcome = .pass
    run.findings[0].outcome = .fail
    try store.add([run])
    try store.add([Example.run(Example.day(20), host: "db-1")])
    let rows = try store.queue.read { try Row.fetchAll($0, sql: query) }
    #expect(!rows.isEmpty)
  }

  @Test func `names every table`() throws {
    let path = Fixture.repository + "/docs/storage.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let tables = try RunStore(.embedded).queue.read { db in
      try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'grdb_%'")
    }
    for table in tables { #expect(text.contains("`\(table)`"), "\(table)") }
  }
}

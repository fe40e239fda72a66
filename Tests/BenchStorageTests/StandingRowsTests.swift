import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import GRDB
import Testing

@testable import BenchStorage

struct `What is known of a host in the database` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  private func rows(_ sql: String) throws -> [String] {
    try store.queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { $0.isNull ? "-" : "\($0.storage.value ?? "-")" }
          .joined(separator: " ")
      }
    }
  }

  private func run(
    _ day: Int64, _ outcomes: KeyValuePairs<String, Outcome>, host: String = "web-1"
  ) -> Run {
    Example.run(
      Example.day(day), host: host,
      findings: outcomes.enumerated().map { place, pair in
        Example.finding(pair.key, pair.value, id: "2.\(place)", line: place + 2)
      })
  }

  private static let failures = """
    SELECT control, (openSince - 1767225600) / 86400, (beganAt - 1767225600) / 86400, beganBy,
      (endedAt - 1767225600) / 86400, endedBy
    FROM failure JOIN checkTitle ON checkTitle.id = checkTitleId ORDER BY standingId, number
    """

  @Test func `is kept from run to run`() throws {
    try store.add([run(0, ["a": .fail, "b": .pass])])
    #expect(try rows(Self.failures) == ["a 0 0 2 - -"])
    try store.add([run(1, ["a": .fail, "b": .fail])])
    try store.add([run(2, ["a": .pass, "b": .fail])])
    #expect(try rows(Self.failures) == ["a 0 0 2 2 5", "b 1 1 0 - -"])
    #expect(
      try rows("SELECT system, runs, passing, failing FROM standing") == ["docker 3 1 1"])
    #expect(try rows("SELECT number, passing FROM runChange") == ["0 1", "1 -1", "2 1"])
    #expect(try store.checkStandings().isEmpty)
  }

  @Test func `costs nothing where nothing changed`() throws {
    try store.add((0..<4).map { run($0, ["a": .fail, "b": .pass]) })
    #expect(try rows("SELECT runs, before FROM standing") == ["4 -"])
    #expect(try rows("SELECT count(*) FROM runChange") == ["1"])
  }

  @Test func `is the same whatever comes first`() throws {
    let runs = [
      run(0, ["a": .fail, "b": .pass]), run(1, ["a": .pass, "b": .fail, "c": .fail]),
      run(2, ["a": .fail, "b": .fail]),
    ]
    var expected: [String]?
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
      let other = try RunStore(.embedded)
      for place in order { try other.add([runs[place]]) }
      let found = try other.queue.read {
        try String.fetchAll($0, sql: "SELECT hex(record) FROM standing")
      }
      // The order of import is a part of the record, and the rows of the database are.
      #expect(found.count == 1)
      #expect(try other.checkStandings().isEmpty)
      let failures = try other.queue.read { db in
        try Row.fetchAll(db, sql: Self.failures).map { "\($0)" }.sorted()
      }
      #expect(expected == nil || failures == expected)
      expected = failures
    }
  }

  @Test func `is made anew where a run took the place of its part, or was limited`() throws {
    let whole = run(0, ["a": .fail, "b": .pass])
    var part = whole
    part.findings.removeLast()
    part.isComplete = false
    try store.add([part])
    try store.add([run(1, ["a": .pass, "b": .pass])])
    try store.add([whole])
    #expect(try store.checkStandings().isEmpty)
    #expect(try rows("SELECT runs, passing, failing FROM standing") == ["2 2 0"])
    var limited = run(1, ["a": .pass, "b": .pass])
    limited.scope = RunScope(include: ["web"])
    try store.add([limited])
    #expect(try store.checkStandings().isEmpty)
  }

  @Test func `is kept apart by host and system`() throws {
    var kube = run(1, ["a": .fail])
    kube.release = Release(
      tool: .kubeBench, printed: nil, edition: "cis-1.9", earliest: "cis-1.9", latest: "cis-1.9")
    try store.add([run(0, ["a": .fail]), kube, run(0, ["a": .fail], host: "db-1")])
    #expect(
      try rows(
        "SELECT name, system, runs FROM standing JOIN host ON host.id = hostId ORDER BY 1, 2")
        == ["db-1 docker 1", "web-1 docker 1", "web-1 kubernetes 1"])
    #expect(try store.checkStandings().isEmpty)
  }

  @Test(
    arguments: [
      "UPDATE standing SET runs = 9", "UPDATE standing SET record = x'01'",
      "UPDATE standing SET passing = 4", "DELETE FROM failure", "UPDATE failure SET beganBy = 1",
      "DELETE FROM standing", "UPDATE runChange SET passing = 7",
    ])
  func `that is damaged is told, and made anew by the next import`(damage: String) throws {
    try store.add([run(0, ["a": .fail, "b": .pass])])
    try store.queue.write { try $0.execute(sql: damage) }
    #expect(
      try store.checkStandings() == ["what is known of web-1 (docker) is not what its runs say"])
  }
}

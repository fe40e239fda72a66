import BenchCatalog
import BenchHistory
import BenchModel
import BenchStorage
import Testing

struct `A run's name in the database` {
  private let store: RunStore
  /// The ids of `web-1` on three days, then those of `db-1` on the first two, at 12:00.
  private let ids: [Int64]

  init() throws {
    store = try RunStore(.embedded)
    ids = try store.add(
      (0..<3).map { Example.run(Example.day($0)) }
        + (0..<2).map { Example.run(Example.day($0) + 43_200, host: "db-1") }
    ).map(\.id)
  }

  @Test(
    arguments: [
      ("latest", nil, 2), ("latest~0", nil, 2), ("latest~1", nil, 4), ("latest~4", nil, 0),
      ("latest", "db-1", 4), ("latest~1", "db-1", 3), ("web-1", nil, 2), ("web-1~2", nil, 0),
      ("db-1~1", "web-1", 3),
      ("web-1@2026-01-01", nil, 0), ("web-1@2026-01-02", nil, 1), ("web-1@2030-01-01", nil, 2),
      ("db-1@2026-01-02", nil, 4), ("db-1@2026-01-02T11:59", nil, 3),
      ("db-1@2026-01-02T12:00:00Z", nil, 4),
      ("web-1@2026-01-03~1", nil, 1), ("latest@2026-01-01", nil, 3),
      ("latest@2026-01-01", "web-1", 0),
    ] as [(String, String?, Int)])
  func `names a run as git does`(name: String, host: String?, index: Int) throws {
    #expect(try store.run(named: name, hosts: host.map { [$0] } ?? []).summary.id == ids[index])
  }

  /// A date alone, with the host that is asked for.
  @Test(
    arguments: [
      ("2026-01-01", nil, 3), ("2026-01-02", nil, 4), ("2026-01-02", "web-1", 1),
      ("2026-01-02T11:59", nil, 1), ("2026-01-02T11:59", "db-1", 3), ("2030-12-31", nil, 2),
      ("2026-01-02~1", nil, 1), ("2026-01-03~1", "web-1", 1), ("2026-01-01T00:00:00Z", nil, 0),
      ("2026-01-02 12:00", "db-1", 4), ("2026-01-02T02:00+02:00", "web-1", 1),
      ("2026-01-02T02:00+02:01", "web-1", 0),
    ] as [(String, String?, Int)])
  func `may be a date, for the last run until its end`(name: String, host: String?, index: Int)
    throws
  {
    #expect(try store.run(named: name, hosts: host.map { [$0] } ?? []).summary.id == ids[index])
  }

  @Test func `may be a date before which there is none`() {
    #expect(
      throws: RepositoryError.noSuchRun(
        name: "2025-12-31", reason: .noneUntil("2025-12-31", first: Example.day(0)))
    ) {
      try store.run(named: "2025-12-31")
    }
    #expect(throws: RepositoryError.self) { try store.run(named: "2026-02-30") }
  }

  @Test func `counts back over the names that a host had`() throws {
    var store = store
    let id = try #require(try store.add([Example.run(Example.day(5), host: "web-2")]).first?.id)
    store.hostNames = HostNames(renames: ["web-1": "web-2"])
    for name in ["web-1", "web-2", "web-1~0"] {
      #expect(try store.run(named: name).summary.id == id)
    }
    #expect(try store.run(named: "web-2~1").summary.id == ids[2])
    #expect(try store.run(named: RunSummary.name(of: id) + "~1").summary.id == ids[2])
    #expect(try store.run(named: "web-1@2026-01-02").summary.id == ids[1])
    #expect(try store.run(before: store.run(id).summary)?.summary.id == ids[2])
    #expect(try store.run(named: "latest~3", hosts: ["web-1"]).summary.id == ids[0])
  }

  @Test func `may be an id or its beginning`() throws {
    for id in ids {
      let name = RunSummary.name(of: id)
      for count in [8, 12, 16] {
        #expect(try store.run(named: String(name.prefix(count))).summary.id == id)
      }
      #expect(try store.run(named: name.uppercased()).summary.id == id)
    }
    #expect(
      try store.run(named: RunSummary.name(of: ids[2]) + "~1").summary.id == ids[1])
  }

  @Test func `may be that of the baseline`() throws {
    try store.add([Example.run(Example.day(1))], labels: [("baseline", "yes")])
    #expect(try store.run(named: "baseline").summary.id == ids[1])
    #expect(throws: RepositoryError.noSuchRun(name: "baseline", reason: .noBaseline)) {
      try store.run(named: "baseline", hosts: ["db-1"])
    }
  }

  @Test(
    arguments: [
      ("latest~5", nil, .notThatMany(have: 5)), ("web-1~3", nil, .notThatMany(have: 3)),
      ("latest", "no", .noRunsOfHost("no")), ("baseline", nil, .noBaseline),
      ("web-1@2025-12-31", nil, .noneUntil("2025-12-31", first: Example.day(0))),
      ("web-1@2025-13-31", nil, .badDate("2025-13-31")),
      ("web-9", nil, .unknown(hosts: ["db-1", "web-1"])),
      ("", nil, .unknown(hosts: ["db-1", "web-1"])),
      ("zzzz", nil, .unknown(hosts: ["db-1", "web-1"])),
      ("latest~x", nil, .unknown(hosts: ["db-1", "web-1"])),
      ("ffffffffffffffff", nil, .unknown(hosts: ["db-1", "web-1"])),
      ("' OR 1=1 --", nil, .unknown(hosts: ["db-1", "web-1"])),
    ] as [(String, String?, RepositoryError.NoSuchRun)])
  func `that names nothing says why`(name: String, host: String?, reason: RepositoryError.NoSuchRun)
  {
    #expect(throws: RepositoryError.noSuchRun(name: name, reason: reason)) {
      try store.run(named: name, hosts: host.map { [$0] } ?? [])
    }
  }

  @Test func `that names nothing in an empty database says so`() throws {
    let empty = try RunStore(.embedded)
    #expect(throws: RepositoryError.noSuchRun(name: "latest", reason: .noRuns)) {
      try empty.run(named: "latest")
    }
  }

  @Test func `may be ambiguous`() throws {
    let many = try RunStore(.embedded)
    let ids = try many.add((0..<2_000).map { Example.run($0 * 60) }).map {
      RunSummary.name(of: $0.id)
    }
    let groups = Dictionary(grouping: ids) { $0.prefix(4) }
    let (prefix, group) = try #require(groups.first { $0.value.count > 1 })
    #expect(throws: RepositoryError.ambiguousRun(name: String(prefix), count: group.count)) {
      try many.run(named: String(prefix))
    }
  }

  @Test func `is that of the host where a host looks like an id`() throws {
    let id = try #require(try store.add([Example.run(host: "beef")]).first?.id)
    #expect(try store.run(named: "beef").summary.id == id)
  }

  @Test func `may be a huge number back`() {
    #expect(throws: RepositoryError.self) { try store.run(named: "latest~9999999999") }
    #expect(throws: RepositoryError.self) {
      try store.run(named: "latest~99999999999999999999")
    }
  }

  @Test func `tells the run before`() throws {
    let before = { (id: Int64) in
      try store.run(before: store.run(id).summary)?.summary.id
    }
    #expect(try before(ids[2]) == ids[1])
    #expect(try before(ids[0]) == nil)
  }
}

import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A run's name` {
  private let repository = MemoryRepository(hostNames: HostNames(renames: ["old": "new"]))
  private let ids: [Int64]

  init() throws {
    let noon: Int64 = 43_200
    let runs: [(host: String, day: Int64, second: Int64)] = [
      ("web-1", 0, noon), ("web-1", 1, noon - 30), ("db-1", 1, noon), ("latest", 2, 0),
      ("web@2", 2, 6), ("2026-11-23", 2, 7), ("old", 2, 8), ("new", 2, 9), ("web-1", 3, 0),
      ("web@2", 3, 1), ("beef", 3, 2), ("baseline", 3, 3), ("db-1", 3, 4),
    ]
    ids = try repository.add(
      runs.map { .of([Sample.icc: .fail], day: $0.day, second: $0.second, host: $0.host) })
    try repository.mark(ids[1], ids[2])
  }

  @Test(
    arguments: [
      ("latest", nil, 12), ("latest~0", nil, 12), ("latest~1", nil, 11), ("latest", "web-1", 8),
      ("latest~1", "web-1", 1), ("latest@2026-01-01", nil, 0), ("latest@2026-01-02~1", nil, 1),
      // A host.
      ("web-1", nil, 8), ("web-1~1", nil, 1), ("web-1~2", nil, 0), ("web-1", "db-1", 8),
      // The end of a day, of a minute and of a second.
      ("web-1@2026-01-01", nil, 0), ("web-1@2026-01-02", nil, 1), ("web-1@2026-01-03", nil, 1),
      ("web-1@2026-01-03~1", nil, 0), ("web-1@2026-01-02T11:59", nil, 1),
      ("web-1@2026-01-02T11:58", nil, 0), ("web-1@2026-01-02T11:59:30Z", nil, 1),
      ("web-1@2026-01-02T11:59:29Z", nil, 0), ("web-1@2026-01-02T12:59+01:00", nil, 1),
      // A date alone.
      ("2026-01-02", nil, 2), ("2026-01-02", "web-1", 1), ("2026-01-02~1", nil, 1),
      ("2026-01-02T11:59", nil, 1),
      // The newest baseline.
      ("baseline", nil, 2), ("baseline", "web-1", 1), ("baseline~1", nil, 1),
      ("baseline@2026-01-02T11:59", nil, 1),
      // Hosts that are called like something else.
      ("host:latest", nil, 3), ("host:baseline", nil, 11), ("host:web-1~1", nil, 1),
      ("host:web-1@2026-01-01", nil, 0), ("host:2026-11-23", nil, 5), ("2026-11-23", nil, 5),
      ("2026-11-23@2026-01-03", nil, 5), ("web@2", nil, 9), ("host:web@2", nil, 9),
      ("web@2~1", nil, 4), ("web@2@2026-01-03", nil, 4), ("beef", nil, 10),
      // A host of another name.
      ("old", nil, 7), ("new", nil, 7), ("new~1", nil, 6), ("old~1", nil, 6), ("latest", "old", 7),
      ("host:old", nil, 7),
      // The beginning of an id, and the run of its host before it.
      ("00001", nil, 0), ("0000D", nil, 12), ("0000d0", nil, 12), ("0000d00000000000", nil, 12),
      ("0000d~1", nil, 2), ("00008~1", nil, 6), ("00001", "db-1", 0),
    ] as [(String, String?, Int)])
  func `names a run`(name: String, host: String?, place: Int) throws {
    #expect(try RunName(name).resolve(in: repository, hosts: host.map { [$0] } ?? []) == ids[place])
  }

  private static let hosts = [
    "2026-11-23", "baseline", "beef", "db-1", "latest", "new", "web-1", "web@2",
  ]

  @Test(
    arguments: [
      ("latest~13", nil, .notThatMany(have: 13)), ("web-1~3", nil, .notThatMany(have: 3)),
      ("00001~1", nil, .notThatMany(have: 1)), ("latest", "web-9", .noRunsOfHost("web-9")),
      ("host:web-9", nil, .noRunsOfHost("web-9")), ("baseline", "new", .noBaseline),
      ("web-1@2025-12-31", nil, .noneUntil("2025-12-31", first: Past.day(0) + 43_200)),
      ("2025-12-31", nil, .noneUntil("2025-12-31", first: Past.day(0) + 43_200)),
      ("web-1@2026-13-01", nil, .badDate("2026-13-01")), ("web-9", nil, .unknown(hosts: hosts)),
      ("", nil, .unknown(hosts: hosts)), ("web-1~x", nil, .unknown(hosts: hosts)),
      ("000", nil, .unknown(hosts: hosts)), ("7000", nil, .unknown(hosts: hosts)),
      ("ffff", nil, .unknown(hosts: hosts)), ("00000d00000000000", nil, .unknown(hosts: hosts)),
    ] as [(String, String?, RepositoryError.NoSuchRun)])
  func `that names nothing says why`(
    name: String, host: String?, reason: RepositoryError.NoSuchRun
  ) {
    #expect(throws: RepositoryError.noSuchRun(name: name, reason: reason)) {
      try RunName(name).resolve(in: repository, hosts: host.map { [$0] } ?? [])
    }
  }

  @Test func `may be ambiguous`() {
    #expect(throws: RepositoryError.ambiguousRun(name: "0000", count: 13)) {
      try RunName("0000").resolve(in: repository)
    }
  }

  @Test func `counts back over a host with an at sign behind its mark`() throws {
    let id = try RunName("host:web@2~1").resolve(in: repository)
    #expect(id == ids[4])

  }

  @Test func `says of an empty repository that it has no runs`() {
    #expect(throws: RepositoryError.noSuchRun(name: "latest", reason: .noRuns)) {
      try RunName("latest").resolve(in: MemoryRepository())
    }
  }
}

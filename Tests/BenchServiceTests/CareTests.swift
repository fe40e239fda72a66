import BenchCatalog
import BenchHistory
import BenchModel
import BenchService
import BenchStorage
import BenchTestSupport
import Testing

/// The same over memory and over SQLite.
struct `Care of the runs` {
  /// Three runs of `web-1`, of which the first is of its old name, one of `web-2`, and one of `db-1`.
  private func both() throws -> [any RunRepository] {
    let names = HostNames(renames: ["old": "web-1"])
    var store = try RunStore(.embedded)
    store.hostNames = names
    let both: [any RunRepository] = [MemoryRepository(hostNames: names), store]
    for repository in both {
      try repository.add(
        .of([Sample.icc: .pass], day: 0, host: "old"), .of([Sample.icc: .fail], day: 1),
        .of([Sample.icc: .fail], day: 2))
      try repository.add(
        .of([Sample.icc: .pass], day: 0, second: 5, host: "web-2"), labels: [("env", "prod")])
      try repository.add(.of([Sample.icc: .pass], day: 1, host: "db-1"))
    }
    return both
  }

  /// The runs of a repository, as in `web-1 2`.
  private static func all(_ repository: any RunRepository) throws -> [String] {
    try repository.runs(RunFilter()).map(name).sorted()
  }

  private static func name(_ run: RunSummary) -> String {
    "\(run.host) \((run.startedAt - Past.start) / 86_400)"
  }

  private static func expectSound(
    _ repository: any RunRepository, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard let store = repository as? RunStore else { return }
    #expect(try store.check() == [], sourceLocation: sourceLocation)
    #expect(try store.checkStandings() == [], sourceLocation: sourceLocation)
  }

  private static let everything = ["db-1 1", "web-1 0", "web-1 1", "web-1 2", "web-2 0"]

  private static let choices: [(RunChoice, [String])] = [
    (RunChoice(names: ["web-1~1"]), ["web-1 1"]),
    (RunChoice(names: ["web-1", "latest", "db-1"]), ["db-1 1", "web-1 2"]),
    (RunChoice(hosts: ["old"]), ["web-1 0", "web-1 1", "web-1 2"]),
    (RunChoice(hosts: ["web-*"]), ["web-1 0", "web-1 1", "web-1 2", "web-2 0"]),
    (RunChoice(hosts: ["web-?", "db-1"]), everything),
    (RunChoice(before: Past.day(1)), ["web-1 0", "web-2 0"]),
    (RunChoice(hosts: ["web-1"], before: Past.day(1) + 1), ["web-1 0", "web-1 1"]),
    (RunChoice(labels: [("env", "prod")]), ["web-2 0"]),
    (RunChoice(hosts: ["db-1"], labels: [("env", "prod")]), []),
    (RunChoice(before: Past.day(0)), []),
  ]

  @Test(arguments: choices.indices)
  func `forgets the runs that are chosen, and no others`(number: Int) throws {
    let (choice, expected) = Self.choices[number]
    for repository in try both() {
      for isDryRun in [true, false] {
        let hosts = try ForgetRuns.run(choice, isDryRun: isDryRun, in: repository)
        #expect(hosts.flatMap { $0.runs.map(Self.name) }.sorted() == expected)
        #expect(hosts.map(\.host) == Set(hosts.map(\.host)).sorted())
        for host in hosts {
          let own = Self.everything.count { $0.hasPrefix(host.host + " ") }
          #expect(host.left == own - host.runs.count)
        }
        let left = Self.everything.filter { isDryRun || !expected.contains($0) }
        #expect(try Self.all(repository) == left)
      }
      try Self.expectSound(repository)
    }
  }

  @Test func `says that a baseline goes`() throws {
    for repository in try both() {
      let set = try Baselines.set("web-1~1", RunFilter(), at: Past.day(99), in: repository).map(
        \.id)
      let hosts = try ForgetRuns.run(RunChoice(hosts: ["*"]), isDryRun: true, in: repository)
      #expect(hosts.flatMap { $0.baselines.map(\.id) } == set)
    }
  }

  @Test func `changes nothing where a host or run is not there`() throws {
    for repository in try both() {
      #expect(throws: ServiceError.noRuns(host: "x-*")) {
        _ = try ForgetRuns.run(
          RunChoice(hosts: ["web-1", "x-*"]), isDryRun: false, in: repository)
      }
      #expect(throws: RepositoryError.self) {
        _ = try ForgetRuns.run(
          RunChoice(names: ["web-1", "nobody"]), isDryRun: false, in: repository)
      }
      #expect(throws: ServiceError.noRuns(host: "nobody")) {
        _ = try RenameHost.run("nobody", to: "x", merging: true, at: Past.day(99), in: repository)
      }
      #expect(throws: ServiceError.nothingMeant) {
        _ = try LabelRuns.run(
          RunChoice(labels: [("no", "no")]), with: [("a", "b")], removing: [], in: repository)
      }
      #expect(try Self.all(repository) == Self.everything)
    }
  }

  @Test func `renames a host`() throws {
    for repository in try both() {
      let result = try RenameHost.run(
        "db-1", to: "db-2", merging: false, at: Past.day(99), in: repository)
      #expect(result.runs == 1)
      #expect(try repository.hosts() == ["db-2", "web-1", "web-2"])
      // Both of its names.
      let other = try RenameHost.run(
        "old", to: "shop", merging: false, at: Past.day(99), in: repository)
      #expect(other.runs == 3)
      #expect(try repository.hosts() == ["db-2", "shop", "web-2"])
      try Self.expectSound(repository)
    }
  }

  @Test func `makes two hosts one only where that is meant`() throws {
    for repository in try both() {
      #expect(throws: ServiceError.hostHasRuns(host: "web-1", name: "web-2")) {
        _ = try RenameHost.run(
          "web-1", to: "web-2", merging: false, at: Past.day(99), in: repository)
      }
      #expect(throws: ServiceError.hostIsRenamed("old", current: "web-1")) {
        _ = try RenameHost.run("db-1", to: "old", merging: true, at: Past.day(99), in: repository)
      }
      #expect(try Self.all(repository) == Self.everything)
      let result = try RenameHost.run(
        "web-1", to: "web-2", merging: true, at: Past.day(99), in: repository)
      #expect(result.runs == 3)
      #expect(result.repeated.isEmpty)
      #expect(try Self.all(repository) == ["db-1 1", "web-2 0", "web-2 0", "web-2 1", "web-2 2"])
      try Self.expectSound(repository)
    }
  }

  @Test func `makes the names of a policy those of the runs`() throws {
    for repository in try both() {
      let result = try RenameHost.run(
        "old", to: "web-1", merging: false, at: Past.day(99), in: repository)
      #expect(result.runs == 1)
      #expect(try Self.all(repository) == Self.everything)
      #expect(
        try RenameHost.run("old", to: "web-1", merging: false, at: Past.day(99), in: repository)
          .runs == 0)
      try Self.expectSound(repository)
    }
  }

  @Test func `keeps one of the runs and one of the baselines of both names`() throws {
    for repository in try both() {
      let twin = try repository.add(.of([Sample.icc: .fail], day: 2, host: "db-1"))
      try repository.mark(try repository.run(named: "web-1~1").summary.id)
      try repository.mark(twin[0])
      let result = try RenameHost.run(
        "db-1", to: "web-1", merging: true, at: Past.day(99), in: repository)
      #expect(result.repeated == twin)
      #expect(result.runs == 1)
      #expect(result.unmarked.count == 1)
      let baselines = try repository.baselines(host: nil).map(Self.name)
      #expect(baselines == ["web-1 2"])
      try Self.expectSound(repository)
    }
  }

  @Test func `labels runs`() throws {
    for repository in try both() {
      let labelled = try LabelRuns.run(
        RunChoice(hosts: ["web-*"]), with: [("env", "test"), ("team", "shop")], removing: [],
        in: repository)
      #expect(labelled.count == 4)
      let stored = try repository.runs(RunFilter(labels: [("env", "test"), ("team", "shop")]))
      #expect(stored.map(\.id) == labelled.map(\.id))
      #expect(stored.map(\.labels) == labelled.map(\.labels))
      let less = try LabelRuns.run(
        RunChoice(names: ["web-2"]), with: [], removing: ["team"], in: repository)
      #expect(less.map(\.labels) == [["env": "test"]])
      #expect(try repository.runs(RunFilter(labels: [("team", "shop")])).count == 3)
    }
  }

  @Test func `prunes hosts`() throws {
    var retention = Retention()
    retention.last = 1
    for repository in try both() {
      try repository.mark(try repository.run(named: "web-1~2").summary.id)
      let dry = try PruneRuns.run(
        retention, at: Past.day(99), .embedded, isDryRun: true, in: repository)
      #expect(dry.groups.map(\.host) == ["db-1", "web-1", "web-2"])
      #expect(try Self.all(repository) == Self.everything)
      let other = try PruneRuns.run(
        retention, hosts: ["db-*"], at: Past.day(99), .embedded, isDryRun: false, in: repository)
      #expect(other.gone.isEmpty)
      let plan = try PruneRuns.run(
        retention, at: Past.day(99), .embedded, isDryRun: false, in: repository)
      #expect(plan.gone == dry.gone)
      #expect(
        plan.groups.flatMap { $0.kept.map(\.reasons) } == [
          [.last, .current], [.last, .current], [.baseline], [.last, .current],
        ])
      #expect(try Self.all(repository) == ["db-1 1", "web-1 0", "web-1 2", "web-2 0"])
      try Self.expectSound(repository)
    }
  }
}

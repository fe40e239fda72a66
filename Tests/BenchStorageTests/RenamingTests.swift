import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import GRDB
import Testing

@testable import BenchStorage

struct `A host of another name` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  private func add(
    _ runs: Run..., path: String = "bench.log", labels: [(key: String, value: String)] = []
  ) throws -> [Int64] {
    try store.add(runs, path: path, labels: labels).map(\.id)
  }

  private func rename(_ host: String, to name: String) throws -> HostRenaming {
    try store.write { try $0.rename(host, to: name, at: 0) }
  }

  private func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try store.check() == [], sourceLocation: sourceLocation)
    #expect(try store.checkStandings() == [], sourceLocation: sourceLocation)
  }

  private static func run(_ day: Int64, _ outcome: Outcome, host: String) -> Run {
    Example.run(
      Example.day(day), host: host, findings: [Example.finding("daemon-icc-disabled", outcome)])
  }

  @Test func `keeps the ids, labels and baselines of its runs`() throws {
    let ids = try add(
      Self.run(0, .fail, host: "old"), Self.run(1, .pass, host: "old"), labels: [("env", "test")])
    _ = try add(Self.run(0, .fail, host: "db-1"))
    try store.write { try $0.setBaseline([ids[0]], at: 0) }
    let result = try rename("old", to: "new")
    #expect(result.runs == 2)
    #expect(result.repeated.isEmpty && result.unmarked.isEmpty)
    #expect(try store.hosts() == ["db-1", "new"])
    #expect(try !store.hasHost("old"))
    #expect(try store.ids(RunFilter(host: "new")) == [ids[1], ids[0]])
    #expect(try store.run(ids[0]).summary.labels == ["env": "test", "baseline": "yes"])
    try expectSound()
    // Its log is known again.
    let again = try store.add([Self.run(1, .pass, host: "new")])
    #expect(again.map(\.status) == [.present])
    #expect(again.map(\.id) == [ids[1]])
  }

  @Test func `that is not there stays so`() throws {
    _ = try add(Self.run(0, .fail, host: "web-1"))
    #expect(try rename("old", to: "new") == HostRenaming())
    #expect(try store.hosts() == ["web-1"])
  }

  @Test func `that has runs is one host with it, whose runs stand in their order`() throws {
    _ = try add(Self.run(0, .fail, host: "old"), Self.run(2, .fail, host: "old"))
    _ = try add(Self.run(1, .pass, host: "new"))
    #expect(try rename("old", to: "new").runs == 2)
    #expect(try store.hosts() == ["new"])
    let failures = try store.queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT (beganAt - 1767225600) / 86400 AS began, beganBy, endedBy FROM failure
          ORDER BY number
          """
      ).map { "\($0["began"] as Int) \($0["beganBy"] as Int) \($0["endedBy"] as Int? ?? -1)" }
    }
    #expect(failures == ["0 2 5", "2 0 -1"])
    try expectSound()
  }

  @Test func `has a run of both once, with the labels of both`() throws {
    let old = try add(Self.run(0, .fail, host: "old"), labels: [("env", "test"), ("by", "old")])
    let new = try add(Self.run(0, .fail, host: "new"), labels: [("team", "shop"), ("by", "new")])
    let result = try rename("old", to: "new")
    #expect(result.runs == 0)
    #expect(result.repeated == old)
    #expect(try store.ids(RunFilter()) == new)
    let labels = try store.run(new[0]).summary.labels
    #expect(labels == ["env": "test", "team": "shop", "by": "new"])
    try expectSound()
  }

  @Test func `has the text of a run of which the other name has the JSON`() throws {
    var json = Example.run(Example.day(0), host: "new", form: .json)
    for place in json.findings.indices { json.findings[place].details = [] }
    let text = Example.run(Example.day(0) + 1, host: "old")
    let ids = try add(json, text)
    #expect(try rename("old", to: "new").repeated == [ids[0]])
    #expect(try store.ids(RunFilter(host: "new")) == [ids[1]])
    try expectSound()
  }

  @Test func `has the whole of a run that was cut off under the other name`() throws {
    let whole = Example.run(Example.day(0), host: "old")
    let part = Example.run(
      Example.day(0), host: "new", isComplete: false, findings: Array(Example.findings.dropLast()))
    let ids = try add(part, whole)
    let result = try rename("old", to: "new")
    #expect(result.repeated == [ids[0]])
    #expect(result.runs == 1)
    #expect(try store.run(ids[1]).summary.isComplete)
    try expectSound()
  }

  @Test func `has a log without a time once where the file is the same`() throws {
    func run(_ host: String, _ nanoseconds: Int) -> Run {
      var run = Example.run(Example.day(0), host: host, timeSource: .file)
      run.release = Release(
        tool: .aquaDockerBench, printed: nil, edition: "cis-1.2", earliest: "cis-1.2",
        latest: "cis-1.2")
      run.nanoseconds = nanoseconds
      run.fileTime = FileTime(seconds: Example.day(0), nanoseconds: nanoseconds)
      run.fileSize = 100
      return run
    }
    let old = try add(run("old", 5), path: "a.log") + add(run("old", 6), path: "b.log")
    let new = try add(run("new", 5), path: "c.log")
    let result = try rename("old", to: "new")
    #expect(result.repeated == [old[0]])
    #expect(try store.ids(RunFilter(host: "new")) == [old[1], new[0]])
    try expectSound()
  }

  @Test func `has one baseline for each system, the newer one`() throws {
    var kube = Self.run(0, .fail, host: "old")
    kube.release = Release(
      tool: .kubeBench, printed: nil, edition: "cis-1.9", earliest: "cis-1.9", latest: "cis-1.9")
    let old = try add(kube, Self.run(2, .fail, host: "old"))
    let new = try add(Self.run(1, .pass, host: "new"))
    try store.write { try $0.setBaseline(old + new, at: 0) }
    #expect(try rename("old", to: "new").unmarked == new)
    #expect(try store.baselines(host: "new").map(\.id) == [old[1], old[0]])
    try expectSound()
  }

  @Test func `is renamed with all names that a policy has for it`() throws {
    _ = try add(Self.run(0, .fail, host: "older"), Self.run(1, .fail, host: "old"))
    var store = store
    store.hostNames = HostNames(renames: ["older": "old"])
    let result = try store.write { try $0.rename("older", to: "new", at: 0) }
    #expect(result.runs == 2)
    #expect(try self.store.hosts() == ["new"])
    try expectSound()
  }

  @Test func `is made for good what a policy shows`() throws {
    let ids = try add(Self.run(0, .fail, host: "old"), Self.run(1, .fail, host: "new"))
    var store = store
    store.hostNames = HostNames(renames: ["old": "new"])
    try store.write { try $0.setBaseline([ids[0]], at: 0) }
    let result = try store.write { try $0.rename("old", to: "new", at: 0) }
    #expect(result.runs == 1)
    #expect(result.unmarked.isEmpty)
    #expect(try self.store.hosts() == ["new"])
    #expect(try self.store.baselines(host: "new").map(\.id) == [ids[0]])
    try expectSound()
  }
}

struct `Labels of runs` {
  @Test func `are given and taken away`() throws {
    let store = try RunStore(.embedded)
    let ids = try store.add(
      [Example.run(Example.day(0)), Example.run(Example.day(1))], labels: [("env", "test")]
    ).map(\.id)
    try store.write { writer in
      try writer.label([ids[0], 42], with: [("env", "prod"), ("team", "shop")], removing: [])
      try writer.label([ids[1]], with: [], removing: ["env", "none"])
    }
    #expect(try store.run(ids[0]).summary.labels == ["env": "prod", "team": "shop"])
    #expect(try store.run(ids[1]).summary.labels.isEmpty)
    #expect(try store.check().isEmpty)
  }
}

struct `A database that is compacted` {
  @Test func `has no more room than it needs, and says what it said`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(path: folder.file("bench.db"), create: true, .embedded)
    let ids = try store.add(
      (0..<60 as Range<Int64>).map { day in
        let details = [String(repeating: "\(day) ", count: 4_000)]
        return Example.run(
          Example.day(day), findings: [Example.finding("daemon-icc-disabled", details: details)])
      }
    ).map(\.id)
    try store.write { try $0.remove(Array(ids.dropLast(2))) }
    try store.queue.write {
      try $0.execute(sql: "INSERT INTO source (path, importedAt) VALUES ('nobody.log', 1)")
    }
    let findings = try store.run(ids[59]).findings
    let done = try store.compact()
    #expect(done.after * 2 < done.before)
    #expect(try store.ids(RunFilter()) == [ids[59], ids[58]])
    #expect(try store.run(ids[59]).findings == findings)
    let sources = try store.queue.read { try String.fetchAll($0, sql: "SELECT path FROM source") }
    #expect(sources == ["bench.log"])
    #expect(try store.check().isEmpty)
    #expect(try store.checkStandings().isEmpty)
    // Once more there is nothing to do.
    let again = try store.compact()
    #expect(again.before == done.after)
    #expect(again.after == done.after)
  }
}

import BenchCatalog
import BenchHistory
import BenchModel
import BenchStorage
import Testing

struct `A baseline` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  private func add(_ day: Int64, _ tool: Tool = .dockerBenchSecurity, host: String = "web-1")
    throws -> Int64
  {
    var run = Example.run(Example.day(day), host: host)
    run.release = Release(
      tool: tool, printed: nil, edition: "cis-1.2", earliest: "cis-1.2", latest: "cis-1.2")
    return try #require(try store.add([run]).first?.id)
  }

  private func baselines(_ host: String? = nil) throws -> [Int64] {
    try store.baselines(host: host).map(\.id)
  }

  @Test func `takes the place of the one before`() throws {
    let (first, second) = (try add(0), try add(1))
    try store.write { try $0.setBaseline([first], at: 0) }
    #expect(try baselines() == [first])
    try store.write { try $0.setBaseline([second], at: 0) }
    #expect(try baselines() == [second])
    #expect(try store.run(named: "baseline", hosts: ["web-1"]).summary.id == second)
    try store.write { try $0.setBaseline([second], at: 0) }
    #expect(try baselines() == [second])
  }

  @Test func `is one for each system that is checked`() throws {
    let (docker, kube, other) = (try add(0), try add(1, .kubeBench), try add(2, .aquaDockerBench))
    try store.write { try $0.setBaseline([docker, kube], at: 0) }
    #expect(try baselines() == [kube, docker])
    // Aqua docker-bench checks what docker-bench-security checks.
    try store.write { try $0.setBaseline([other], at: 0) }
    #expect(try baselines() == [other, kube])
  }

  @Test func `is one for each host, whatever its names`() throws {
    var store = store
    let (old, new) = (try add(0, host: "old"), try add(1, host: "new"))
    let other = try add(2, host: "db-1")
    store.hostNames = HostNames(renames: ["old": "new"])
    try store.write { try $0.setBaseline([old, other], at: 0) }
    #expect(try store.baselines(host: "new").map(\.id) == [old])
    #expect(try store.baselines(host: "old").map(\.host) == ["new"])
    try store.write { try $0.setBaseline([new], at: 0) }
    #expect(try store.baselines(host: nil).map(\.id) == [other, new])
  }

  @Test func `is cleared, and its run stays`() throws {
    let (first, second) = (try add(0), try add(1, host: "db-1"))
    try store.write { try $0.setBaseline([first, second], at: 0) }
    try store.write { try $0.clearBaseline([first], at: 1) }
    #expect(try baselines() == [second])
    #expect(try store.runs(RunFilter()).count == 2)
    try store.write { try $0.clearBaseline([first, 42], at: 1) }
    #expect(throws: RepositoryError.noSuchRun(name: "baseline", reason: .noBaseline)) {
      try store.run(named: "baseline", hosts: ["web-1"])
    }
  }

  @Test func `of a run that is not there is none`() throws {
    try store.write { try $0.setBaseline([42], at: 0) }
    #expect(try baselines().isEmpty)
  }

  @Test func `is what the newest run is measured against`() throws {
    let first = try add(0)
    _ = try add(1)
    let last = try add(2)
    try store.write { try $0.setBaseline([first], at: 0) }
    let latest = try store.history(RunFilter()) { history in
      try history.sequence(of: try #require(history.hosts.first)).latest
    }
    #expect(latest.map(\.baseline?.id) == [first])
    #expect(latest.map(\.head.id) == [last])
  }
}

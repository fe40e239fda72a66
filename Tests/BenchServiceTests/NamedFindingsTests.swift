import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchService

struct `Findings that an analyst names` {
  private static let level = "daemon-log-level-info"
  private static let rootless = "daemon-rootless"
  /// The edition before `2.1` and `2.2` got other meanings, and one after it.
  private static let old = Sample.aqua
  private static let new = Example.release(
    "cis-1.6.0", edition: "cis-1.6.0", tool: .aquaDockerBench)

  private let repository = MemoryRepository()

  private static func run(
    _ findings: [(id: String, control: ControlID, outcome: Outcome)], day: Int64,
    host: String = "web-3", _ release: Release = old
  ) -> Run {
    var run = Run.of([:], day: day, host: host, release: release)
    run.findings = findings.map { Example.finding($0.control, $0.outcome, id: $0.id) }
    return run
  }

  private func select(_ names: String..., host: String? = nil) throws -> SelectedFindings {
    try Sample.query(host: host).selection(of: names, in: repository)
  }

  private static func controls(_ found: SelectedFindings) -> [ControlID] {
    found.selection.choices.map(\.candidate.control)
  }

  // MARK: Which are meant

  @Test func `mean what the newest run that has the id means`() throws {
    let ids = try repository.add([
      Self.run([("2.1", Sample.icc, .fail), ("2.2", Self.level, .fail)], day: 1),
      Self.run(
        [("2.1", Self.rootless, .fail), ("2.2", Sample.icc, .pass), ("2.3", Self.level, .pass)],
        day: 2, Self.new),
    ])
    let found = try select("2.2.b", "2.1", "2.2")
    #expect(Self.controls(found) == [Self.level, Self.rootless, Sample.icc])
    #expect(found.selection.choices.map(\.reason) == [.named, .named, .named])
    #expect(found.meanings.map(\.edition) == ["cis-1.2", "cis-1.6.0", "cis-1.6.0"])
    #expect(found.meanings.map(\.hosts) == [["web-3"], ["web-3"], ["web-3"]])
    let (level, rootless) = (
      found.selection.choices[0].candidate, found.selection.choices[1].candidate
    )
    #expect(level.before?.run.id == ids[0] && level.before?.finding.checkID == "2.2")
    #expect(level.now?.run.id == ids[1] && level.now?.finding.outcome == .pass)
    #expect(rootless.before?.run.id == ids[1] && rootless.now?.run.id == ids[1])
  }

  @Test func `are each a finding where hosts mean different controls`() throws {
    try repository.add([
      Self.run([("2.1", Sample.icc, .fail)], day: 1, host: "web-1"),
      Self.run([("2.1", Self.rootless, .pass)], day: 1, host: "web-2", Self.new),
      Self.run([("2.1", Sample.icc, .pass)], day: 1, host: "web-4"),
    ])
    let found = try select("2.1")
    #expect(Self.controls(found) == [Sample.icc, Self.rootless])
    #expect(found.meanings.map(\.control) == [Sample.icc, Self.rootless])
    #expect(found.meanings.map(\.hosts) == [["web-1", "web-4"], ["web-2"]])
    #expect(found.meanings.map(\.id) == ["2.1", "2.1"])
    #expect(found.selection.choices[0].candidate.hosts == ["web-1", "web-4"])
    #expect(Self.controls(try select("2.1", host: "web-2")) == [Self.rootless])
    #expect(Self.controls(try select("cis-1.2:2.1")) == [Sample.icc])
    let once = try select(Self.rootless, Sample.icc, "2.1")
    #expect(Self.controls(once) == [Self.rootless, Sample.icc])
  }

  @Test func `must be known, and be in a run`() throws {
    #expect(throws: ServiceError.noRuns(host: nil)) { try select("2.1") }
    try repository.add(Self.run([("2.1", Sample.icc, .fail)], day: 1))
    #expect(throws: CheckName.Problem.unknown("99.9")) { try select("2.1", "99.9") }
    #expect(throws: CheckName.Problem.self) { try select("1.1.1.1.1") }
    let missing = ServiceError.notEvaluated(
      name: "2.2.b", controls: [Self.level], host: "web-3", editions: ["cis-1.2"])
    #expect(throws: missing) { try select("2.2.b", host: "web-3") }
    let slug = ServiceError.notEvaluated(
      name: Sample.privileged, controls: [Sample.privileged], host: nil, editions: ["cis-1.2"])
    #expect(throws: slug) { try select("2.1", Sample.privileged) }
    // No run's edition has it, and it means several things.
    #expect(throws: CheckName.Problem.self) { try select("1.1.3") }
  }

  // MARK: Before and now

  @Test func `show the newest failure, under the asked id if there is one`() throws {
    let ids = try repository.add([
      Self.run([("2.1", Sample.icc, .fail)], day: 1),
      Self.run([("2.2", Sample.icc, .fail)], day: 2, Self.new),
      Self.run([("2.1", Sample.icc, .pass)], day: 3),
    ])
    #expect(try select("2.1").selection.choices.first?.candidate.before?.run.id == ids[0])
    let slug = try select(Sample.icc).selection.choices.first?.candidate
    #expect(slug?.before?.run.id == ids[1])
    #expect(slug?.now?.run.id == ids[2])
  }

  @Test func `have no failure before where there was none, or it is too long ago`() throws {
    try repository.add([
      Self.run([("2.1", Sample.icc, .fail), ("2.2", Self.level, .pass)], day: 1)
    ])
    for number in 0..<200 {
      var run = Self.run([("2.1", Sample.icc, .pass), ("2.2", Self.level, .pass)], day: 2)
      run.startedAt += Int64(number)
      try repository.add(run)
    }
    let found = try select("2.1", "2.2")
    #expect(found.selection.choices.map { $0.candidate.before?.run.id } == [nil, nil])
    #expect(found.selection.choices.allSatisfy { $0.candidate.now?.finding.outcome == .pass })
  }

  @Test func `are told by the host that has them open, else by one that had`() throws {
    try repository.add([
      Self.run([("2.1", Sample.icc, .pass)], day: 1, host: "a-1"),
      Self.run([("2.1", Sample.icc, .fail)], day: 1, host: "b-1"),
      Self.run([("2.1", Sample.icc, .pass)], day: 2, host: "b-1"),
    ])
    #expect(
      try select("2.1").selection.choices.first?.candidate.hosts == ["b-1", "a-1"])
    try repository.add(Self.run([("2.1", Sample.icc, .fail)], day: 1, host: "c-1"))
    let open = try select("2.1").selection.choices.first?.candidate
    #expect(open?.hosts == ["c-1", "a-1", "b-1"])
    #expect(open?.before?.run.id == open?.now?.run.id)
  }

  @Test func `know the parts of an id`() {
    #expect(PastFailures.isSame("2.2", "2.2.b") && PastFailures.isSame("2.1.a", "2.1"))
    #expect(!PastFailures.isSame("2.1", "2.10") && !PastFailures.isSame("2.1", "2.1.3"))
  }
}

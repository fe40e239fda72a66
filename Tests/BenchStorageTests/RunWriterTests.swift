import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchStorage

struct `A run that is stored` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  @Test func `comes back as it was`() throws {
    let run = Example.run(
      line: 40,
      findings: Example.findings.map {
        var finding = $0
        finding.line += 39
        return finding
      })
    let id = try #require(
      try store.add([run], path: "logs/a.log", labels: [("baseline", "yes")]).first?.id)
    let stored = try store.run(id)
    #expect(stored.findings == run.findings)
    let summary = stored.summary
    #expect(summary.host == "web-1")
    #expect(summary.release == run.release)
    #expect(summary.startedAt == run.startedAt)
    #expect(summary.timeSource == .log)
    #expect(summary.form == .text)
    #expect(summary.isComplete)
    #expect(summary.printedChecks == 5)
    #expect(summary.printedScore == -1)
    #expect(summary.path == "logs/a.log")
    #expect(summary.line == 40)
    #expect(summary.labels == ["baseline": "yes"])
    #expect(summary.counts == [.pass: 1, .fail: 2, .manual: 1, .info: 1])
    #expect(summary.unmapped == 1)
    #expect(try store.check().isEmpty)
  }

  @Test(arguments: [false, true])
  func `has its text's content, whichever form came first`(isTextFirst: Bool) throws {
    let full = Example.run(form: .text)
    let part = Example.run(
      1_767_225_601, form: .json, findings: Array(Example.findings.prefix(2)))
    let added = try store.add(isTextFirst ? [full, part] : [part, full])
    #expect(added.map(\.status) == [.imported, .present])
    #expect(try store.runs(RunFilter()).count == 1)
    #expect(try store.run(try #require(added.first?.id)).findings == full.findings)
    #expect(try store.check().isEmpty)
  }

  @Test func `keeps its labels when its whole version takes its place`() throws {
    let cut = Example.run(isComplete: false, findings: Array(Example.findings.prefix(2)))
    try store.add([cut], labels: [("baseline", "yes")])
    let status = try store.add([Example.run()]).first?.status
    #expect(status == .replaced)
    #expect(try store.runs(RunFilter()).first?.labels == ["baseline": "yes"])
  }

  @Test(arguments: Fixture.texts + Fixture.documents)
  func `comes back as it was read`(fixture: String) throws {
    let run = try Reading.run(fixture)
    let id = try #require(try store.add([run]).first?.id)
    #expect(try store.run(id).findings == run.findings)
    #expect(try store.check().isEmpty)
  }

  @Test(arguments: [
    ["", "a"], ["a", ""], ["", ""], ["a'b;--", "\"quoted\""], ["日本語", "\u{1b}[31m"],
    [" blank "],
  ])
  func `keeps its texts to the letter`(details: [String]) throws {
    let items = details.map { Item(kind: .user, name: $0 + "x", stableName: "", value: $0) }
    let findings = [Example.finding("a", details: details, items: items)]
    let id = try #require(
      try store.add([Example.run(host: details[0] + "h", findings: findings)]).first?.id)
    #expect(try store.run(id).findings == findings)
    #expect(try store.run(id).summary.host == details[0] + "h")
    #expect(try store.check().isEmpty)
  }

  @Test func `may have no findings`() throws {
    let id = try #require(try store.add([Example.run(findings: [])]).first?.id)
    #expect(try store.run(id).findings.isEmpty)
    #expect(try store.run(id).summary.counts.isEmpty)
  }

  @Test func `may have an empty detail`() throws {
    let findings = [Example.finding("a", details: [""])]
    let id = try #require(try store.add([Example.run(findings: findings)]).first?.id)
    #expect(try store.run(id).findings == findings)
    #expect(try store.check().isEmpty)
  }

  @Test func `is there once however often it is imported`() throws {
    let runs = (0..<5).map { Example.run(Example.day($0)) }
    let first = try store.add(runs)
    let second = try store.add(runs, path: "another.log")
    #expect(first.allSatisfy { $0.status == .imported })
    #expect(second.allSatisfy { $0.status == .present })
    #expect(first.map(\.id) == second.map(\.id))
    #expect(try store.state().runs == 5)
  }

  @Test func `has the same id in any order of import`() throws {
    let runs = (0..<5).map { Example.run(Example.day($0)) }
    let other = try RunStore(.embedded)
    let ids = try store.add(runs).map(\.id)
    #expect(try other.add(runs.reversed()).map(\.id).reversed() == ids)
    let names = { (store: RunStore) in try store.runs(RunFilter()).map(\.name) }
    #expect(try names(store) == names(other))
    #expect(try names(store) == ids.reversed().map(RunSummary.name(of:)))
  }

  @Test func `takes the place of one that was cut off`() throws {
    let part = Example.run(isComplete: false, findings: Array(Example.findings.prefix(2)))
    let more = Example.run(isComplete: false, findings: Array(Example.findings.prefix(4)))
    let whole = Example.run()
    let first = try store.add([part])
    let second = try store.add([more])
    let third = try store.add([whole])
    #expect([first, second, third].map { $0.first?.status } == [.imported, .replaced, .replaced])
    #expect(first.first?.id == third.first?.id)
    let id = try #require(third.first?.id)
    #expect(try store.run(id).findings == whole.findings)
    #expect(try store.run(id).summary.isComplete)
    let state = try store.state()
    #expect(state.runs == 1)
    #expect(state.problems.isEmpty)
  }

  @Test func `is not replaced by one that was cut off`() throws {
    let part = Example.run(isComplete: false, findings: Array(Example.findings.prefix(2)))
    try store.add([Example.run()])
    #expect(try store.add([part]).first?.status == .present)
    let latest = try store.run(named: "latest")
    #expect(latest.findings == Example.findings)
    #expect(latest.summary.isComplete)
  }

  @Test(arguments: [
    ("s1-fa9b227-log.txt", "s1-fa9b227-log.json"), ("s1-v1.3.5-log.txt", "s1-v1.3.5-log.json"),
    ("s5-v1.6.0-stdout.txt", "s5-v1.6.0-log.json"), ("s6-v1.6.0-log.txt", "s6-v1.6.0-log.json"),
    ("s4-head-stdout.txt", "s4-head-log.json"),
  ])
  func `is one in text and JSON`(text: String, json: String) throws {
    for pair in [[text, json], [json, text]] {
      let store = try RunStore(.embedded)
      let statuses = try pair.map { try store.add([Reading.run($0)]).first?.status }
      #expect(statuses == [.imported, .present], "\(pair)")
      #expect(try store.state().runs == 1)
    }
  }

  @Test func `takes over the version that the other form tells`() throws {
    try store.add([Example.run(printed: nil)])
    try store.add([Example.run(form: .json, printed: "1.6.0")])
    #expect(try store.runs(RunFilter()).map(\.release.printed) == ["1.6.0"])
  }

  @Test(arguments: [1, 2, 5, 60] as [Int64])
  func `stays apart from another one seconds later`(seconds: Int64) throws {
    let statuses = try store.add([Example.run(), Example.run(1_767_225_600 + seconds)]).map(
      \.status)
    #expect(statuses == [.imported, .imported])
    #expect(try store.state().runs == 2)
  }

  @Test func `stays apart from another host's`() throws {
    try store.add([Example.run(), Example.run(host: "web-2")])
    #expect(try Set(store.runs(RunFilter()).map(\.host)) == ["web-1", "web-2"])
    #expect(try store.state().runs == 2)
  }

  @Test func `stays apart from one of the same second that found other things`() throws {
    var findings = Example.findings
    for index in findings.indices { findings[index].outcome = .fail }
    try store.add([Example.run()])
    let second = try store.add([Example.run(findings: findings)])
    #expect(second.first?.status == .imported)
    #expect(try store.state().runs == 2)
  }

  @Test func `is known by its file and content where its log has no time`() throws {
    try store.add([Example.run(1, timeSource: .file)])
    #expect(try store.add([Example.run(1, timeSource: .file)]).first?.status == .present)
    // Equal content alone does not make two runs one.
    #expect(try store.add([Example.run(999_999, timeSource: .file)]).first?.status == .imported)
    let other = Example.run(1, timeSource: .file, findings: Array(Example.findings.dropLast()))
    #expect(try store.add([other]).first?.status == .imported)
  }

  @Test func `gets labels also when it is there already`() throws {
    try store.add([Example.run()], labels: [("env", "test")])
    try store.add([Example.run()], labels: [("baseline", "yes"), ("env", "prod")])
    #expect(try store.runs(RunFilter()).map(\.labels) == [["baseline": "yes", "env": "prod"]])
    #expect(try store.runs(RunFilter(labels: [("env", "prod")])).count == 1)
    #expect(try store.runs(RunFilter(labels: [("env", "test")])).isEmpty)
  }

  @Test func `is not there after a dry run`() throws {
    #expect(try store.add([Example.run()], isDryRun: true).first?.status == .imported)
    #expect(try store.state().runs == 0)
  }

  @Test func `is not there when another one fails`() throws {
    struct Refused: Error {}
    try store.add([Example.run()])
    #expect(throws: Refused.self) {
      try store.write { writer in
        _ = try writer.store(
          Example.run(Example.day(1)), path: "", labels: [], importedAt: 0)
        throw Refused()
      }
    }
    let state = try store.state()
    #expect(state.runs == 1)
    #expect(state.problems.isEmpty)
  }

  @Test func `is listed by host and number, newest first`() throws {
    try store.add((0..<4).map { Example.run(Example.day($0), host: $0 % 2 == 0 ? "a" : "b") })
    #expect(
      try store.runs(RunFilter(host: "a")).map(\.startedAt) == [Example.day(2), Example.day(0)])
    #expect(try store.runs(RunFilter(limit: 1)).map(\.startedAt) == [Example.day(3)])
    #expect(try store.runs(RunFilter(host: "c")).isEmpty)
    #expect(try store.runs(RunFilter(limit: 0)).isEmpty)
    #expect(try store.runs(RunFilter(limit: -1)).isEmpty)
  }
}

import BenchCatalog
import BenchHistory
import BenchModel
import Testing

@testable import BenchStorage

/// Runs of tools that print no time, as Aqua docker-bench and kube-bench.
struct `A run without a time of its own` {
  private let store: RunStore

  init() throws { store = try RunStore(.embedded) }

  private func run(
    _ tool: Tool = .kubeBench, at day: Int64, source: TimeSource = .file, line: Int = 1,
    isFollowed: Bool = false
  ) -> Run {
    var run = Example.run(
      Example.day(day), timeSource: source, printed: nil, line: line,
      findings: Example.findings.map {
        var finding = $0
        finding.line += line - 1
        return finding
      })
    run.release = Release(
      tool: tool, printed: nil, edition: "cis-1.9", earliest: "cis-1.9", latest: "cis-1.9")
    run.isFollowed = isFollowed
    return run
  }

  private func add(_ run: Run, path: String = "kube.log") throws -> ImportStatus? {
    try store.add([run], path: path).first?.status
  }

  @Test func `is known again in a file that did not change`() throws {
    #expect(try add(run(at: 0)) == .imported)
    #expect(try add(run(at: 0)) == .present)
    #expect(try add(run(at: 0), path: "copy.log") == .present)
  }

  @Test func `is another one in a file that was written anew`() throws {
    #expect(try add(run(at: 0)) == .imported)
    #expect(try add(run(at: 1)) == .imported)
    #expect(try store.runs(RunFilter()).count == 2)
  }

  @Test func `is known again in a file that has grown`() throws {
    #expect(try add(run(at: 0)) == .imported)
    #expect(try add(run(at: 1, isFollowed: true)) == .present)
    #expect(try add(run(at: 1, line: 500)) == .imported)
    #expect(try store.runs(RunFilter()).count == 2)
  }

  @Test func `is not its like in the same file`() throws {
    #expect(try add(run(at: 0, isFollowed: true)) == .imported)
    #expect(try add(run(at: 0, line: 500)) == .imported)
    #expect(try add(run(at: 0, source: .given, line: 900)) == .imported)
    #expect(try add(run(at: 0, source: .given, line: 900)) == .present)
    #expect(try store.runs(RunFilter()).count == 3)
  }

  // MARK: By the file's time of change

  private func changed(
    _ run: Run, at nanoseconds: Int
  ) -> Run {
    var run = run
    run.fileTime = FileTime(seconds: Example.day(0), nanoseconds: nanoseconds)
    return run
  }

  @Test func `is known again when somebody gives its time, which counts then`() throws {
    let first = try store.add([changed(run(at: 0), at: 0)], path: "kube.log")
    let again = try store.add(
      [changed(run(at: -3, source: .given), at: 0)], path: "kube.log")
    #expect(again.map(\.status) == [.present])
    #expect(again.map(\.id) == first.map(\.id))
    let summary = try #require(try store.runs(RunFilter()).first)
    #expect(summary.startedAt == Example.day(-3))
    #expect(summary.timeSource == .given)
    // The given time stays when the same file is imported without one.
    #expect(try add(changed(run(at: 0), at: 0)) == .present)
    #expect(try store.runs(RunFilter()).map(\.timeSource) == [.given])
  }

  @Test func `is two runs where somebody gives two times`() throws {
    #expect(try add(changed(run(at: -3, source: .given), at: 0)) == .imported)
    #expect(try add(changed(run(at: -2, source: .given), at: 0)) == .imported)
  }

  @Test func `is known wherever its file is now by the time of change`() throws {
    #expect(try add(changed(run(at: 0), at: 7)) == .imported)
    #expect(try add(changed(run(at: 0), at: 7), path: "moved.log") == .present)
    #expect(try add(changed(run(at: 0), at: 8), path: "moved.log") == .imported)
  }

  /// A file that nights go on with, with the time that somebody gives it each night.
  @Test func `keeps the time of its night in a file that grows`() throws {
    func night(_ number: Int64, line: Int, isFollowed: Bool, size: Int64) -> Run {
      var run = changed(
        run(at: number, source: .given, line: line, isFollowed: isFollowed), at: Int(number))
      run.fileSize = size
      return run
    }
    #expect(try add(night(0, line: 1, isFollowed: false, size: 10)) == .imported)
    #expect(try add(night(1, line: 1, isFollowed: true, size: 20)) == .present)
    #expect(try add(night(1, line: 500, isFollowed: false, size: 20)) == .imported)
    let starts = try store.runs(RunFilter()).map(\.startedAt)
    #expect(starts == [Example.day(1), Example.day(0)])
  }

  /// A database of before knows no times of change.
  @Test func `keeps the file's time of an old database where the file has grown`() throws {
    #expect(try add(run(at: 0)) == .imported)
    var again = changed(run(at: 5, source: .given, isFollowed: true), at: 1)
    again.fileTime?.seconds += 86_400
    #expect(try add(again) == .present)
    #expect(try store.runs(RunFilter()).map(\.startedAt) == [Example.day(0)])
  }

  @Test func `is another one in a file that was begun anew`() throws {
    var old = changed(run(at: 0), at: 1)
    old.fileSize = 700
    #expect(try add(old) == .imported)
    var new = changed(run(at: 1, isFollowed: true), at: 2)
    new.fileSize = 200
    #expect(try add(new) == .imported)
  }

  @Test func `is known under the name that its host has now`() throws {
    var renamed = store
    var run = changed(run(at: 0), at: 0)
    run.host = "old"
    #expect(try renamed.add([run], path: "kube.log").map(\.status) == [.imported])
    renamed.hostNames = HostNames(renames: ["old": "new"])
    for name in ["new", "old"] {
      run.host = name
      #expect(try renamed.add([run], path: "kube.log").map(\.status) == [.present])
    }
  }

  @Test func `comes after one of the same tool, or else of one that checks the same`() throws {
    func id(_ tool: Tool, day: Int64) throws -> Int64 {
      try #require(try store.add([run(tool, at: day, source: .given)]).first?.id)
    }
    let security = try id(.dockerBenchSecurity, day: 0)
    let kube = try id(.kubeBench, day: 1)
    let first = try id(.aquaDockerBench, day: 2)
    let before = { (id: Int64) in
      try store.run(before: store.run(id).summary)?.summary.id
    }
    #expect(try before(first) == security)
    #expect(try before(kube) == nil)
    let other = try id(.dockerBenchSecurity, day: 3)
    #expect(try before(other) == security)
    #expect(try before(try id(.aquaDockerBench, day: 4)) == first)
  }
}

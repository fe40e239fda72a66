import BenchModel
import Testing

@testable import BenchStorage

/// Runs of tools that print no time, as Aqua docker-bench and kube-bench.
struct `A run without a time of its own` {
  private let store: RunStore

  init() throws { store = try RunStore() }

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
    #expect(try add(run(at: 0, source: .given, isFollowed: true)) == .imported)
    #expect(try add(run(at: 0, source: .given, line: 500)) == .imported)
    #expect(try add(run(at: 0, source: .given, line: 500)) == .present)
  }

  @Test func `comes after one of the same tool, or else of one that checks the same`() throws {
    func id(_ tool: Tool, day: Int64) throws -> Int64 {
      try #require(try store.add([run(tool, at: day, source: .given)]).first?.id)
    }
    let security = try id(.dockerBenchSecurity, day: 0)
    let kube = try id(.kubeBench, day: 1)
    let first = try id(.aquaDockerBench, day: 2)
    #expect(try store.run(before: first) == security)
    #expect(try store.run(before: kube) == nil)
    let other = try id(.dockerBenchSecurity, day: 3)
    #expect(try store.run(before: other) == security)
    #expect(try store.run(before: try id(.aquaDockerBench, day: 4)) == first)
  }
}

import BenchModel
import Testing

struct `A parsed run` {
  @Test func `gives the text of a range`() {
    var run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
    run.bytes = Array("Initializing".utf8)
    #expect(run.string(TextRange(start: 2, count: 4)) == "itia")
    #expect(run.string(.empty).isEmpty)
  }

  @Test(arguments: [(-3, 4), (10, 100), (100, 3), (0, -1), (5, Int(Int32.max))])
  func `clamps a range that is out of bounds`(start: Int, count: Int) {
    var run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
    run.bytes = Array("Initializing".utf8)
    #expect(run.string(TextRange(start: start, count: count)).utf8.count <= 12)
  }

  @Test func `replaces what is not UTF-8`() {
    var run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
    run.bytes = [0x61, 0xFF, 0x62]
    #expect(run.string(TextRange(start: 0, count: 3)) == "a\u{FFFD}b")
  }

  @Test func `gives the details of a check and no others`() {
    var run = ParsedRun(tool: .dockerBenchSecurity, form: .text)
    run.details = (0..<3).map { ParsedDetail(text: TextRange(start: $0, count: 1), form: .line) }
    var check = ParsedCheck(id: .empty, title: .empty, status: .warn, line: 1, firstDetail: 1)
    #expect(run.details(of: check).isEmpty)
    check.detailCount = 2
    #expect(run.details(of: check).map(\.text.start) == [1, 2])
    check.detailCount = 9
    #expect(run.details(of: check).count == 2)
    check.firstDetail = 9
    #expect(run.details(of: check).isEmpty)
  }
}

struct `A run's name` {
  @Test(arguments: [
    (0, "0000000000000000"), (255, "00000000000000ff"), (Int64.max, "7fffffffffffffff"),
  ])
  func `is sixteen digits`(id: Int64, name: String) {
    #expect(RunSummary.name(of: id) == name)
  }
}

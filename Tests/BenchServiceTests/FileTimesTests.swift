import BenchModel
import Testing

@testable import BenchService

struct `The times of files` {
  /// Files in natural order with the time of change of each, and what is taken for it.
  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Seconds and nanoseconds; nil for a file without a time.
    var changed: [(path: String, time: (Int64, Int)?)]
    /// By the first letter of the path, seconds and nanoseconds.
    var taken: [(Int64, Int)?]
    var copies: [[String]] = []
  }

  private static let examples = [
    Example(
      testDescription: "in the order of their names",
      changed: [("1.log", (0, 5)), ("2.log", (0, 9)), ("3.log", (1, 0))],
      taken: [(0, 5), (0, 9), (1, 0)]),
    Example(
      testDescription: "all at once", changed: [("1.log", (7, 3)), ("2.log", (7, 3))],
      taken: [(7, 3), (7, 3)]),
    Example(
      testDescription: "a second in another order",
      changed: [("1.log", (1, 4)), ("2.log", (0, 9))], taken: [(1, 0), (1, 0)],
      copies: [["1.log", "2.log"]]),
    Example(
      testDescription: "nanoseconds in another order",
      changed: [("1.log", (0, 9)), ("2.log", (0, 5))], taken: [(0, 0), (0, 0)],
      copies: [["1.log", "2.log"]]),
    Example(
      testDescription: "two seconds in another order",
      changed: [("1.log", (2, 0)), ("2.log", (0, 0))], taken: [(2, 0), (2, 0)],
      copies: [["1.log", "2.log"]]),
    Example(
      testDescription: "three seconds in another order",
      changed: [("1.log", (3, 1)), ("2.log", (0, 2))], taken: [(3, 1), (0, 2)]),
    Example(
      testDescription: "one right after the other over many seconds",
      changed: [("1.log", (4, 0)), ("2.log", (2, 0)), ("3.log", (0, 0))],
      taken: [(4, 0), (4, 0), (4, 0)], copies: [["1.log", "2.log", "3.log"]]),
    Example(
      testDescription: "names without numbers",
      changed: [("after.log", (1, 0)), ("before.log", (0, 0))], taken: [(1, 0), (0, 0)]),
    Example(
      testDescription: "names with dates",
      changed: [("2026-01-09.log", (1, 0)), ("2026-01-10.log", (0, 0))],
      taken: [(1, 0), (1, 0)], copies: [["2026-01-09.log", "2026-01-10.log"]]),
    Example(
      testDescription: "a copy long after another run",
      changed: [("1.log", (0, 0)), ("2.log", (901, 0)), ("3.log", (900, 0))],
      taken: [(0, 0), (901, 0), (901, 0)], copies: [["2.log", "3.log"]]),
    Example(
      testDescription: "two copies",
      changed: [("1.log", (1, 0)), ("2.log", (0, 0)), ("3.log", (51, 0)), ("4.log", (50, 0))],
      taken: [(1, 0), (1, 0), (51, 0), (51, 0)],
      copies: [["1.log", "2.log"], ["3.log", "4.log"]]),
    Example(
      testDescription: "files of two hosts",
      changed: [("a/1.log", (1, 0)), ("b/2.log", (0, 0))], taken: [(1, 0), (0, 0)]),
    Example(
      testDescription: "a file without a time",
      changed: [("-", nil), ("1.log", (1, 0)), ("2.log", (0, 0))], taken: [nil, (1, 0), (1, 0)],
      copies: [["1.log", "2.log"]]),
    Example(testDescription: "a single file", changed: [("1.log", (0, 1))], taken: [(0, 1)]),
    Example(testDescription: "no file", changed: [], taken: []),
  ]

  @Test(arguments: examples)
  func `are those of a copy where their names are numbered otherwise`(_ example: Example) {
    let known = Dictionary(uniqueKeysWithValues: example.changed.map { ($0.path, $0.time) })
    let times = FileTimes(example.changed.map(\.path)) { path in
      path.contains("/") ? String(path.prefix(1)) : "web-1"
    } time: { path in
      known[path].flatMap { $0 }.map { FileTime(seconds: $0.0, nanoseconds: $0.1) }
    }
    #expect(
      example.changed.map { times[$0.path] }
        == example.taken.map { $0.map { FileTime(seconds: $0.0, nanoseconds: $0.1) } })
    #expect(times.copied == Set(example.copies.joined()))
  }

  @Test func `are not asked for where no host is known`() {
    let times = FileTimes(["1.log"], host: { _ in nil }, time: { _ in FileTime(seconds: 1) })
    #expect(times["1.log"] == nil)
  }
}

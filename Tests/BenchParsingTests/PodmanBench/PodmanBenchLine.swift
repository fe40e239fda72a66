@testable import BenchParsing

/// What one line of podman-bench says, a tool that does not exist: the proof that one is a folder and a row.
enum PodmanBenchLine: Equatable {
  /// `Podman Bench 0.3 started 2026-11-23T03:49:27+00:00`
  case start(version: Range<Int>, time: Range<Int>)
  /// `not ok 1.2 Images are signed`
  case check(isOK: Bool, id: Range<Int>, title: Range<Int>)
  /// `  * docker.io/library/nginx`
  case detail(Range<Int>)
  /// `2 checks, 1 not ok`
  case end(checks: Int)
  case blank
  case other

  /// Classifies a line, wherever the capture put it.
  init(_ line: Bytes) {
    if let start = line.firstIndex(of: "Podman Bench "),
      let middle = line.firstIndex(of: " started ", from: start)
    {
      self = .start(version: start + 13..<middle, time: middle + 9..<line.count)
    } else if let start = line.firstIndex(of: "not ok ") {
      self = Self.check(isOK: false, line, from: start + 7)
    } else if let start = line.firstIndex(of: "ok ") {
      self = Self.check(isOK: true, line, from: start + 3)
    } else if let start = line.firstIndex(of: "  * ") {
      self = .detail(start + 4..<line.count)
    } else {
      self = line.trimmed().isEmpty ? .blank : .other
    }
    guard let end = line.firstIndex(of: " checks, ") else { return }
    var start = end
    while start > 0, ASCII.isDigit(line[start - 1]) { start -= 1 }
    if let checks = line.part(start, end).number() { self = .end(checks: checks) }
  }

  private static func check(isOK: Bool, _ line: Bytes, from start: Int) -> PodmanBenchLine {
    guard let end = line[start...].firstIndex(of: ASCII.space) else { return .other }
    guard line[start..<end].allSatisfy({ ASCII.isDigit($0) || $0 == ASCII.dot }) else {
      return .other
    }
    return .check(isOK: isOK, id: start..<end, title: end + 1..<line.count)
  }
}

import BenchModel
import Testing

@testable import BenchParsing

/// What a line says, with texts in place of offsets.
enum AquaMeaning: Equatable {
  case result(Status, String, String)
  case remediations(String)
  case summary(String)
  case count(Status, Int)
  case blank
  case other

  init(_ line: String) {
    let bytes = Array(line.utf8)
    self = bytes.withUnsafeBufferPointer { buffer in
      let text = { (range: Range<Int>) in String(decoding: buffer[range], as: UTF8.self) }
      switch AquaLine(buffer) {
      case .result(let status, let id, let title, _): return .result(status, text(id), text(title))
      case .remediations(let target, _): return .remediations(text(target))
      case .summary(let target, _): return .summary(text(target))
      case .count(let status, let count): return .count(status, count)
      case .blank: return .blank
      case .other: return .other
      }
    }
  }
}

struct `A line of an Aqua log` {
  @Test(
    arguments: [
      (
        "[FAIL] 1.1.1 Ensure a separate partition for containers has been created (Manual)",
        .result(
          .fail, "1.1.1", "Ensure a separate partition for containers has been created (Manual)")
      ),
      (
        "[PASS] 2.2.b Ensure the logging level is set to 'info' (Scored)",
        .result(.pass, "2.2.b", "Ensure the logging level is set to 'info' (Scored)")
      ),
      ("[WARN] 1.1.37a Ensure", .result(.warn, "1.1.37a", "Ensure")),
      ("[WARN] V-242443  Kubernetes must", .result(.warn, "V-242443", "Kubernetes must")),
      ("[PASS] 5.5 Ensure (Not Scored) ", .result(.pass, "5.5", "Ensure (Not Scored)")),
      ("[FAIL] 4.10", .result(.fail, "4.10", "")),
      ("[FAIL] 4.10 ", .result(.fail, "4.10", "")),
      ("[WARN] 2.7 [Manual test] of it", .result(.warn, "2.7", "[Manual test] of it")),
      (
        "[FAIL] 1.2.1 --anonymous-auth is set",
        .result(.fail, "1.2.1", "--anonymous-auth is set")
      ),
      ("[PASS] 1.1 Ensure [FAIL] 1.2 Not", .result(.pass, "1.1", "Ensure [FAIL] 1.2 Not")),
    ] as [(String, AquaMeaning)])
  func `is a result`(line: String, meaning: AquaMeaning) {
    #expect(AquaMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      (
        "[INFO] 20.10 CIS Docker Community Edition Benchmark",
        .result(.info, "20.10", "CIS Docker Community Edition Benchmark")
      ),
      (
        "[INFO] ocp-3.9 CIS Docker Community Edition Benchmark",
        .result(.info, "ocp-3.9", "CIS Docker Community Edition Benchmark")
      ),
      ("[INFO] 1 Host Configuration", .result(.info, "1", "Host Configuration")),
      ("[INFO] 2", .result(.info, "2", "")),
    ] as [(String, AquaMeaning)])
  func `is a heading, which looks like a skipped check`(line: String, meaning: AquaMeaning) {
    #expect(AquaMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("\u{1b}", "[31m[FAIL] [0m1.1.1 Ensure"), ("", "[31m[FAIL] [0m1.1.1 Ensure"),
      ("", "[1;31m[FAIL][0m 1.1.1 Ensure"), ("", "[31m[FAIL] [m1.1.1 Ensure"),
      ("web  | ", "[31m[FAIL] [0m1.1.1 Ensure"),
    ])
  func `has no colour in its parts`(before: String, line: String) {
    // A capture that dropped the escape characters leaves the rest of them behind.
    #expect(AquaMeaning(before + line) == .result(.fail, "1.1.1", "Ensure"))
    let bytes = Array((before + line).utf8)
    let mark: Int? = bytes.withUnsafeBufferPointer {
      if case .result(_, _, _, let mark) = AquaLine($0) { mark } else { nil }
    }
    #expect(mark == before.utf8.count)
  }

  @Test(arguments: [
    "[WARN] 1.1.1 - Ensure a separate partition", "[WARN] 4.1  - Ensure that a user",
    "[INFO] 5  - Container Runtime", "[WARN] 4.1 -", "[NOTE] 1.1 Ensure",
    "[WARN]      * Running as root: web", "[INFO] Checks: 117", "[INFO] Score: -17",
    "[INFO] Ensure that experimental features are not used (Deprecated)",
    "[WARN] Some tests might require root to run", "[WARN] 3rd party images are used",
    "[INFO] 3rd party images are used", "[INFO]", "[WARN] ", "[FAIL] 1 Host Configuration",
    "[PASS] .1 Ensure", "[INFO] -1 Ensure", "[pass] 1.1 Ensure", "[PASS 1.1 Ensure",
    "[ERRO] 1.1 Ensure", "[PASS] 1.1, Ensure", "[PASS] 2024-01-01T00:00:00 started",
    "[PASS] 1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 too long",
  ])
  func `of other tools is none of theirs`(line: String) {
    #expect(AquaMeaning(line) == .other)
  }

  @Test(
    arguments: [
      ("== Remediations ==", .remediations("")),
      ("== Remediations master ==", .remediations("master")),
      ("== Summary ==", .summary("")), ("== Summary master ==", .summary("master")),
      ("== Summary total ==", .summary("total")), ("== Summary ==   ", .summary("")),
      ("web  | == Summary node ==", .summary("node")), ("[31m== Summary ==", .summary("")),
      ("== Summary", .other), ("== Summary = =", .other), ("= Summary ==", .other),
      ("Summary ==", .other), ("==", .other), ("== Results ==", .other),
    ] as [(String, AquaMeaning)])
  func `begins a part`(line: String, meaning: AquaMeaning) {
    #expect(AquaMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("48 checks FAIL", .count(.fail, 48)), ("1 checks PASS", .count(.pass, 1)),
      ("0 checks INFO", .count(.info, 0)), ("123 checks WARN  ", .count(.warn, 123)),
      ("web  | 7 checks WARN", .count(.warn, 7)), ("[0m19 checks PASS", .count(.pass, 19)),
      ("7 checks NOTE", .other), ("many checks PASS", .other), (" checks PASS", .other),
      ("7 checks PASSED", .other), ("7 check PASS", .other),
      ("99999999999999999999 checks PASS", .other),
    ] as [(String, AquaMeaning)])
  func `is a count`(line: String, meaning: AquaMeaning) {
    #expect(AquaMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("", .blank), ("   ", .blank), ("chmod 644 /etc/kubernetes/manifests", .other),
      ("1.1.1 For new installations, you should create a partition", .other),
      ("[auth.sessions] section to a value of '3' or lower", .other),
      ("--anonymous-auth=false", .other),
      ("256 if you want to set it 25%.", .other),
    ] as [(String, AquaMeaning)])
  func `is blank or of a remediation`(line: String, meaning: AquaMeaning) {
    #expect(AquaMeaning(line) == meaning)
  }

  @Test func `of the benchmark is told by its text`() {
    for (title, isBenchmark) in [
      ("CIS Docker Community Edition Benchmark", true), ("CIS Docker 1.12 Benchmark", true),
      ("Docker daemon configuration", false), ("CIS Kubernetes Benchmark", false), ("", false),
    ] {
      #expect(
        Array(title.utf8).withUnsafeBufferPointer(AquaLine.isDockerBenchmark) == isBenchmark)
    }
  }

  @Test(arguments: [
    "web | [31m[FAIL] [0m1.1.12 Ensure [INFO] 20.10 (Manual)", "[31m== Summary master ==",
    "[33m== Remediations total ==", "[0m123 checks WARN", "[WARN] V-242443  Kubernetes [0m",
  ])
  func `is read when it is cut anywhere`(line: String) {
    let line = Array(line.utf8)
    for end in 0...line.count {
      _ = line[..<end].withUnsafeBufferPointer { AquaLine($0) }
      _ = line[end...].withUnsafeBufferPointer { AquaLine($0) }
    }
  }
}

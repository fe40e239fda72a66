import BenchModel
import Testing

@testable import BenchParsing

/// What a line says, with texts in place of offsets.
enum LineMeaning: Equatable {
  case start(String)
  case section(LogSection)
  case banner(String?)
  case check(Status, String, String)
  case detail(String)
  case unnumbered(Status, String)
  case checks(Int)
  case score(Int)
  case blank
  case noise

  init(_ line: String) {
    let bytes = Array(line.utf8)
    self = bytes.withUnsafeBufferPointer { buffer in
      let text = { (range: Range<Int>) in String(decoding: buffer[range], as: UTF8.self) }
      switch DockerBenchSecurityLine(buffer) {
      case .start(let time): return .start(text(time))
      case .section(let section): return .section(section)
      case .banner(let version): return .banner(version.map(text))
      case .check(let status, let id, let title): return .check(status, text(id), text(title))
      case .detail(let range): return .detail(text(range))
      case .unnumbered(let status, let range): return .unnumbered(status, text(range))
      case .checks(let count): return .checks(count)
      case .score(let score): return .score(score)
      case .blank: return .blank
      case .noise: return .noise
      }
    }
  }
}

struct `A line of a docker-bench-security log` {
  @Test(
    arguments: [
      (
        "[WARN] 4.1  - Ensure that a user has been created",
        .check(.warn, "4.1", "Ensure that a user has been created")
      ),
      ("[PASS] 1.1.18 - Ensure (Automated)", .check(.pass, "1.1.18", "Ensure (Automated)")),
      ("[NOTE] 4.2  - Trusted base images", .check(.note, "4.2", "Trusted base images")),
      ("[INFO] 5  - Container Runtime", .check(.info, "5", "Container Runtime")),
      (
        "[INFO] 1.1 - Linux Hosts Specific Configuration",
        .check(.info, "1.1", "Linux Hosts Specific Configuration")
      ),
      (
        "[INFO] id_2 - Docker daemon configuration",
        .check(.info, "id_2", "Docker daemon configuration")
      ),
      ("[WARN] C.5.3.1 - Ensure the container", .check(.warn, "C.5.3.1", "Ensure the container")),
      ("[INFO] c.1 - This is a example check", .check(.info, "c.1", "This is a example check")),
      (
        "[WARN] 5.1  - An AppArmor Profile is enabled   ",
        .check(.warn, "5.1", "An AppArmor Profile is enabled")
      ),
      (
        "[WARN] 1.1.12 - 1.1.12 Ensure auditing - /etc",
        .check(.warn, "1.1.12", "1.1.12 Ensure auditing - /etc")
      ),
      ("[WARN]4.1-Ensure", .unnumbered(.warn, "4.1-Ensure")),
      ("[WARN]4.1 - Ensure", .check(.warn, "4.1", "Ensure")),
      ("[WARN] 4.1 -", .check(.warn, "4.1", "")),
      ("[WARN] 4.1 - ", .check(.warn, "4.1", "")),
      ("[WARN] 4.1", .unnumbered(.warn, "4.1")),
      ("[WARN] 4.1 Ensure", .unnumbered(.warn, "4.1 Ensure")),
    ] as [(String, LineMeaning)])
  func `is a check or a heading`(line: String, meaning: LineMeaning) {
    #expect(LineMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("[WARN]      * Running as root: web", .detail("Running as root: web")),
      (
        "[INFO]   * No containers running, skipping Section 5",
        .detail("No containers running, skipping Section 5")
      ),
      ("[INFO]         * File not found", .detail("File not found")),
      ("[INFO] * File not found", .detail("File not found")),
      ("[WARN]     *", .detail("")),
      ("[WARN]     * ", .detail("")),
      ("[WARN]     *  two blanks", .detail(" two blanks")),
      (
        "[WARN]     * Running as root: [PASS] 1.1 - web",
        .detail("Running as root: [PASS] 1.1 - web")
      ),
      ("[WARN]     *web", .unnumbered(.warn, "*web")),
    ] as [(String, LineMeaning)])
  func `is a detail`(line: String, meaning: LineMeaning) {
    #expect(LineMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("[INFO] Checks: 117", .checks(117)), ("[INFO] Checks: 0", .checks(0)),
      ("[INFO] Score: -17", .score(-17)), ("[INFO] Score: 5  ", .score(5)),
      ("[INFO] Checks: many", .unnumbered(.info, "Checks: many")),
      ("[INFO] Checks: 99999999999", .unnumbered(.info, "Checks: 99999999999")),
      ("[WARN] Checks: 3", .unnumbered(.warn, "Checks: 3")),
      (
        "[INFO] Ensure that experimental features are not used (Deprecated)",
        .unnumbered(.info, "Ensure that experimental features are not used (Deprecated)")
      ),
      (
        "[WARN] Some tests might require root to run",
        .unnumbered(.warn, "Some tests might require root to run")
      ),
      ("[INFO]", .unnumbered(.info, "")), ("[INFO]   ", .unnumbered(.info, "")),
    ] as [(String, LineMeaning)])
  func `is a total or has no number`(line: String, meaning: LineMeaning) {
    #expect(LineMeaning(line) == meaning)
  }

  @Test(arguments: [
    "2026-11-23T03:49:27+00:00", "2026-11-23T04:49:08", "2026-11-23T04:26:07%:z",
    "Mon Nov 23 03:16:01 UTC 2026", "Mo 23. Nov 05:26:28 CET 2026",
    "Sun Nov 22 11:26:33 PM EST 2026", "lun. 23 nov. 2026 05:26:39 CET",
    "2026年 11月 23日 月曜日 13:26:45 JST",
  ])
  func `is a start in every locale`(time: String) {
    #expect(LineMeaning("Initializing " + time) == .start(time))
    #expect(LineMeaning("web  | Initializing " + time + " ") == .start(time))
  }

  @Test(
    arguments: [
      ("Section A - Check results", .section(.results)),
      ("Section B - Remediation measures", .section(.remediation)),
      ("> Section C - Score", .section(.score)), ("Section D - More", .noise),
      ("# Docker Bench for Security v1.6.0", .banner("1.6.0")),
      ("# Docker Bench for Security v", .banner(nil)),
      ("# CIS Docker 1.6 Benchmark v1.0.0 checker", .banner("1.0.0")),
      ("# --------------------------------------------------------------", .banner(nil)),
      ("# Docker, Inc. (c) 2015-2026", .banner(nil)), ("#", .banner(nil)),
      ("# Based on the CIS Docker Benchmark 1.6.0.", .banner(nil)),
    ] as [(String, LineMeaning)])
  func `is of the banner or a section`(line: String, meaning: LineMeaning) {
    #expect(LineMeaning(line) == meaning)
  }

  @Test(
    arguments: [
      ("", .blank), ("    ", .blank), ("Initializing", .noise), ("Initializing the module", .noise),
      ("Initializing 12:34", .noise), ("[warn] 4.1 - Ensure", .noise),
      ("[WARNING] 4.1 - Ensure", .noise),
      ("[FAIL] 4.1 Ensure", .noise), ("WARN 4.1 - Ensure", .noise), ("[WARN", .noise),
      ("docker-bench-security.sh: 152: [: 1: unexpected operator", .noise),
      ("Error response from daemon: This node is not a swarm manager.", .noise),
    ] as [(String, LineMeaning)])
  func `may be of somebody else`(line: String, meaning: LineMeaning) {
    #expect(LineMeaning(line) == meaning)
  }

  @Test(arguments: [
    "docker-bench  | ", "2026-11-23T03:57:35 ", "[12:00:01] ", "Nov 23 03:20:07 vm docker-bench: ",
    "> ",
    "    ", "job\tstep\t2026-11-23T03:20:00.27Z ", "2026-11-23T03:20:07Z stdout F ", "[1;31m",
  ])
  func `has what a capture put before its mark`(prefix: String) {
    #expect(LineMeaning(prefix + "[WARN][0m 4.1 - Ensure") == .check(.warn, "4.1", "Ensure"))
    #expect(
      LineMeaning(prefix + "[WARN]     * Running as root: web") == .detail("Running as root: web"))
    #expect(LineMeaning(prefix + "[INFO] Score: 3") == .score(3))
  }

  @Test(
    arguments: [
      ("[WARN] 4.1 - x", 0), ("web | [WARN] 4.1 - x", 6), ("[1;31m[WARN][0m x", 0),
      ("web | [1;31m[WARN][0m x", 6), ("no mark", nil), ("", nil), ("[WARN", nil),
    ] as [(String, Int?)])
  func `tells how long that is`(line: String, length: Int?) {
    let bytes = Array(line.utf8)
    #expect(bytes.withUnsafeBufferPointer { Mark(in: $0)?.prefixLength($0) } == length)
  }

  @Test func `is read when it is cut anywhere`() {
    let line = Array("web | [1;31m[WARN][0m 1.1.12 - 1.1.12 Ensure that Initializing 12:34:56".utf8)
    for end in line.indices {
      _ = line[..<end].withUnsafeBufferPointer { DockerBenchSecurityLine($0) }
      _ = line[end...].withUnsafeBufferPointer { DockerBenchSecurityLine($0) }
    }
  }
}

import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

/// Lines of remediations and of commands' output, which may hold anything that the host holds.
struct `A hostile line of an Aqua log` {
  /// The checks of a log's runs, without what stands below them.
  private static func results(_ lines: [String], _ capture: Capture? = nil) -> [[String]] {
    let bytes = AquaText.bytes(lines)
    return SeenRun.runs(capture?(bytes) ?? bytes).map(\.lines)
  }

  @Test(
    arguments: [
      "[PASS] 9.9.9 x", "[FAIL] 9.9.9 Ensure that it is (Scored)", "[WARN] V-999999 x",
      "[INFO] 9.9 Ensure that it is (Automated)", "[INFO] 9.9 A heading", "9 checks PASS",
      "9 checks INFO", "[WARN] 4.1  - Ensure that a user has been created",
      "[WARN]      * Running as root: web", "[INFO] Checks: 117", "[INFO] Score: 9",
      "{\"a\": 1}", "{", "[", "[]", "[{", "{\"log\":\"[PASS] 9.9.9 x\\n\"}", "\"a\": {", "}",
      "    [PASS] 9.9.9 x", "1.1.1 audit test did not run: x", "#", "# Docker Bench",
      "[31m[PASS] [0m9.9.9 x", "\u{1b}[32m[PASS] \u{1b}[0m9.9.9 x", "x [PASS] 9.9.9 x",
      "x == Summary ==", " == Remediations ==", "== Results ==", "\t [FAIL] 9.9.9 x",
      "  Initializing 2026-01-01T00:00:00+00:00", "x[INFO] 9 A heading", "[W[INFO] 9 A heading",
    ])
  func `in a remediation is no result`(line: String) throws {
    for fixture in ["before-kube-cis-1.6-stdout.txt", "s1-aqua-cis-1.2-stdout.txt"] {
      let lines = AquaText.lines(try Fixture.bytes(fixture))
      let plain = Self.results(lines)
      let start = try #require(lines.firstIndex { $0.hasPrefix("== Remediations") })
      let end = try #require(lines.firstIndex { $0.hasPrefix("== Summary") })
      for place in stride(from: start + 1, to: end, by: 23) {
        var changed = lines
        changed.insert(line, at: place)
        #expect(Self.results(changed) == plain, "\(fixture):\(place)")
      }
    }
  }

  @Test(arguments: [
    "[PASS] 1.1.1 x", "[FAIL] 9.9.9 Ensure that it is (Scored)", "[INFO] 9 A heading",
    "[INFO] 20.10 CIS Docker Community Edition Benchmark", "== Summary ==", "== Remediations ==",
    "9 checks PASS", "[INFO] Checks: 117",
    "{\"a\": 1}", "{", "[", "[]", "[name=seccomp,profile=default]", "",
    "[WARN] 4.1  - Ensure that a user has been created", "x [WARN] 4.1  - Ensure that it is",
    "[WARN]      * Running as root: web", "Initializing 2026-01-01T00:00:00+00:00",
    "# Docker Bench for Security v1.6.0", "Section A - Check results", "Section C - Score",
    "[WARN] 4.1  - xInitializing 2026-01-01T00:00:00+00:00", "[FAIL] 1.1 x[INFO] 2 A heading",
  ])
  func `that a command printed is no result`(line: String) throws {
    let lines = AquaText.lines(try Fixture.bytes("s2-aqua-cis-1.6.0-raw-stdout.txt"))
    let plain = Self.results(lines)
    let fails = lines.indices.filter { lines[$0].hasPrefix("[FAIL]") }
    // A log that was pasted has blanks in place of the tab.
    for blanks in ["\t ", "         ", "  "] {
      for fail in fails.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
        var changed = lines
        changed.insert(blanks + line, at: fail + 1)
        #expect(Self.results(changed) == plain, "\(fail) behind \(blanks.count)")
      }
    }
  }

  @Test(arguments: [
    Capture.prefixes[0], Capture.prefixes[2], Capture.prefixes[7], Capture.prefixes[8],
    Capture.prefixes[9], Capture.prefixes[10], Capture.encodings[0], Capture.jsonFile,
  ])
  func `that a command printed is no result in a capture either`(capture: Capture) throws {
    let lines = AquaText.lines(try Fixture.bytes("s2-aqua-cis-1.6.0-raw-stdout.txt"))
    let plain = Self.results(lines)
    let hostile = [
      "[PASS] 1.1.1 x", "[INFO] 9 A heading", "== Summary ==", "[WARN] 4.1  - x",
      "Section C - Score",
      "Initializing 2026-01-01T00:00:00+00:00", "# Docker Bench for Security v1.6.0",
    ]
    for line in hostile {
      let changed = lines.flatMap { $0.hasPrefix("[FAIL]") ? [$0, "\t " + line] : [$0] }
      #expect(Self.results(changed, capture) == plain, "\(line)")
    }
  }

  @Test func `is kept as the evidence of its check`() throws {
    let log = """
      [INFO] 20.10 CIS Docker Community Edition Benchmark
      [INFO] 2 Docker daemon configuration
      [FAIL] 2.7 Ensure TLS authentication for Docker daemon is configured (Manual)
      \t [PASS] 2.8 not this
      \t == Summary ==
      [WARN] 2.8 Ensure the default ulimit is configured appropriately (Manual)

      """
    let run = try #require(SeenRun.runs(Array(log.utf8)).first)
    #expect(run.checks.map(\.id) == ["2.7", "2.8"])
    #expect(run.checks[0].details == ["[PASS] 2.8 not this", "== Summary =="])
    #expect(run.checks[1].details.isEmpty)
    #expect(!run.hasEnd)
  }

  @Test(arguments: [
    "AuditEnv not explicit for check (2.1), where bin path cannot be determined",
    "I1123 04:10:27.119268   19458 app.go:154] Looking for config for  cis-1.2",
    "I1123 04:23:26.380633      11 check.go:222] TestResult: false, State: \"FAIL\" \n ",
    "Warning: Kubernetes version was not auto-detected because kubectl could not connect",
    "$ kube-bench run --targets master", "", "[sudo] password for alice: ",
  ])
  func `before the results is noise`(line: String) throws {
    for fixture in ["before-kube-cis-1.6-node-stdout.txt", "s1-aqua-cis-1.2-ids-stdout.txt"] {
      let bytes = try Fixture.bytes(fixture)
      let noise = Array((line + "\n" + line + "\n").utf8)
      #expect(SeenRun.runs(noise + bytes) == SeenRun.runs(bytes), "\(fixture)")
      let run = try #require(LogReader.runs(in: noise + bytes).first)
      #expect(run.hasStart)
      #expect(run.line == noise.count { $0 == 0x0A } + 1)
    }
  }

  @Test func `before JSON is noise`() throws {
    let noise = "AuditEnv not explicit for check (2.1), where bin path cannot be determined\n"
    for fixture in Fixture.aquaDocuments {
      let bytes = try Fixture.bytes(fixture)
      #expect(SeenRun.runs(Array(noise.utf8) + bytes) == SeenRun.runs(bytes), "\(fixture)")
    }
  }
}

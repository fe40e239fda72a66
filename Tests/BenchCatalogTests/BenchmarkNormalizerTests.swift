import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `A run of a benchmark` {
  private static func counts(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.compactMap { diagnostic in
      guard case .countDiffers(let target, let status, let printed, let read) = diagnostic.kind
      else { return nil }
      return "\(target) \(status.word) \(printed) \(read)"
    }
  }

  @Test func `means by its words what its tool does`() throws {
    let (run, _) = try AquaLog.result(
      AquaLog.docker(
        "20.10",
        [
          "[PASS] 2.3 Ensure the logging level is set to 'info' (Manual)",
          "[FAIL] 2.7 Ensure TLS authentication for Docker daemon is configured (Manual)",
          "[WARN] 2.8 Ensure the default ulimit is configured appropriately (Manual)",
          "[INFO] 7.2 Ensure that swarm services are bound to a specific host interface (Manual)",
        ]))
    #expect(run.findings.map(\.outcome) == [.pass, .fail, .manual, .notApplicable])
    #expect(run.findings.map(\.printed) == [.pass, .fail, .warn, .info])
    #expect(
      run.findings.map(\.control) == [
        "daemon-log-level-info", "daemon-tls-auth", "daemon-default-ulimit", "swarm-bind-interface",
      ])
    #expect(run.findings.map(\.section) == ["daemon", "daemon", "daemon", "swarm"])
    #expect(run.findings[0].title == "Ensure the logging level is set to 'info' (Manual)")
  }

  @Test(
    arguments: [
      ("PASS", "FAIL", .pass), ("FAIL", "PASS", .pass), ("FAIL", "FAIL", .fail),
      ("PASS", "PASS", .pass), ("WARN", "FAIL", .fail), ("INFO", "INFO", .notApplicable),
    ] as [(String, String, Outcome)])
  func `has one finding for the parts of a control`(first: String, second: String, outcome: Outcome)
    throws
  {
    let title = "Ensure the logging level is set to 'info' (Scored)"
    let (run, diagnostics) = try AquaLog.result(
      AquaLog.docker("18.09", ["[\(first)] 2.2.a \(title)", "[\(second)] 2.2.b \(title)"]))
    let finding = try #require(run.findings.first)
    #expect(run.findings.count == 1)
    #expect(finding.control == "daemon-log-level-info")
    #expect(finding.checkID == "2.2")
    #expect(finding.outcome == outcome)
    #expect(finding.details == ["\(first) 2.2.a", "\(second) 2.2.b"])
    #expect(finding.line == 3)
    #expect(run.printedChecks == 2)
    #expect(run.isComplete)
    #expect(diagnostics.isEmpty)
  }

  @Test func `keeps what was printed for each part`() throws {
    let run = try Reading.run("s1-aqua-cis-1.2-ids-stdout.json")
    let finding = try #require(run.findings.first { $0.control == "daemon-log-level-info" })
    #expect(finding.details.first == "PASS 2.2.a")
    let place = try #require(finding.details.firstIndex(of: "FAIL 2.2.b"))
    #expect(
      finding.details[place + 1] == "grep: /etc/docker/daemon.json: No such file or directory")
  }

  @Test(
    arguments: [
      ("[FAIL] 2.2.b Ensure the logging level is set to 'info' (Scored)", .info),
      ("[PASS] 2.2.b Ensure the logging level is set to 'info' (Scored)", .pass),
      ("[PASS] 2.9.a Ensure the default cgroup usage has been confirmed (Scored)", .info),
      ("[FAIL] 2.9.a Ensure the default cgroup usage has been confirmed (Scored)", .fail),
    ] as [(String, Outcome)])
  func `does not judge a control by a part alone that does not tell it`(
    line: String, outcome: Outcome
  ) throws {
    let (run, _) = try AquaLog.result(AquaLog.docker("18.09", [line]))
    #expect(run.findings.map(\.outcome) == [outcome])
    #expect(run.findings[0].control != nil)
  }

  @Test func `tells two checks of one id by their titles`() throws {
    let run = try Reading.run("s2-aqua-cis-1.6.0-raw-stdout.txt")
    let controls = { (id: String) in run.findings.filter { $0.checkID == id }.map(\.control) }
    #expect(controls("5.12") == ["container-cpu-limit", "container-readonly-rootfs"])
    #expect(controls("5.20") == ["container-no-shared-mount-propagation", "container-no-host-uts"])
    #expect(controls("7.1") == ["swarm-disabled-if-unused", "swarm-manager-count"])
    // 7.1 repeats 5.1.
    #expect(controls("5.1").contains("swarm-disabled-if-unused"))
    #expect(Set(run.findings.map(\.control)).count == run.findings.count - 1)
  }

  @Test(arguments: Fixture.aquaTexts + Fixture.aquaDocuments)
  func `is whole`(fixture: String) throws {
    let (run, diagnostics) = try AquaLog.result(try Fixture.bytes(fixture))
    #expect(run.isComplete)
    #expect(Self.counts(diagnostics).isEmpty)
    let parts = run.findings.reduce(0) { count, finding in
      count + max(finding.details.count { $0.hasSuffix(" \(finding.checkID).b") }, 0)
    }
    #expect(run.printedChecks == run.findings.count + parts)
    #expect(run.printedScore == nil)
    // Such a log has no time.
    #expect(run.timeSource == .file)
    #expect(run.startedAt == Reading.context.fallbackTime)
    #expect(
      !diagnostics.contains { if case .unknownCheck = $0.kind { true } else { false } })
    #expect(run.findings.allSatisfy { $0.items.isEmpty && $0.line > 0 && !$0.title.isEmpty })
  }

  @Test func `is not whole where a line is missing`() throws {
    let text = try Fixture.text("before-kube-cis-1.6-stdout.txt")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.first { $0.hasPrefix("[FAIL] 1.1.6 ") })
    let (run, diagnostics) = try AquaLog.result(
      Array(lines.filter { $0 != line }.joined(separator: "\n").utf8))
    let printed = try #require(text.firstMatch(of: /== Summary master ==\n\d+ checks PASS\n(\d+)/))
    let total = try #require(text.firstMatch(of: /== Summary total ==\n\d+ checks PASS\n(\d+)/))
    let (own, all) = (Int(printed.1) ?? 0, Int(total.1) ?? 0)
    #expect(
      Self.counts(diagnostics) == ["master FAIL \(own) \(own - 1)", " FAIL \(all) \(all - 1)"])
    #expect(!run.isComplete)
    #expect(run.findings.count == 121)
  }

  @Test func `is not whole where it was cut off, or lacks its head`() throws {
    let lines = try Fixture.text("s1-aqua-cis-1.2-stdout.txt").split(
      separator: "\n", omittingEmptySubsequences: false)
    let log = { (lines: ArraySlice<Substring>) in Array(lines.joined(separator: "\n").utf8) }
    let (cut, cutNotes) = try AquaLog.result(log(lines.prefix(60)))
    #expect(!cut.isComplete)
    #expect(cutNotes.contains { $0.kind == .cutOff })
    #expect(cut.release.edition == "cis-1.2")
    let (rest, restNotes) = try AquaLog.result(log(lines.dropFirst(20)))
    #expect(!rest.isComplete)
    #expect(restNotes.contains { $0.kind == .headMissing })
    #expect(rest.release.edition == "cis-1.2")
  }

  @Test func `says that the tool did not reach the daemon`() throws {
    let text = try Fixture.text("s1-aqua-cis-1.2-ids-stdout.txt").replacing(
      "2.2.b grep: /etc/docker/daemon.json: No such file or directory",
      with: "2.2.b []\nCannot connect to the Docker daemon at unix:///var/run/docker.sock.")
    let (_, diagnostics) = try AquaLog.result(Array(text.utf8))
    #expect(diagnostics.map(\.kind) == [.daemonMissing])
  }

  @Test(arguments: ["before-kube-eks-stig-stdout.txt", "before-kube-eks-stig-stdout.json"])
  func `of a cloud has controls as any other`(fixture: String) throws {
    let (run, diagnostics) = try AquaLog.result(try Fixture.bytes(fixture))
    #expect(run.findings.allSatisfy { $0.control != nil && $0.section != "unmapped" })
    #expect(run.findings.count == 95)
    #expect(run.release.edition == "eks-stig-kubernetes-v1r6")
    #expect(diagnostics.isEmpty)
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `is the same in text and JSON`(fixture: String) throws {
    let json = try Reading.run(fixture)
    let text = try Reading.run(fixture.replacing(".json", with: ".txt"))
    #expect(json.findings.map(\.checkID) == text.findings.map(\.checkID))
    #expect(json.findings.map(\.control) == text.findings.map(\.control))
    #expect(json.findings.map(\.outcome) == text.findings.map(\.outcome))
    #expect(json.findings.map(\.title) == text.findings.map(\.title))
    #expect(json.release == text.release)
    #expect(json.printedChecks == text.printedChecks)
  }

  @Test(
    arguments: [80, 100, 120], ["before-kube-cis-1.6-stdout.txt", "s1-aqua-cis-1.2-stdout.txt"])
  func `is the same where a terminal broke its lines`(width: Int, fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let plain = try #require(Reading.runs(bytes).first)
    let (run, diagnostics) = try AquaLog.result(Capture.wrapped(at: width)(bytes))
    #expect(Verdict.of(run).symmetricDifference(Verdict.of(plain)).isEmpty)
    #expect(run.release == plain.release)
    #expect(run.isComplete)
    #expect(!diagnostics.contains { if case .unknownCheck = $0.kind { true } else { false } })
  }

  @Test(arguments: Capture.all)
  func `is the same in a capture`(capture: Capture) throws {
    for fixture in ["before-kube-cis-1.6-stdout.txt", "s1-aqua-cis-1.2-stdout.txt"] {
      let bytes = try Fixture.bytes(fixture)
      let plain = try #require(Reading.runs(bytes).first)
      let run = try #require(Reading.runs(capture(bytes)).first)
      #expect(Verdict.of(run) == Verdict.of(plain), "\(fixture)")
      #expect(run.release == plain.release, "\(fixture)")
      #expect(run.isComplete == plain.isComplete, "\(fixture)")
    }
  }
}

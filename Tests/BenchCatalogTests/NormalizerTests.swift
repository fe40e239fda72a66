import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

/// What a finding says whatever form it was read from.
struct Verdict: Hashable, CustomStringConvertible {
  var control: String
  var outcome: Outcome
  var items: Set<String>

  /// The verdicts of a run by control.
  static func of(_ run: Run, hasItems: Bool = true) -> Set<Verdict> {
    Set(
      run.findings.map { finding in
        Verdict(
          control: finding.control ?? "unmapped \(finding.checkID)", outcome: finding.outcome,
          items: hasItems ? Set(finding.items.map { "\($0.kind.name) \($0.name)" }) : [])
      })
  }

  var description: String { "\(control) \(outcome.name) \(items.sorted().joined(separator: ","))" }
}

struct `A normalizer` {
  @Test(arguments: [
    ("s1-fa9b227-log.txt", "s1-fa9b227-log.json"), ("s1-v1.3.5-log.txt", "s1-v1.3.5-log.json"),
    ("s5-v1.6.0-stdout.txt", "s5-v1.6.0-log.json"), ("s6-v1.6.0-log.txt", "s6-v1.6.0-log.json"),
    ("s4-head-stdout.txt", "s4-head-log.json"),
  ])
  func `gives text and JSON of a run the same findings`(text: String, json: String) throws {
    let fromText = Verdict.of(try Reading.run(text))
    let fromJSON = Verdict.of(try Reading.run(json))
    // Flat JSON lacks checks that have only sub-results, and for two others the names that the text has.
    let isFlat = text.contains("fa9b227")
    let missing = Set(fromText.map(\.control)).symmetricDifference(fromJSON.map(\.control))
    #expect(isFlat ? missing.count <= 2 : missing.isEmpty, "\(missing)")
    let nameless: Set = ["container-no-docker0", "image-no-lone-update"]
    let common = { (verdicts: Set<Verdict>) in
      verdicts.filter {
        !missing.contains($0.control) && !(isFlat && nameless.contains($0.control))
      }
    }
    #expect(common(fromText).subtracting(common(fromJSON)).isEmpty)
    #expect(common(fromJSON).subtracting(common(fromText)).isEmpty)
  }

  @Test(
    arguments: [
      ("s4-head-stdout.txt", "host-hardened", .manual),
      ("s4-head-log.json", "host-hardened", .manual),
      ("s4-head-stdout.txt", "daemon-rootless", .manual),
      ("s4-head-log.json", "daemon-rootless", .manual),
      ("s4-head-stdout.txt", "host-partition", .fail),
      ("s4-head-log.json", "host-partition", .fail),
      ("s1-v1.6.0-log.txt", "host-docker-version-current", .info),
      ("s4-head-log.json", "host-docker-version-current", .info),
      ("s4-head-stdout.txt", "host-audit-daemon-json", .notApplicable),
      ("s4-head-stdout.txt", "swarm-bind-interface", .notApplicable),
      ("s4-head-log.json", "swarm-bind-interface", .notApplicable),
      ("s4-head-stdout.txt", "swarm-disabled-if-unused", .pass),
      ("s4-head-log.json", "swarm-disabled-if-unused", .pass),
      ("s5-v1.6.0-stdout.txt", "swarm-disabled-if-unused", .fail),
      ("s5-v1.6.0-log.json", "swarm-disabled-if-unused", .fail),
      ("s5-v1.6.0-stdout.txt", "daemon-live-restore", .notApplicable),
      ("s5-v1.6.0-log.json", "daemon-live-restore", .notApplicable),
      ("s1-v1.3.5-log.txt", "daemon-icc-disabled", .fail),
      ("s1-v1.3.5-log.json", "daemon-icc-disabled", .fail),
    ] as [(String, String, Outcome)])
  func `tells what a printed word means`(fixture: String, control: String, outcome: Outcome) throws
  {
    let run = try Reading.run(fixture)
    let finding = try #require(run.findings.first { $0.control == control })
    #expect(finding.outcome == outcome)
  }

  @Test(
    arguments: [
      ("[NOTE] 4.2 - Ensure that containers use only trusted base images (Manual)", .manual),
      (
        "[INFO] 1.1.13 - Ensure auditing is configured for Docker files and directories - /etc/sysconfig/docker (Automated)\n"
          + "[INFO]        * File not found", .notApplicable
      ),
      (
        "[PASS] 7.3 - Ensure that all Docker swarm overlay networks are encrypted (Automated) (Swarm mode not enabled)",
        .notApplicable
      ),
      (
        "[PASS] 1.2.2 - Ensure that the version of Docker is up to date (Manual)\n"
          + "[INFO]        * Using 20.10.24, verify is it up to date as deemed necessary", .info
      ),
      (
        "[WARN] 4.1 - Ensure that a user for the container has been created (Automated)\n"
          + "[WARN]      * Running as root: web", .fail
      ),
      ("[PASS] 5.5 - Ensure that privileged containers are not used (Automated)", .pass),
    ] as [(String, Outcome)])
  func `reads a check by its lines`(lines: String, outcome: Outcome) throws {
    let log = "Initializing 2026-11-23T03:49:27+00:00\n\(lines)\n"
    let run = try #require(Reading.runs(Array(log.utf8)).first)
    let finding = try #require(run.findings.first)
    #expect(finding.control != nil)
    #expect(finding.outcome == outcome)
  }

  @Test(arguments: Capture.all)
  func `gives a captured log the findings of the plain one`(capture: Capture) throws {
    let bytes = try Fixture.bytes("s1-v1.6.1-log.txt")
    let plain = try #require(Reading.runs(bytes).first)
    let run = try #require(Reading.runs(capture(bytes)).first)
    #expect(Verdict.of(run) == Verdict.of(plain))
    #expect(run.release == plain.release)
    #expect(run.startedAt == plain.startedAt)
    #expect(run.isComplete == plain.isComplete)
  }

  @Test(
    arguments: [80, 100, 120],
    ["s1-v1.6.1-log.txt", "s1-v1.3.5-log.txt", "s4-head-stdout.txt", "s5-v1.6.0-stdout.txt"])
  func `joins the lines that a terminal broke`(width: Int, fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let plain = try #require(Reading.runs(bytes).first)
    let (run, diagnostics) = try #require(Reading.results(Capture.wrapped(at: width)(bytes)).first)
    #expect(Verdict.of(plain).subtracting(Verdict.of(run)).isEmpty)
    #expect(Verdict.of(run).subtracting(Verdict.of(plain)).isEmpty)
    #expect(!diagnostics.contains { if case .unknownCheck = $0.kind { true } else { false } })
  }

  @Test func `joins broken lines behind a prefix`() throws {
    let bytes = try Fixture.bytes("s1-v1.6.1-log.txt")
    let plain = try #require(Reading.runs(bytes).first)
    for capture in [Capture.prefixes[9], Capture.prefixes[10], Capture.encodings[0]] {
      let run = try #require(Reading.runs(Capture.wrapped(at: 80).then(capture)(bytes)).first)
      #expect(Verdict.of(run) == Verdict.of(plain), "\(capture)")
    }
  }

  @Test func `understands a tool of which nothing is known`() throws {
    var parsed = ParsedRun(tool: Tool(name: "podman-bench"), form: .text)
    parsed.startText = parsed.keep(Array("2026-11-23T03:49:27+01:00".utf8))
    (parsed.hasStart, parsed.hasEnd) = (true, true)
    let (id, title) = (parsed.keep(Array("1.1".utf8)), parsed.keep(Array("Rootless".utf8)))
    parsed.checks = [ParsedCheck(id: id, title: title, status: .fail, line: 2, firstDetail: 0)]
    let (run, _) = Normalizer(catalog: .embedded).normalize(parsed, Reading.context)
    #expect(run.release.tool == parsed.tool)
    #expect(run.timeSource == .log)
    #expect(CivilTime.rfc3339(run.startedAt) == "2026-11-23T02:49:27Z")
    #expect(run.isComplete)
    #expect(run.findings.map(\.checkID) == ["1.1"])
    #expect(run.findings.map(\.outcome) == [.fail])
    #expect(run.findings.map(\.section) == ["unmapped"])
  }

  @Test func `compares the tool's totals with what was read`() throws {
    let text = try Fixture.text("s1-v1.6.1-log.txt")
    let score = try #require(text.split(separator: "\n").last { $0.contains("Score: ") })
    let other = text.replacing(score, with: "[INFO] Score: 99")
    let (run, diagnostics) = try #require(Reading.results(Array(other.utf8)).first)
    #expect(run.isComplete)
    #expect(
      diagnostics.contains {
        if case .scoreDiffers(printed: 99, _) = $0.kind { true } else { false }
      })
    let lines = text.split(separator: "\n").filter { !$0.contains(" 2.3 - ") }
    let (short, noticed) = try #require(
      Reading.results(Array((lines.joined(separator: "\n") + "\n").utf8)).first)
    #expect(!short.isComplete)
    #expect(noticed.contains { $0.kind == .checksDiffer(printed: 117, read: 116) })
  }

  @Test func `finds nothing odd in a whole run`() throws {
    for name in Fixture.texts + Fixture.documents {
      let diagnostics = Reading.results(try Fixture.bytes(name)).flatMap(\.diagnostics)
      #expect(diagnostics.isEmpty, "\(name)")
    }
  }

  @Test func `marks a run that is cut off as incomplete`() throws {
    for name in Fixture.texts + Fixture.documents {
      let bytes = try Fixture.bytes(name)
      let whole = try #require(Reading.runs(bytes).first)
      #expect(whole.isComplete, "\(name)")
      let run = try #require(Reading.runs(Array(bytes.prefix(bytes.count / 2))).first)
      #expect(!run.isComplete, "\(name)")
      #expect(run.findings.count < whole.findings.count, "\(name)")
    }
  }

  @Test func `gives every finding a line, a section and a title`() throws {
    for name in Fixture.texts + Fixture.documents {
      let run = try #require(Reading.runs(try Fixture.bytes(name)).first)
      #expect(
        run.findings.allSatisfy {
          $0.line > 0 && !$0.section.isEmpty && !$0.title.isEmpty && !$0.checkID.isEmpty
        }, "\(name)")
    }
  }
}

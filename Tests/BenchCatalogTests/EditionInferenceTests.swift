import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `The edition of a run` {
  @Test(arguments: [
    ("s4-v1.1.0-log.txt", "e02-cis1.11"), ("s4-fa9b227-log.json", "e05-ce1.1.0"),
    ("s1-fa9b227-log.json", "e05-ce1.1.0"), ("s1-fa9b227-log.txt", "e05-ce1.1.0"),
    ("s1-v1.3.5-log.txt", "e07-cis1.2.0"), ("s1-v1.3.5-log.json", "e07-cis1.2.0"),
    ("s4-v1.3.5-fr-stdout.txt", "e07-cis1.2.0"), ("s1-v1.6.0-log.txt", "e10-cis1.5.0"),
    ("s1-v1.6.1-log.txt", "e11-cis1.6.0b"), ("s5-v1.6.0-stdout.txt", "e10-cis1.5.0"),
    ("s5-v1.6.0-log.json", "e10-cis1.5.0"), ("s6-v1.6.0-log.txt", "e10-cis1.5.0"),
    ("s6-v1.6.0-log.json", "e10-cis1.5.0"), ("s4-head-stdout.txt", "e11-cis1.6.0b"),
    ("s4-head-log.json", "e11-cis1.6.0b"),
  ])
  func `is told by its ids and titles`(fixture: String, edition: String) throws {
    let (run, diagnostics) = try #require(Reading.results(try Fixture.bytes(fixture)).first)
    #expect(run.release.edition == edition)
    #expect(run.findings.allSatisfy { $0.control != nil })
    #expect(!diagnostics.contains { if case .editionGuessed = $0.kind { true } else { false } })
  }

  @Test func `is told by a part of the checks`() throws {
    let lines = try Fixture.text("s1-v1.6.1-log.txt").split(separator: "\n").filter {
      $0.contains(" 7.")
    }
    let run = try #require(Reading.runs(Array(lines.joined(separator: "\n").utf8)).first)
    #expect(run.release.edition == "e11-cis1.6.0b")
    #expect(!run.isComplete)
  }

  @Test func `is not there for checks that nobody knows`() throws {
    let log =
      "Initializing 2026-11-23T03:49:27+00:00\n[WARN] 1.1 - Feed the cat\n[INFO] 9 - Cats\n[NOTE] 1.2 - Pet it\n"
    let (run, diagnostics) = try #require(Reading.results(Array(log.utf8)).first)
    #expect(run.release.edition == nil)
    #expect(run.findings.map(\.control) == [nil, nil])
    #expect(run.findings.map(\.outcome) == [.fail, .manual])
    #expect(run.findings.map(\.section) == ["unmapped", "unmapped"])
    #expect(diagnostics.contains { $0.kind == .editionUnknown })
    #expect(diagnostics.contains { $0.kind == .unknownCheck(id: "1.1", title: "Feed the cat") })
  }

  @Test func `leaves a check that it does not know unmapped`() throws {
    let text = try Fixture.text("s1-v1.6.1-log.txt")
    let log = text.replacing(
      "2.3 - Ensure the logging level is set to 'info'", with: "2.3 - Ensure the cat is fed")
    #expect(log != text)
    let (run, diagnostics) = try #require(Reading.results(Array(log.utf8)).first)
    let finding = try #require(run.findings.first { $0.checkID == "2.3" })
    #expect(finding.control == nil)
    #expect(run.findings.count { $0.control == nil } == 1)
    #expect(run.release.edition == "e11-cis1.6.0b")
    #expect(
      diagnostics.contains { if case .unknownCheck(id: "2.3", _) = $0.kind { true } else { false } }
    )
  }

  @Test(arguments: [
    ("2.1", "s1-v1.3.5-log.txt", "daemon-icc-disabled", "s1-v1.6.0-log.txt", "daemon-rootless"),
    (
      "5.1", "s1-v1.6.0-log.txt", "container-apparmor", "s1-v1.6.1-log.txt",
      "swarm-disabled-if-unused"
    ),
    (
      "7.2", "s1-v1.6.0-log.txt", "swarm-manager-count", "s1-v1.6.1-log.txt", "swarm-bind-interface"
    ),
  ])
  func `gives the same id another meaning`(
    id: String, first: String, firstControl: String, second: String, secondControl: String
  ) throws {
    let before = try Reading.run(first).findings.first { $0.checkID == id }
    let after = try Reading.run(second).findings.first { $0.checkID == id }
    #expect(before?.control == firstControl)
    #expect(after?.control == secondControl)
  }

  @Test func `leaves the versions that the run can be from`() throws {
    let release = try Reading.run("s1-v1.6.0-log.txt").release
    #expect(release.printed == nil)
    #expect(release.earliest == "v1.5.0")
    #expect(release.latest == "v1.6.0")
    let printed = try Reading.run("s4-head-stdout.txt").release
    #expect(printed.printed == "1.6.0")
    #expect(printed.earliest == "v1.6.1")
  }
}

/// The numbering of CIS 1.8.0, which was proposed for docker-bench-security and not merged.
struct `The proposed edition` {
  /// The log of v1.6.1 with the ids and titles of the proposal.
  private static func log() throws -> String {
    var text = try Fixture.text("s1-v1.6.1-log.txt")
    for number in (7...18).reversed() {
      text = text.replacing(" 2.\(number) - ", with: " 2.\(number + 1) - ")
    }
    text = text.replacing("directories - docker.socket (", with: "directories - docker.sock (")
    let new = "[WARN] 2.7 - Ensure devicemapper storage driver is not used (Scored)"
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { $0.contains(" 2.8 - ") ? [new[...], $0] : [$0] }.joined(separator: "\n")
  }

  @Test func `is told by the checks that moved`() throws {
    let (run, diagnostics) = try #require(Reading.results(Array(try Self.log().utf8)).first)
    #expect(run.release.edition == "e12-cis1.8.0")
    #expect(run.release.earliest == "pull/574" && run.release.latest == "pull/574")
    #expect(run.findings.allSatisfy { $0.control != nil })
    #expect(!diagnostics.contains { if case .editionGuessed = $0.kind { true } else { false } })
    let pairs = run.findings.compactMap { finding in finding.control.map { (finding.checkID, $0) } }
    let controls = Dictionary(pairs) { first, _ in first }
    #expect(controls["2.7"] == "daemon-no-devicemapper")
    #expect(controls["2.8"] == "daemon-tls-auth")
    #expect(controls["2.19"] == "daemon-no-experimental")
    #expect(controls["1.1.9"] == "host-audit-docker-sock")
  }

  @Test func `is not guessed from checks that a release has too`() throws {
    let lines = try Self.log().split(separator: "\n").filter {
      $0.contains(" 4.") || $0.contains(" 7.")
    }
    let (run, diagnostics) = try #require(
      Reading.results(Array(lines.joined(separator: "\n").utf8)).first)
    #expect(run.release.edition == "e11-cis1.6.0b")
    #expect(run.release.latest != "pull/574")
    #expect(!diagnostics.contains { if case .editionGuessed = $0.kind { true } else { false } })
  }

  @Test func `leaves the newest state a version that people have`() throws {
    let release = try Reading.run("s4-head-stdout.txt").release
    #expect(release.edition == "e11-cis1.6.0b")
    #expect(release.latest == "1.6.0@ff26d67")
  }
}

struct `The catalogue` {
  private let catalog = Catalog.embedded.scripts

  @Test func `has the twelve editions`() {
    #expect(catalog.editions.count == 12)
    #expect(catalog.editions.map(\.name) == catalog.editions.map(\.name).sorted())
  }

  @Test func `has the titles that an edition prints`() {
    #expect(
      catalog.titles(of: "5.1", in: "e11-cis1.6.0b") == [
        "Ensure swarm mode is not Enabled, if not needed (Automated)"
      ])
  }
}

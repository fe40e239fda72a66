import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchExports

/// What GitLab keeps of a report.
///
/// The rules are those of `lib/gitlab/ci/parsers/codequality/code_climate.rb` at 4e50b9e, `lib/gitlab/ci/reports/
/// codequality_reports.rb` at 4315ed0 with `app/validators/json_schemas/codeclimate.json` at 33827e3, and
/// `codequality_reports_comparer.rb` at 54f170b.
private struct GitLabReport {
  private(set) var descriptions: [String: String] = [:]

  init(_ entries: [[String: Any]]) {
    for entry in entries {
      // At the first entry that the schema refuses, the rest is dropped.
      guard let fingerprint = entry["fingerprint"] as? String,
        let description = entry["description"] as? String, entry["severity"] is String,
        let location = entry["location"] as? [String: Any], location["path"] is String,
        let lines = location["lines"] as? [String: Any], lines["begin"] is Int
      else { return }
      descriptions[fingerprint] = description
    }
  }

  var fingerprints: Set<String> { Set(descriptions.keys) }

  func new(since base: GitLabReport) -> Set<String> { fingerprints.subtracting(base.fingerprints) }
}

struct `A Code Quality report` {
  private static func report(_ host: ExportHost) throws -> GitLabReport {
    GitLabReport(try Sample.array(.codequality, [host]))
  }

  private static func host(_ waivers: [Waiver] = [], items: [String]) -> ExportHost {
    var policy = Policy()
    policy.waivers = waivers
    let judgement = Judgement(policy, at: Sample.time)
    let run = Sample.summary("db-1")
    let finding = Sample.finding(
      "container-no-privileged", .fail, id: "5.5", items: items.map { Sample.item($0) })
    return ExportHost(
      name: "db-1", runs: [run],
      findings: [
        ExportFinding(
          judgement.judge(finding, host: "db-1"), ExportControls(policy), run: run,
          openSince: run.startedAt)
      ])
  }

  private static func waiver(_ items: [Glob] = []) -> Waiver {
    Waiver(
      coverage: Coverage(.control("container-no-privileged")), items: items, reason: "r",
      owner: "o", end: Sample.time + 86_400, line: 1)
  }

  @Test func `has every entry that GitLab keeps, and no other`() throws {
    let hosts = try Sample.hosts()
    let entries = try Sample.array(.codequality, hosts)
    #expect(!entries.isEmpty)
    #expect(GitLabReport(entries).descriptions.count == entries.count)
    for entry in entries {
      #expect(
        Set(entry.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
    }
    let open = Set(
      hosts.flatMap(\.findings).map(\.shared).filter(\.judged.isOpen).compactMap(\.finding.control))
    #expect(
      Set(entries.compactMap { $0["check_name"] as? String }).filter { !$0.hasPrefix("unmapped-") }
        == open)
  }

  @Test func `has GitLab's word for each severity`() throws {
    let words = [
      "container-no-privileged": "blocker", "container-apparmor": "critical",
      "host-partition": "major",
    ]
    var seen: [String: Set<String>] = [:]
    for entry in try Sample.array(.codequality, Sample.hosts()) {
      let (name, word) = (entry["check_name"] as? String ?? "", entry["severity"] as? String ?? "")
      seen[name, default: []].insert(word)
    }
    for (control, word) in words { #expect(seen[control] == [word], "\(control)") }
    #expect(seen.filter { $0.key.hasPrefix("unmapped-") }.allSatisfy { $0.value == ["unknown"] })
    #expect(seen.contains { $0.key.hasPrefix("unmapped-") })
  }

  @Test func `leaves out what is accepted, and has it again when that ends`() throws {
    let before = try Self.report(Self.host(items: ["api", "web"]))
    let waived = try Self.report(Self.host([Self.waiver([Glob("web")])], items: ["api", "web"]))
    let ended = try Self.report(Self.host(items: ["api", "web"]))
    #expect(before.fingerprints.count == 2)
    #expect(waived.fingerprints.count == 1 && waived.new(since: before).isEmpty)
    #expect(waived.descriptions.values.allSatisfy { $0.contains("container api.") })
    #expect(ended.fingerprints == before.fingerprints && ended.new(since: waived).count == 1)
    #expect(
      try Self.report(Self.host([Self.waiver()], items: ["api", "web"])).fingerprints.isEmpty)
    let mended = try Self.report(Self.host(items: ["web"]))
    #expect(before.new(since: mended).count == 1 && mended.new(since: before).isEmpty)
  }

  @Test func `knows an entry again when numbers and lines move, and each host by itself`() throws {
    let host = Sample.hostile()
    var moved = host
    for index in moved.findings.indices where moved.findings[index].shared.control != nil {
      moved.findings[index] = moved.findings[index].reading { finding in
        finding.checkID = "99.1"
        finding.line += 1_000
        finding.title = "Another title"
      }
    }
    var renamed = host
    renamed.name = "another"
    let report = try Self.report(host)
    #expect(try Self.report(moved).fingerprints == report.fingerprints)
    #expect(try Self.report(renamed).fingerprints.isDisjoint(with: report.fingerprints))
  }

  /// A check that nobody knows may stand in a log twice, and GitLab keeps one entry of a fingerprint.
  @Test func `keeps two entries that are known by the same`() throws {
    let run = Sample.summary("db-1")
    let findings = (0..<2).map { _ in
      ExportFinding(
        Sample.judgement.judge(Sample.finding(nil, .fail, id: "9.9"), host: "db-1"),
        ExportControls(Sample.policy), run: run)
    }
    let host = ExportHost(name: "db-1", runs: [run], findings: findings)
    #expect(try Self.report(host).fingerprints.count == 2)
  }

  /// A merge request's page drops `%{` with letters behind it, and what it takes for a style of its own.
  @Test func `has no placeholder of GitLab's pages`() throws {
    let host = Sample.hostile(["a%{strong_start}b", "%{web}", "{0}"], host: "%{host}")
    for text in try Self.report(host).descriptions.values {
      #expect(!text.contains { "{}".contains($0) }, "\(text)")
    }
    #expect(try Self.report(host).descriptions.values.contains { $0.contains("strong_start") })
  }

  @Test func `has paths that stay in the repository`() throws {
    for name in ["../../etc", "..", "a/b", "\u{202e}", "C:\\x"] {
      var host = Sample.hostile()
      host.name = name
      for entry in try Sample.array(.codequality, [host]) {
        let location = try #require(entry["location"] as? [String: Any])
        let path = try #require(location["path"] as? String)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.count == 2 && parts.first == "hosts" && !parts.contains(".."), "\(path)")
      }
    }
  }
}

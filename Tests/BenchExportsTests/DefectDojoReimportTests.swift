import BenchAnalysis
import BenchExports
import BenchModel
import BenchTestSupport
import Testing

/// A test of DefectDojo that a file is reimported into with `close_old_findings`.
///
/// The rule is that of `dojo/importers/default_reimporter.py` of DefectDojo at 01558d9 for a parser that has no
/// setting of its own: a finding is known by its title in lower case and its severity.
private struct DojoTest {
  struct Known {
    var isActive: Bool
    var isMitigated: Bool
    var isAccepted: Bool
  }

  private(set) var known: [String: Known] = [:]

  static func key(_ finding: [String: Any]) -> String {
    let title = finding["title"] as? String ?? ""
    return "\(title.lowercased())\u{1}\(finding["severity"] as? String ?? "")"
  }

  var active: Set<String> { Set(known.filter { $0.value.isActive }.keys) }

  mutating func reimport(_ findings: [[String: Any]]) {
    var unchanged: Set<String> = []
    for finding in findings {
      let key = Self.key(finding)
      let isMitigated = finding["is_mitigated"] as? Bool == true
      let isAccepted = finding["risk_accepted"] as? Bool == true
      guard var old = known[key] else {
        known[key] = Known(
          isActive: finding["active"] as? Bool == true, isMitigated: isMitigated,
          isAccepted: isAccepted)
        unchanged.insert(key)
        continue
      }
      if old.isAccepted {
        if isAccepted || !old.isActive { unchanged.insert(key) }
      } else if old.isMitigated {
        unchanged.insert(key)
        if !isMitigated {
          old.isMitigated = false
          old.isActive = true
        }
      } else if isMitigated {
        old.isMitigated = true
        old.isActive = false
      } else if isAccepted {
        old.isAccepted = true
        old.isActive = false
      } else {
        unchanged.insert(key)
      }
      known[key] = old
    }
    for (key, old) in known where !unchanged.contains(key) && !old.isMitigated {
      known[key] = Known(isActive: false, isMitigated: true, isAccepted: old.isAccepted)
    }
  }
}

struct `A reimport into DefectDojo` {
  private static let all = ["web", "Web", "stra\u{DF}e", "STRASSE", "api"]

  private static func host(
    _ waivers: [Waiver] = [], names: [String] = all, isLeftOut: Bool = false
  ) -> ExportHost {
    var policy = Policy()
    policy.waivers = waivers
    let judgement = Judgement(policy, at: Sample.time)
    let run = Sample.summary("db-1")
    let finding = Sample.finding(
      "container-no-privileged", .fail, id: "5.5", items: names.map { Sample.item($0) })
    return ExportHost(
      name: "db-1", runs: [run],
      findings: [
        ExportFinding(
          judgement.judge(finding, host: "db-1"), ExportControls(policy), run: run,
          openSince: run.startedAt, isLeftOut: isLeftOut)
      ])
  }

  private static func waiver(_ items: [Glob] = []) -> Waiver {
    Waiver(
      coverage: Coverage(.control("container-no-privileged")), items: items, reason: "r",
      owner: "o", end: Sample.time + 86_400, line: 1)
  }

  private static func findings(_ host: ExportHost) throws -> [[String: Any]] {
    let document = try Sample.object(.defectdojo, [host])
    return try #require(document["findings"] as? [[String: Any]])
  }

  @Test func `keeps open what is open, through waivers that come and go`() throws {
    var test = DojoTest()
    let hosts = [
      Self.host(), Self.host([Self.waiver()]), Self.host([Self.waiver()]),
      Self.host([Self.waiver([Glob("api")])]), Self.host(), Self.host(isLeftOut: true),
    ]
    for host in hosts {
      test.reimport(try Self.findings(host))
      #expect(test.active.count == Self.all.count)
    }
    test.reimport(try Self.findings(Self.host(names: ["Web", "api"])))
    #expect(test.active.count == 2)
    test.reimport(try Self.findings(Self.host([Self.waiver([Glob("web")])])))
    #expect(test.active.count == Self.all.count)
  }

  /// Both rules fold the case: the title alone, and the hash of title and description.
  @Test func `tells apart what differs in case only, or is spelled out`() throws {
    let names = [
      "web", "Web", "WEB", "stra\u{DF}e", "strasse", "STRASSE", "a\u{202e}b", "a\\u202eb",
      "\u{FB01}le",
      "file", "web (0123456789abcdef)", "a//b", "a:/\\u002fb", "a://b",
    ]
    let findings = try Self.findings(Self.host(names: names))
    #expect(findings.count == names.count)
    #expect(Set(findings.map(DojoTest.key)).count == names.count)
    let folded = findings.map { finding in
      ["title", "description"].map { (finding[$0] as? String ?? "").uppercased().lowercased() }
    }
    #expect(Set(folded).count == names.count)
    for finding in findings {
      let id = try #require(finding["unique_id_from_tool"] as? String)
      #expect((finding["description"] as? String)?.hasSuffix("Fingerprint: `\(id)`") == true)
      #expect(finding["service"] as? String == "db-1")
    }
    // A plain name reads as it is.
    #expect(
      findings.compactMap { $0["title"] as? String }.contains { $0.hasSuffix("container web") })
  }

  @Test func `keeps open what ceased by another criterion`() throws {
    let findings = [
      Sample.finding("daemon-icc-disabled", .fail, id: "2.1"),
      Sample.finding("daemon-icc-disabled", .pass, id: "2.2"),
    ]
    let releases = [("e10-cis1.5.0", "v1.6.0"), ("e11-cis1.6.0b", "v1.6.1")]
    let runs = zip(findings, releases).enumerated().map { number, run in
      var summary = Sample.summary("db-1", id: Int64(number + 1))
      summary.startedAt = Sample.time + Int64(number) * 60
      summary.release = Release(
        tool: .dockerBenchSecurity, printed: nil, edition: run.1.0, earliest: run.1.1,
        latest: run.1.1)
      return StoredRun(summary: summary, findings: [run.0])
    }
    let judgement = Judgement(Policy(), at: Sample.time + 120)
    var test = DojoTest()
    test.reimport(try Self.findings(Trail(Array(runs.prefix(1))).host("db-1", judgement)))
    let sent = try Self.findings(Trail(runs).host("db-1", judgement))
    #expect(sent.count == 1)
    #expect((sent.first?["tags"] as? [String])?.contains("logic-changed") == true)
    test.reimport(sent)
    #expect(test.active.count == 1)
  }
}

import BenchAnalysis
import BenchExports
import BenchModel
import Testing

struct `An export for DefectDojo` {
  /// The keys that `dojo/tools/generic/json_parser.py` of DefectDojo takes; any other makes it refuse the file.
  private static let keys: Set<String> = [
    "title", "severity", "description", "date", "cwe", "cve", "epss_score", "epss_percentile",
    "cvssv3", "cvssv3_score", "cvssv4", "cvssv4_score", "mitigation", "impact",
    "steps_to_reproduce", "severity_justification", "references", "active", "verified", "false_p",
    "out_of_scope", "risk_accepted", "under_review", "is_mitigated", "thread_id", "mitigated",
    "numerical_severity", "param", "payload", "line", "file_path", "component_name",
    "component_version", "static_finding", "dynamic_finding", "scanner_confidence",
    "unique_id_from_tool", "vuln_id_from_tool", "sast_source_object", "sast_sink_object",
    "sast_source_line", "sast_source_file_path", "nb_occurences", "publish_date", "service",
    "planned_remediation_date", "planned_remediation_version", "effort_for_fixing", "tags",
    "kev_date", "known_exploited", "ransomware_used", "fix_available", "fix_version", "endpoints",
    "files", "vulnerability_ids", "cwes",
  ]

  private static func findings(
    _ hosts: [ExportHost], sendsAcceptance: Bool = false
  ) throws -> [[String: Any]] {
    let document = try Sample.object(.defectdojo, hosts, sendsAcceptance: sendsAcceptance)
    #expect(Set(document.keys) == ["name", "type", "version", "findings"])
    return try #require(document["findings"] as? [[String: Any]])
  }

  @Test func `has the keys that the parser takes`() throws {
    let findings = try Self.findings(Sample.hosts())
    #expect(!findings.isEmpty)
    var ids: Set<String> = []
    for finding in findings {
      #expect(Set(finding.keys).isSubset(of: Self.keys))
      #expect(
        ["Critical", "High", "Medium", "Low", "Info"].contains(finding["severity"] as? String))
      #expect(try #require(finding["title"] as? String).unicodeScalars.count <= 511)
      #expect((finding["description"] as? String)?.isEmpty == false)
      #expect(CivilTime(try #require(finding["date"] as? String)) != nil)
      if let mitigated = finding["mitigated"] {
        #expect(CivilTime(try #require(mitigated as? String)) != nil)
      }
      #expect(ids.insert(try #require(finding["unique_id_from_tool"] as? String)).inserted)
      #expect(try #require(finding["service"] as? String).unicodeScalars.count <= 200)
      if let component = finding["component_name"] {
        #expect(try #require(component as? String).unicodeScalars.count <= 500)
      }
    }
  }

  @Test(arguments: [false, true])
  func `says which are accepted and which are fixed`(sendsAcceptance: Bool) throws {
    let findings = try Self.findings([Sample.web()], sendsAcceptance: sendsAcceptance)
    func named(_ control: String) -> [[String: Any]] {
      findings.filter { $0["vuln_id_from_tool"] as? String == control }
    }
    #expect(!named("image-user-created").isEmpty)
    for finding in named("image-user-created") {
      #expect(finding["active"] as? Bool == !sendsAcceptance)
      #expect(finding["risk_accepted"] as? Bool == (sendsAcceptance ? true : nil))
      let tags = try #require(finding["tags"] as? [String])
      #expect(tags.contains("accepted") && tags.contains("accepted-until:2027-03-30"))
    }
    // A single container is accepted, without an end.
    let accepted = named("container-apparmor").filter {
      ($0["tags"] as? [String])?.contains("accepted") == true
    }
    #expect(accepted.map { $0["component_name"] as? String } == ["ci-runner"])
    #expect(accepted.allSatisfy { $0["active"] as? Bool == !sendsAcceptance })
    #expect(
      !accepted.flatMap { $0["tags"] as? [String] ?? [] }.contains {
        $0.hasPrefix("accepted-until")
      }
    )
    // Two containers had capabilities, and each is closed.
    let fixed = named("container-capabilities-restricted")
    #expect(fixed.count == 2)
    for finding in fixed {
      #expect(finding["is_mitigated"] as? Bool == true && finding["active"] as? Bool == false)
    }
    #expect(named("container-no-docker-sock").allSatisfy { $0["active"] as? Bool == true })
    #expect(named("files-daemon-json-ownership").isEmpty)
  }

  @Test func `keeps what DefectDojo knows a finding by free of what changes`() throws {
    let host = Sample.hostile()
    var later = host
    for index in later.findings.indices {
      later.findings[index] = later.findings[index].reading { finding in
        finding.line += 7
        finding.details = []
      }
      later.findings[index].run?.startedAt += 86_400
    }
    let before = try Self.findings([host])
    let after = try Self.findings([later])
    for key in ["title", "description", "unique_id_from_tool", "service"] {
      #expect(before.map { $0[key] as? String } == after.map { $0[key] as? String })
    }
  }
}

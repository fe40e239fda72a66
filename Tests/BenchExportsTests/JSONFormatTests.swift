import BenchAnalysis
import BenchExports
import BenchModel
import BenchReports
import Testing

struct `A JSON export` {
  @Test func `has the documented keys in order`() throws {
    let document = try Sample.object(.json, Sample.hosts())
    #expect(document["schema"] as? String == "benchtrail.export.v1")
    #expect(document.keys.sorted() == ["exportedAt", "hosts", "policy", "schema", "version"])
    for host in try #require(document["hosts"] as? [[String: Any]]) {
      #expect(host.keys.sorted() == ["comparisons", "findings", "host", "runs"])
      for finding in try #require(host["findings"] as? [[String: Any]]) {
        #expect(
          finding.keys.sorted() == [
            "advice", "attestation", "attestationLapsed", "change", "checkId", "control",
            "controlTitle", "details", "fingerprint", "items", "itemsTruncated", "leftOut", "line",
            "new", "openSince", "openSinceFirstRun", "outcome", "printed", "risk", "run", "section",
            "severity", "stride", "title", "verdict", "waived", "waivers",
          ])
      }
    }
  }

  @Test func `keeps names to the letter`() throws {
    let document = try Sample.object(.json, [Sample.hostile()])
    let host = try #require((document["hosts"] as? [[String: Any]])?.first)
    #expect(host["host"] as? String == Sample.hostileHost)
    let findings = try #require(host["findings"] as? [[String: Any]])
    let items = try #require(findings.first?["items"] as? [[String: Any]])
    #expect(
      items.prefix(Sample.hostileNames.count).map { $0["name"] as? String } == Sample.hostileNames)
  }

  @Test func `describes a run as every document does`() throws {
    for host in try Sample.hosts() {
      let text = try JSONText.encode(RunJSON(host.runs[0]), isPretty: false).dropLast()
      #expect(try Sample.text(.json, [host]).contains(text))
    }
  }

  @Test func `by lines has a finding in each`() throws {
    let hosts = try Sample.hosts()
    let lines = try Sample.lines(.ndjson, hosts)
    #expect(lines.count == hosts.map(\.findings.count).reduce(0, +))
    #expect(Set(lines.compactMap { $0["host"] as? String }) == Set(hosts.map(\.name)))
    for line in lines {
      #expect(line["schema"] as? String == "benchtrail.export.finding.v1")
      #expect(line["path"] is String && line["startedAt"] is String)
    }
  }

  /// A distribution's advice is its hosts' alone, whichever host comes first.
  @Test func `has the advice for each host's own edition`() throws {
    let control = "kube-apiserver-manifest-permissions"
    let hosts = ["tkgi-1.2.53", "cis-1.6"].map { edition in
      var run = Sample.summary("node-\(edition)")
      run.release.tool = .kubeBench
      run.release.edition = edition
      let finding = ExportFinding(
        Sample.judgement.judge(Sample.finding(control, .fail, id: "1.1.1"), host: run.host),
        ExportControls(Sample.policy), run: run)
      return ExportHost(name: run.host, runs: [run], findings: [finding])
    }
    let kinds = try Sample.lines(.ndjson, hosts).map { object in
      let fix = (object["advice"] as? [String: Any])?["fix"] as? [String: Any]
      return fix?["kind"] as? String
    }
    #expect(kinds == ["provider", "mode"])
  }
}

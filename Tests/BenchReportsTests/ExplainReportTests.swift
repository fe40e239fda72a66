import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchReports
import BenchTestSupport
import Testing

struct `A report on the catalogue` {
  private static func lines(_ document: Document) -> [String] {
    TerminalRenderer(width: 1_000, hasColor: false).render(document)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The words of each line, whatever blanks are between them.
  private static func words(_ document: Document) -> [String] {
    lines(document).map { $0.split(separator: " ").joined(separator: " ") }
  }

  private static func explained(
    _ id: ControlID, _ policy: Policy = Policy(), hosts: OpenControls.State? = nil
  ) throws -> ExplainedControl {
    ExplainedControl(
      try #require(Catalog.embedded.controls.control(id)), policy, Sample.model(), hosts: hosts)
  }

  private static func document(
    _ id: ControlID, _ policy: Policy = Policy(), hosts: OpenControls.State? = nil,
    hasVersions: Bool = false
  ) throws -> [String] {
    words(
      ExplainReport.document([try explained(id, policy, hosts: hosts)], hasVersions: hasVersions))
  }

  // MARK: A control

  @Test func `keeps the lines of editions apart`() throws {
    let document = try Self.document("kube-kubelet-anonymous-auth-disabled")
    #expect(document.contains("tool line edition id"))
    #expect(document.contains("kube-bench k3s cis-1.6-k3s to k3s-cis-1.12 4.2.1"))
    #expect(document.contains("kube-bench rke rke-cis-1.23 to rke-cis-1.8-permissive 4.2.1"))
    #expect(document.contains("kube-bench cis cis-1.5 to cis-2.0 4.2.1"))
    #expect(document.count { $0.hasPrefix("kube-bench ") } < 30)
    #expect(try Self.document("daemon-icc-disabled").contains("tool edition id"))
  }

  @Test func `prints the newest criterion of each tool, or all`() throws {
    let newest = try Self.document("daemon-icc-disabled")
    #expect(newest.contains("13 earlier criteria: --versions"))
    #expect(!newest.contains { $0.contains("always FAIL") })
    let all = try Self.document("daemon-icc-disabled", hasVersions: true)
    #expect(all.contains { $0.contains("always FAIL") })
    #expect(!all.contains { $0.contains("--versions") })
    #expect(all.count == newest.count + 12)
    let json = try JSONText.encode(ExplainJSON([Self.explained("daemon-icc-disabled")]))
    #expect(json.contains("always FAIL"))
  }

  @Test func `says which threats a control answers, and what its fix closes`() throws {
    let document = try Self.document("daemon-icc-disabled")
    #expect(document.contains("Threats: neighbour (A container listens to its neighbours)"))
    #expect(document.contains("Fix id: daemon-icc"))
    let shared = try Self.document("container-capabilities-restricted")
    #expect(shared.contains("Fix id: run-drop-capabilities, which closes 4 more"))
    #expect(!shared.contains { $0.hasPrefix("Threats:") })
  }

  @Test func `says the severity under the policy where it differs`() throws {
    var policy = Policy()
    policy.severities = ["daemon-icc-disabled": .critical, "daemon-log-level-info": .low]
    let raised = try Self.document("daemon-icc-disabled", policy)
    #expect(
      raised.contains { $0.hasPrefix("Severity: high; critical under the policy. One comp") })
    let same = try Self.document("daemon-log-level-info", policy)
    #expect(same.contains { $0.hasPrefix("Severity: low. Too quiet") })
    let json = try JSONText.encode(
      ExplainJSON([Self.explained("daemon-icc-disabled", policy)]))
    #expect(json.contains("\"policySeverity\" : \"critical\""))
  }

  // MARK: Its hosts

  private static func hosts(_ control: ControlID) -> OpenControls.State? {
    var open = OpenControls([control])
    for host in Sample.hosts() { open.add(JudgedHost(host.now, Sample.judgement())) }
    return open[control]
  }

  @Test(arguments: [
    ("daemon-icc-disabled", "on 1 of 2 hosts since DAY: db-1; passes on 1"),
    ("host-audit-dockerd", "on 2 of 2 hosts since DAY: db-1, web-1"),
    ("daemon-live-restore", "on none of 2 hosts; accepted on 1"),
    ("daemon-rootless", "on none of 2 hosts"),
  ])
  func `says on which hosts a control is open`(control: ControlID, words: String) throws {
    let document = try Self.document(control, hosts: Self.hosts(control))
    let expected = words.replacing("DAY", with: CivilTime.date(Sample.day(0)))
    #expect(document.contains("Open: " + expected))
  }

  @Test func `names ten hosts at most`() throws {
    var open = OpenControls(["daemon-icc-disabled"])
    for number in 1...12 {
      let known = Sample.host(
        "web-\(number)", [[Sample.finding("daemon-icc-disabled", .fail, id: "2.2")]])
      open.add(JudgedHost(known.now, Sample.judgement()))
    }
    let document = try Self.document("daemon-icc-disabled", hosts: open["daemon-icc-disabled"])
    #expect(document.contains { $0.hasSuffix("web-9, web-10 and 2 more") })
    let json = try JSONText.encode(
      ExplainJSON([Self.explained("daemon-icc-disabled", hosts: open["daemon-icc-disabled"])]))
    #expect(json.contains("\"host\" : \"web-12\""))
    #expect(json.contains("\"hostCount\" : 12"))
  }

  @Test func `says nothing of hosts where there are none`() throws {
    let none = OpenControls(["daemon-icc-disabled"])["daemon-icc-disabled"]
    for hosts in [none, nil] {
      let document = try Self.document("daemon-icc-disabled", hosts: hosts)
      #expect(!document.contains { $0.hasPrefix("Open:") })
    }
  }

  // MARK: A fix and a threat

  @Test func `explains a fix`() throws {
    let fix = try #require(
      Catalog.embedded.advice.fixes.first { $0.id == "run-drop-capabilities" })
    var policy = Policy()
    policy.severities = ["container-capabilities-restricted": .low]
    let explained = ExplainedFix(fix, policy)
    #expect(explained.controls.count == 5)
    let document = Self.words(ExplainReport.document(explained))
    #expect(document.first == fix.title + " run-drop-capabilities")
    #expect(document.contains("Kind: run-option"))
    #expect(document.contains("Note: " + fix.note))
    #expect(document.contains("It closes 5 controls:"))
    #expect(document.contains { $0.hasPrefix("community-no-cap-sys-admin critical ") })
    #expect(
      document.contains {
        $0.hasPrefix("container-capabilities-restricted ") && $0.contains("; low under the policy")
      })
    let json = try JSONText.encode(ExplainedFixJSON(explained))
    #expect(json.contains("\"schema\" : \"benchtrail.fix.v1\""))
    #expect(json.contains("\"control\" : \"community-no-cap-sys-admin\""))
  }

  @Test func `explains a threat`() throws {
    let threat = try #require(Sample.model()["socket"])
    let explained = ExplainedThreat(threat, Policy())
    let document = Self.words(ExplainReport.document(explained))
    #expect(document.first == "A container with the daemon's socket socket")
    #expect(document.contains("STRIDE: Elevation of privilege"))
    #expect(
      document.contains("components: container, A container with the daemon's socket"))
    #expect(document.contains("container-no-privileged critical No container is privileged"))
    let json = try JSONText.encode(ExplainedThreatJSON(explained))
    #expect(json.contains("\"schema\" : \"benchtrail.threat.v1\""))
    #expect(json.contains("\"severity\" : \"critical\""))
  }

  @Test func `has nothing of a team's threat that a terminal could take for a command`() throws {
    let threat = try #require(Sample.model("bad\u{1b}[31m")["socket"])
    let document = ExplainReport.document(ExplainedThreat(threat, Policy()))
    #expect(!Self.lines(document).joined().unicodeScalars.contains { $0.isUnsafe })
  }

  // MARK: The list

  @Test func `lists the controls that are asked for`() throws {
    var filter = ControlFilter()
    filter.section = "daemon"
    filter.words = ["traffic", "BRIDGE"]
    let total = Catalog.embedded.controls.all.count
    let listed = Catalog.embedded.list(filter)
    let document = Self.words(CatalogReport.document(listed, of: total))
    #expect(document.first == "\(listed.count) of \(total) controls")
    #expect(document.contains("control severity section STRIDE title"))
    let json = try JSONText.encode(CatalogJSON(listed, of: total))
    #expect(json.contains("\"schema\" : \"benchtrail.catalog.v1\""))
    #expect(json.contains("\"total\" : \(total)"))
  }

  @Test func `has a row for each control`() throws {
    var filter = ControlFilter()
    filter.words = ["daemon-icc"]
    let listed = Catalog.embedded.list(filter)
    let document = Self.words(CatalogReport.document(listed, of: 2))
    #expect(document.first == "1 of 2 controls")
    #expect(
      document.contains(
        "daemon-icc-disabled high daemon ISE Default bridge blocks traffic between containers"))
    let json = try JSONText.encode(CatalogJSON(listed, of: 2))
    #expect(json.contains("\"fix\" : \"daemon-icc\""))
    #expect(json.contains("\"docker-bench-security\",\n        \"docker-bench\""))
  }

  @Test func `says that no control is of a kind`() {
    let document = Self.words(CatalogReport.document([], of: 429))
    #expect(document.first == "0 of 429 controls")
    #expect(document.count { $0.hasPrefix("No control is of that kind") } == 1)
  }
}

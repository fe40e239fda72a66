import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchPolicy
import BenchTestSupport
import Testing

/// The default threats against what the real tools printed.
struct `The default threats of a fixture` {
  /// What is known of a host after one run.
  private static func findings(of run: Run) -> HostFindings {
    var past = Past()
    past.add(
      id: 1, order: RunOrder(startedAt: run.startedAt), host: run.host, findings: run.findings,
      release: run.release)
    return past.host(run.host)
  }

  private static func judged(_ findings: HostFindings, _ policy: Policy = Policy()) -> JudgedHost {
    JudgedHost(findings, Judgement(policy, at: 0))
  }

  private static func assess(_ fixtures: [(String, host: String)], _ policy: Policy = Policy())
    throws -> ThreatAssessment
  {
    var assessment = ThreatAssessment(DefaultThreats.model(.embedded), .embedded)
    for (fixture, host) in fixtures {
      assessment.add(judged(findings(of: try Reading.run(fixture, host: host)), policy))
    }
    return assessment
  }

  private static func open(_ assessment: ThreatAssessment, _ id: String) throws -> [ControlID] {
    try #require(assessment[id]).hosts.flatMap { $0.open.map(\.control) }
  }

  @Test(arguments: ["s1-v1.6.1-log.txt", "s1-v1.6.0-log.txt", "s1-v1.3.5-log.txt"])
  func `are exposed where containers are at fault`(fixture: String) throws {
    let assessment = try Self.assess([(fixture, "web-1")])
    let socket = try Self.open(assessment, "docker-socket-in-container")
    #expect(socket.contains("container-no-docker-sock"))
    let privileged = try Self.open(assessment, "docker-privileged-container-escape")
    #expect(privileged.contains("container-no-privileged"))
    #expect(assessment["docker-container-starves-host"]?.state == .exposed)
    #expect(assessment["docker-bridge-leaks-secrets"]?.state == .exposed)
    #expect(assessment["docker-unlogged-changes"]?.state == .exposed)
    for row in assessment.rows {
      #expect(row.hosts.isEmpty == (row.threat.system == .kubernetes), "\(row.threat.id)")
    }
  }

  @Test func `name the items that are at fault`() throws {
    let row = try #require(
      try Self.assess([("s1-v1.6.1-log.txt", "web-1")])["docker-socket-in-container"])
    let evidence = try #require(
      row.hosts.first?.open.first { $0.control == "container-no-docker-sock" })
    #expect(!evidence.openItems.isEmpty)
    #expect(evidence.openSince != nil)
    #expect(!evidence.isLeftOut)
  }

  @Test func `are not exposed by containers that are not there`() throws {
    let assessment = try Self.assess([("s4-head-stdout.txt", "web-1")])
    let row = try #require(assessment["docker-privileged-container-escape"])
    #expect(try Self.open(assessment, row.threat.id).isEmpty)
    #expect(row.state == .doesNotApply)
    #expect(row.hosts.first?.isRefuted == true)
    // The tool skips the checks of containers where there are none.
    #expect(row.hosts.first?.unjudged.allSatisfy { $0.reason == .notEvaluated } == true)
    #expect(row.hosts.first?.unjudged.count == row.total)
    // What is wrong with the daemon is wrong without a container.
    #expect(assessment["docker-bridge-leaks-secrets"]?.state == .exposed)
    #expect(assessment["docker-unlogged-changes"]?.state == .exposed)
  }

  @Test func `are accepted where all of it is waived`() throws {
    var policy = Policy()
    policy.waivers =
      DefaultThreats.model(.embedded)["docker-socket-in-container"]?.controls.map {
        Waiver(coverage: Coverage(.control($0)), reason: "r", owner: "o")
      } ?? []
    let assessment = try Self.assess([("s1-v1.6.1-log.txt", "web-1")], policy)
    #expect(assessment["docker-socket-in-container"]?.state == .accepted)
    #expect(assessment["docker-privileged-container-escape"]?.state == .exposed)
  }

  @Test func `of a cluster go away when it is hardened`() throws {
    let before = try Self.assess([("before-kube-cis-1.6-stdout.txt", "node-1")])
    let after = try Self.assess([("after-kube-cis-1.6-stdout.txt", "node-1")])
    #expect(before["kubernetes-kubelet-without-authentication"]?.state == .exposed)
    #expect(before["kubernetes-unlogged-actions"]?.state == .exposed)
    #expect(before.count(.exposed) > after.count(.exposed))
    #expect(after["kubernetes-kubelet-without-authentication"]?.state != .exposed)
    #expect(before.rows.allSatisfy { $0.threat.system == .kubernetes || $0.state == .unproven })
  }

  @Test func `are assessed over hosts and tools`() throws {
    let assessment = try Self.assess([
      ("s4-head-stdout.txt", "web-1"), ("s1-v1.6.1-log.txt", "web-2"),
      ("before-kube-cis-1.6-stdout.txt", "node-1"), ("s1-aqua-cis-1.6.0-pty-stdout.txt", "web-3"),
    ])
    let row = try #require(assessment["docker-socket-in-container"])
    #expect(row.state == .exposed)
    #expect(row.hosts(.exposed).map(\.host).contains("web-2"))
    #expect(row.withoutRun == ["node-1"])
    #expect(row.total == 3 * row.threat.controls.count)
    #expect(assessment["kubernetes-unlogged-actions"]?.hosts.map(\.host) == ["node-1"])
  }

  @Test func `and the matrix agree on what is open`() throws {
    let findings = Self.findings(of: try Reading.run("s1-v1.6.1-log.txt"))
    let judgement = Judgement(Policy(), at: 0)
    var matrix = StrideMatrix(judgement)
    matrix.add(JudgedHost(findings, judgement))
    let open = findings.findings.filter { judgement.judge($0.finding, host: "web-1").isOpen }
    #expect(matrix.total == open.count)
    #expect(matrix.withoutCategory == 0)
    #expect(matrix.worst(.elevation).first?.severity == .critical)
    #expect(matrix.count(.elevation) > 0)
  }

  /// The runs of a machine's state, by every version and in every form that there is of it.
  private static func forEachRun(_ state: String, _ body: (String, HostFindings) throws -> Void)
    throws
  {
    for folder in Corpus.folders where folder.name.hasPrefix(state + "/") {
      for log in folder.logs {
        for run in Reading.runs(try folder.bytes(log)) where run.isComplete {
          try body("\(folder.name)/\(log)", findings(of: run))
        }
      }
    }
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `are exposed whatever version of the tool looked`() throws {
    // The first version passes the memory limit whatever it is, so that control is not among these.
    let answers = [
      "container-no-docker-sock": "docker-socket-in-container",
      "container-no-privileged": "docker-privileged-container-escape",
      "daemon-icc-disabled": "docker-bridge-leaks-secrets",
    ]
    var judged = 0
    try Self.forEachRun("S1") { name, host in
      var assessment = ThreatAssessment(DefaultThreats.model(.embedded), .embedded)
      assessment.add(Self.judged(host))
      for (control, threat) in answers {
        let outcomes = host.findings.filter { $0.finding.control == control }.map(\.outcome)
        guard outcomes.contains(.fail) || outcomes.contains(.pass) else { continue }
        judged += 1
        let isOpen = assessment[threat]?.state == .exposed
        #expect(isOpen || !outcomes.contains(.fail), "\(name): \(threat)")
      }
    }
    #expect(judged > 100)
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `are never exposed by containers that are not there, in any version`() throws {
    try Self.forEachRun("S4") { name, host in
      var assessment = ThreatAssessment(DefaultThreats.model(.embedded), .embedded)
      assessment.add(Self.judged(host))
      for threat in ["docker-privileged-container-escape", "docker-container-starves-host"] {
        let open = assessment[threat]?.hosts.flatMap(\.open).map(\.control) ?? []
        #expect(!open.contains { $0.hasPrefix("container-") }, "\(name): \(open)")
      }
    }
  }
}

import BenchAnalysis
import BenchCatalog
import BenchExports
import BenchModel
import BenchTestSupport
import Testing

struct `An export of OCSF events` {
  private static func object(_ event: [String: Any], _ key: String) throws -> [String: Any] {
    try #require(event[key] as? [String: Any])
  }

  @Test func `has what the class requires`() throws {
    let hosts = try Sample.hosts()
    let events = try Sample.lines(.ocsf, hosts)
    #expect(events.count == hosts.map(\.findings.count).reduce(0, +))
    for event in events {
      let activity = try #require(event["activity_id"] as? Int)
      #expect((1...3).contains(activity))
      #expect(event["category_uid"] as? Int == 2)
      #expect(event["class_uid"] as? Int == 2_003)
      #expect(event["type_uid"] as? Int == 200_300 + activity)
      #expect((0...5).contains(try #require(event["severity_id"] as? Int)))
      #expect((0...4).contains(try #require(event["status_id"] as? Int)))
      // Milliseconds.
      #expect(try #require(event["time"] as? Int) > 1_700_000_000_000)
      let metadata = try Self.object(event, "metadata")
      #expect(metadata["version"] as? String == "1.5.0")
      #expect(try Self.object(metadata, "product")["vendor_name"] is String)
      let info = try Self.object(event, "finding_info")
      #expect(info["uid"] is String && info["title"] is String)
      let compliance = try Self.object(event, "compliance")
      #expect((compliance["standards"] as? [String])?.isEmpty == false)
      #expect([1, 2, 3, 99].contains(compliance["status_id"] as? Int))
      #expect(compliance["status"] is String && compliance["control"] is String)
      let resources = try #require(event["resources"] as? [[String: Any]])
      #expect(resources.first?["type"] as? String == "host")
      for resource in resources {
        #expect(resource["uid"] is String && resource["name"] is String)
      }
      // Consumers require an address of it, which no log has.
      #expect(event["device"] == nil)
      // Deprecated, and gone from later versions.
      #expect(event["resource"] == nil && compliance["status_detail"] == nil)
    }
  }

  @Test func `says how far each finding has got`() throws {
    let events = try Sample.lines(.ocsf, [Sample.web()])
    func event(_ control: String) throws -> [String: Any] {
      try #require(
        events.first { (try? Self.object($0, "compliance"))?["control"] as? String == control })
    }
    let regressed = try event("host-audit-daemon-json")
    #expect(regressed["activity_id"] as? Int == 1 && regressed["status"] as? String == "New")
    let fixed = try event("daemon-userland-proxy-disabled")
    #expect(fixed["activity_id"] as? Int == 3 && fixed["status"] as? String == "Resolved")
    let waived = try event("image-user-created")
    #expect(waived["activity_id"] as? Int == 2 && waived["status"] as? String == "Suppressed")
    #expect((waived["comment"] as? String)?.contains("Rebuilt in spring") == true)
    let leftOut = try event("container-no-docker-sock")
    #expect(leftOut["activity_id"] as? Int == 2)
  }

  // MARK: What an event says of its finding

  private static let control = "host-partition"

  /// A host of which each run found something of one control, or nothing.
  private static func trail(_ outcomes: [Outcome?]) -> Trail {
    Trail(
      outcomes.enumerated().map { day, outcome in
        var summary = Sample.summary("db-1", id: Int64(0x3000 + day))
        summary.startedAt = Past.day(Int64(day))
        var findings = [Sample.finding("host-hardened", .manual, id: "1.2.1")]
        if let outcome { findings.append(Sample.finding(control, outcome, id: "1.1.1")) }
        return StoredRun(summary: summary, findings: findings)
      })
  }

  /// The event about that control after the last run.
  private static func event(
    _ outcomes: [Outcome?], _ policy: Policy = Policy()
  ) throws -> [String: Any] {
    let host = try trail(outcomes).host("db-1", Judgement(policy, at: Sample.time))
    let events = try Sample.lines(.ocsf, [host])
    return try #require(
      events.first { (try? object($0, "compliance"))?["control"] as? String == control })
  }

  private static let activities: [(outcomes: [Outcome?], activity: Int)] = [
    ([.fail], 1),
    ([.fail, .fail], 2),
    ([.fail, .fail, .fail], 2),
    ([nil, .fail], 1),
    ([.pass, .fail], 1),
    ([.pass, .fail, .fail], 2),
    ([.fail, .pass, .fail], 1),
    ([.manual, .fail], 1),
    ([.pass], 3),
    ([.notApplicable], 3),
    ([.pass, .pass], 3),
    ([.fail, .pass], 3),
    ([.fail, .pass, .pass], 3),
    ([.fail, .notApplicable], 3),
    ([.manual], 1),
    ([.manual, .manual], 2),
    ([nil, .manual], 1),
    ([.pass, .manual], 1),
    ([.fail, .manual], 2),
  ]

  @Test(arguments: activities)
  func `creates a finding once and closes it`(outcomes: [Outcome?], activity: Int) throws {
    let event = try Self.event(outcomes)
    #expect(event["activity_id"] as? Int == activity)
    #expect(event["type_uid"] as? Int == 200_300 + activity)
    guard let last = outcomes.last, last == .fail else { return }
    #expect(event["status"] as? String == (activity == 1 ? "New" : "In Progress"))
  }

  // MARK: What events, hosts and techniques are known by

  private static func uid(_ event: [String: Any]) throws -> String {
    try #require(try object(event, "metadata")["uid"] as? String)
  }

  @Test func `has an id for each event that the same event keeps`() throws {
    let hosts = try Sample.hosts()
    let ids = try Sample.lines(.ocsf, hosts).map(Self.uid)
    #expect(Set(ids).count == ids.count)
    #expect(try Sample.lines(.ocsf, hosts).map(Self.uid) == ids)
  }

  @Test func `has another id for what another run or the policy says of a finding`() throws {
    var accepted = Policy()
    accepted.waivers = [
      Waiver(
        coverage: Coverage(.control(Self.control)), reason: "A machine of one disk", owner: "ops",
        line: 1)
    ]
    var reworded = accepted
    reworded.waivers[0].reason = "A machine of one small disk"
    var severe = Policy()
    severe.severities = [Self.control: .critical]
    let events = [
      try Self.event([.fail]), try Self.event([.fail, .fail]),
      try Self.event([.fail, .fail, .fail]), try Self.event([.fail, .fail], accepted),
      try Self.event([.fail, .fail], reworded), try Self.event([.fail, .fail], severe),
    ]
    #expect(Set(try events.map(Self.uid)).count == events.count)
    let findings = try events.map { try Self.object($0, "finding_info")["uid"] as? String }
    #expect(Set(findings).count == 1)
  }

  private static let names: [(host: String, isHostName: Bool)] = [
    ("web-1", true), ("Web-1.example.com", true), ("10.0.0.1", true),
    ("web_1", false), ("-web", false), ("web..1", false), (Sample.hostileHost, false),
  ]

  @Test(arguments: names)
  func `names the host where a store of events looks for it`(
    host: String, isHostName: Bool
  ) throws {
    for event in try Sample.lines(.ocsf, [Sample.hostile(host: host)]) {
      let resource = try #require((event["resources"] as? [[String: Any]])?.first)
      #expect(resource["hostname"] as? String == (isHostName ? host : nil))
      let observables = try #require(event["observables"] as? [[String: Any]])
      #expect(observables.compactMap { $0["type_id"] as? Int } == (isHostName ? [1, 10] : [10]))
      let values = observables.compactMap { $0["value"] as? String }
      #expect(values.last == resource["uid"] as? String)
      if isHostName { #expect(values.first == host) }
    }
  }

  @Test func `names every technique of the catalogue`() throws {
    let run = Sample.summary("db-1")
    let findings = Catalog.embedded.controls.all.map { Sample.finding($0.id, .fail, id: "1") }
    let controls = ExportControls(Sample.policy)
    let host = ExportHost(
      name: "db-1", runs: [run],
      findings: findings.map {
        ExportFinding(Sample.judgement.judge($0, host: "db-1"), controls, run: run)
      })
    var named = 0
    for event in try Sample.lines(.ocsf, [host]) {
      let info = try Self.object(event, "finding_info")
      for attack in info["attacks"] as? [[String: Any]] ?? [] {
        #expect(attack["version"] as? String == Risk.attackVersion)
        for part in ["technique", "sub_technique"] where attack[part] != nil {
          let technique = try Self.object(attack, part)
          let uid = try #require(technique["uid"] as? String)
          let name = try #require(technique["name"] as? String)
          #expect(name != uid)
          named += 1
        }
      }
    }
    #expect(named > 100)
  }
}

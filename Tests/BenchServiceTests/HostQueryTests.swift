import BenchAnalysis
import BenchHistory
import BenchModel
import BenchPolicy
import BenchService
import BenchTestSupport
import Testing

struct `A question about hosts` {
  private let repository = MemoryRepository(hostNames: HostNames(renames: ["old": "db-1"]))

  // MARK: What is known

  /// The controls that are new with the newest runs.
  private func new(_ query: HostQuery = Sample.query()) throws -> [String] {
    var found: [String] = []
    try query.forEach(in: repository) { host in
      found += host.now.findings.findings.filter(\.isNew).compactMap(\.finding.control)
    }
    return found
  }

  @Test func `keeps what is new on a node through a later run for Docker`() throws {
    try repository.add(
      .of([Sample.icc: .fail], day: 0),
      .of([Sample.anonymous: .pass, Sample.always: .fail], day: 1, release: Sample.kube),
      .of([Sample.anonymous: .fail, Sample.always: .fail], day: 2, release: Sample.kube))
    #expect(try new() == [Sample.anonymous])
    try repository.add(.of([Sample.icc: .fail], day: 2, second: 3_600))
    #expect(try new() == [Sample.anonymous])
    let ranking = try Sample.query().ranking(by: .control, in: repository)
    let regressed = ranking.entries.filter { entry in
      entry.terms.contains { $0.name == "regressed" && $0.factor > 1 }
    }
    #expect(regressed.map(\.name) == [Sample.anonymous])
    try repository.add(
      .of([Sample.anonymous: .fail, Sample.always: .fail], day: 3, release: Sample.kube))
    #expect(try new() == [])
  }

  @Test func `finds hosts by any name, by labels and as of a time`() throws {
    try repository.add(.of([Sample.icc: .fail], day: 0, host: "old"))
    try repository.add(
      [.of([Sample.icc: .pass], day: 1, host: "db-1")], labels: [("env", "test"), ("team", "a")])
    try repository.add(.of([Sample.icc: .fail], day: 1))
    func names(_ query: HostQuery) throws -> [String] {
      var names: [String] = []
      try query.forEach(in: repository) { names.append($0.now.name) }
      return names
    }
    #expect(try names(Sample.query()) == ["db-1", "web-1"])
    #expect(try names(Sample.query(host: "old")) == ["db-1"])
    #expect(try names(Sample.query(labels: [("env", "test"), ("team", "a")])) == ["db-1"])
    #expect(try names(Sample.query(until: Past.day(0))) == ["db-1"])
    #expect(throws: ServiceError.noRuns(host: nil)) {
      try names(Sample.query(labels: [("env", "test"), ("team", "b")]))
    }
    #expect(throws: ServiceError.noRuns(host: "web-9")) { try names(Sample.query(host: "web-9")) }
    #expect(try Sample.query(host: "db-1").ranking(by: .control, in: repository).open == 0)
    let then = Sample.query(host: "db-1", until: Past.day(0))
    #expect(try then.ranking(by: .control, in: repository).open == 1)
  }

  @Test func `keeps what two systems left open that found the same`() throws {
    for release in [Example.release(), Sample.kube] {
      try repository.add(
        .of(["9.9": .fail], day: 0, release: release),
        .of(["9.8": .pass], day: 1, release: release))
    }
    let ranking = try Sample.query().ranking(by: .host, in: repository)
    let trend = try ReadTrend(Sample.query()).run(in: repository).trend
    #expect(trend.points.last?.open == 2)
    #expect(ranking.open == 2)

  }

  // MARK: The ranking

  @Test(arguments: Ranking.Grouping.allCases)
  func `ranks what is open, by any grouping`(grouping: Ranking.Grouping) throws {
    var run = Run.of([Sample.icc: .fail, "9.9": .fail], day: 0)
    run.findings.append(
      Example.finding(
        Sample.privileged, .fail, items: [Example.container("a"), Example.container("b")]))
    try repository.add(run, .of([Sample.icc: .fail, Sample.restore: .fail], day: 2, host: "db-1"))
    let query = Sample.query(policy: Sample.accepting(Sample.restore))
    let ranking = try query.ranking(by: grouping, in: repository)
    #expect([ranking.open, ranking.waived] == [4, 1])
    let names = ranking.entries.map(\.name)
    switch grouping {
    case .control:
      #expect(names == [Sample.privileged, Sample.icc, "9.9 Title of 9.9"])
      #expect(ranking.entries.map(\.hosts) == [1, 2, 1])
      #expect(ranking.entries.map(\.items) == [2, 0, 0])
      #expect(ranking.entries.map(\.since) == [Past.day(0), Past.day(0), Past.day(0)])
    case .fix: #expect(names == ["run-no-privileged", "daemon-icc", "unmapped"])
    case .host:
      #expect(names == ["web-1", "db-1"])
      #expect(ranking.entries.map(\.controls) == [3, 1])
    case .stride: #expect(names.last == "none")
    case .item: #expect(names == ["container a", "container b"])
    case .requirement: Issue.record("a framework has to be named")
    }
    #expect(ranking.entries.map(\.score) == ranking.entries.map(\.score).sorted(by: >))
  }

  // MARK: One control

  @Test func `finds the hosts on which a control is open`() throws {
    let asked = [Sample.icc, Sample.restore]
    let none = try Sample.query().openHosts(of: asked, in: repository)
    #expect(none[Sample.icc]?.hosts == 0)
    #expect(none[Sample.privileged] == nil)
    try repository.add(
      .of([Sample.icc: .fail, Sample.restore: .fail], day: 0),
      .of([Sample.icc: .fail, Sample.restore: .pass], day: 2),
      .of([Sample.icc: .fail], day: 1, host: "old"),
      .of([Sample.icc: .pass], day: 1, host: "web-2"))
    let found = try Sample.query().openHosts(of: asked, in: repository)
    let icc = try #require(found[Sample.icc])
    #expect(icc.open.map(\.name) == ["db-1", "web-1"])
    #expect(icc.open.map(\.since) == [Past.day(1), Past.day(0)])
    #expect(icc.since == Past.day(0))
    #expect([icc.accepted, icc.passing, icc.hosts] == [0, 1, 3])
    #expect(found[Sample.restore]?.since == nil)
    let accepted = try Sample.query(host: "web-1", policy: Sample.accepting(Sample.icc))
      .openHosts(of: asked, in: repository)
    #expect(accepted[Sample.icc]?.open == [])
    #expect(accepted[Sample.icc]?.accepted == 1)
    let then = try Sample.query(until: Past.day(0)).openHosts(of: asked, in: repository)
    #expect(then[Sample.restore]?.open.map(\.name) == ["web-1"])
  }

  // MARK: STRIDE

  @Test func `counts no change for a system without a base`() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .fail], day: 0),
      .of([Sample.icc: .pass, Sample.privileged: .fail], day: 1),
      .of([Sample.anonymous: .fail, Sample.always: .fail], day: 2, release: Sample.kube))
    let movement = try Sample.query().stride(base: .previous, in: repository)
    let base = try #require(movement.base)
    let change = movement.now.change(from: base)
    #expect([base.total, movement.now.total] == [4, 3])
    #expect(change.total == -1)
    #expect(change.count(surface: "kubelet") == 0)
    #expect(change.count(surface: "network") == -1)
  }

  @Test func `counts failures against the run before, the baseline or a time`() throws {
    let ids = try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .fail], day: 0),
      .of([Sample.icc: .pass, Sample.privileged: .fail], day: 2),
      .of([Sample.icc: .fail, Sample.privileged: .pass], day: 4))
    func total(_ base: HostReading.Base) throws -> Int? {
      try Sample.query().stride(base: base, in: repository).base?.total
    }
    #expect(try total(.previous) == 1)
    #expect(try total(.baseline) == nil)
    try repository.mark(ids[0])
    #expect(try total(.baseline) == 2)
    try repository.mark(ids[2])
    #expect(try total(.baseline) == 1)
    #expect(try total(.time(Past.day(1), text: "2026-01-02")) == 2)
    #expect(try total(.time(Past.day(2), text: "2026-01-03")) == 1)
    #expect(try total(.time(Past.day(9), text: "2026-01-10")) == 1)
    #expect(try total(.time(Past.day(-1), text: "2025-12-31")) == nil)
  }

  @Test func `counts a host without a base as it is now`() throws {
    try repository.add(
      .of([Sample.icc: .pass], day: 0), .of([Sample.icc: .fail], day: 1),
      .of([Sample.icc: .fail], day: 1, host: "db-1"))
    let movement = try Sample.query().stride(base: .previous, in: repository)
    #expect(movement.base?.total == 1)
    #expect(movement.now.total == 2)
  }

  // MARK: Threats

  @Test func `holds the threats against the hosts, or shows the model alone`() throws {
    let model = try Sample.query().threats(in: nil)
    #expect(model.count(.unproven) == model.rows.count)
    #expect(!model.rows.isEmpty)
    #expect(throws: ServiceError.noRuns(host: nil)) {
      try Sample.query().threats(in: repository)
    }
    try repository.add(
      .of([Sample.privileged: .fail], day: 0), .of([Sample.privileged: .pass], day: 0, host: "db-1")
    )
    let found = try Sample.query().threats(in: repository)
    let exposed = found.rows.filter { $0.state == .exposed }
    #expect(!exposed.isEmpty)
    #expect(exposed.allSatisfy { $0.threat.controls.contains(Sample.privileged) })
    #expect(exposed.allSatisfy { $0.hosts(.exposed).map(\.host) == ["web-1"] })
    #expect(exposed.allSatisfy { $0.hosts(.unproven).map(\.host) == ["db-1"] })
    let accepted = try Sample.query(policy: Sample.accepting(Sample.privileged))
      .threats(in: repository)
    #expect(accepted.count(.exposed) == 0)
    #expect(accepted.count(.accepted) == exposed.count)
  }

  // MARK: The policy

  @Test func `audits the policy`() throws {
    try repository.add(.of([Sample.icc: .fail], day: 0))
    func problems(_ policy: Policy, days: Int = 30) throws -> [PolicyAudit.Problem] {
      try Sample.query(policy: policy).audit(days: days, in: repository).remarks.map(\.problem)
    }
    #expect(try problems(Sample.accepting(Sample.icc)) == [])
    #expect(try problems(Sample.accepting(Sample.restore)) == [.unused])
    #expect(
      try problems(Sample.accepting(Sample.icc, until: Past.day(10))) == [.expired(Past.day(10))])
    #expect(
      try problems(Sample.accepting(Sample.icc, until: Past.day(20))) == [.expiring(Past.day(20))])
    #expect(try problems(Sample.accepting(Sample.icc, until: Past.day(20)), days: 9) == [])
    #expect(try problems(Sample.accepting("no-such")) == [.unknownControl("no-such")])
  }

  @Test func `audits the policy without a run`() throws {
    let audit = try Sample.query(policy: Sample.accepting(Sample.icc))
      .audit(days: 30, in: repository)
    #expect(audit.remarks.map(\.problem) == [.unused])
  }

  @Test func `makes a policy that lets pass what is there`() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .fail, Sample.restore: .pass], day: 0),
      .of([Sample.icc: .fail, Sample.partition: .pass, "9.9": .info], day: 0, host: "db-1"))
    let template = try Sample.query().template(in: repository)
    #expect(template.compliance == 33)
    #expect(template.open == [.critical: 1, .high: 1])
    #expect(template.hasUnmapped)
    #expect(!template.hasIncomplete)
    _ = try Baselines.setMissing(at: Past.day(99), in: repository)
    func state() throws -> Gate.HostResult.State {
      try GateHosts(Sample.query(), thresholds: template.thresholds).run(in: repository).state
    }
    #expect(try state() == .passed)
    try repository.add(
      .of([Sample.icc: .fail, Sample.partition: .fail], day: 1, host: "db-1"))
    #expect(try state() == .tripped)
  }

  @Test func `makes the strictest policy of no run`() throws {
    let template = try Sample.query().template(in: repository)
    #expect(
      template
        == PolicyTemplate(compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false))
  }
}

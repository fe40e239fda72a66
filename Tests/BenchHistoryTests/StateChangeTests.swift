import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

/// Comparisons of the states of one machine, taken with many versions of the tool.
///
/// From the first state to the second ci-runner lost its privileges and the docker socket, portainer and bastion-ssh
/// went, backup-agent (privileged) and log-shipper (docker socket) came, and containers got limits and users.
struct `A machine that changed` {
  /// The items that came, with a plus, and went, with a minus, of each control that says the same in all versions.
  private static let expected = [
    "container-no-privileged": "+backup-agent -ci-runner",
    "container-no-docker-sock": "+log-shipper -ci-runner -portainer",
    "container-no-sshd": "-bastion-ssh",
    "container-health-checked":
      "+backup-agent +log-shipper -api -bastion-ssh -portainer -postgres-db -redis-cache -web-frontend",
    "container-memory-limit":
      "+backup-agent +log-shipper -api -bastion-ssh -ci-runner -portainer -postgres-db -redis-cache -web-frontend",
    "container-no-host-network": "",
    "container-no-host-pid": "",
  ]

  private static func side(_ bytes: [UInt8], _ number: Int = 0) throws -> ComparedRun {
    let runs = Reading.runs(bytes)
    let run = try #require(runs.dropFirst(number).first)
    return ComparedRun(
      release: run.release, isComplete: run.isComplete, findings: run.findings)
  }

  private static func side(_ folder: String) throws -> ComparedRun {
    let folder = try #require(Corpus.folders.first { $0.name == folder })
    return try side(folder.bytes("log.txt"))
  }

  /// The items of the second state's run in the samples, and of the first.
  private static func samples() throws -> (first: ComparedRun, second: ComparedRun) {
    let path = "../../samples/web-1/docker-bench-security.log"
    let bytes = try Fixture.bytes(path)
    return (try side(bytes), try side(bytes, 1))
  }

  private static func items(_ comparison: Comparison, _ control: String) -> String {
    let change = comparison.changes.first { $0.control == control }
    let names = { (items: [Item]?, sign: String) in
      Set((items ?? []).map(\.stableName)).sorted().map { sign + $0 }
    }
    return (names(change?.itemsAdded, "+") + names(change?.itemsRemoved, "-")).joined(
      separator: " ")
  }

  /// Swaps what came and what went.
  private static func reversed(_ items: String) -> String {
    let parts = items.split(separator: " ").map { item in
      (item.hasPrefix("+") ? "-" : "+") + item.dropFirst()
    }
    return parts.sorted { ($0.first == "+" ? 0 : 1, $0) < ($1.first == "+" ? 0 : 1, $1) }.joined(
      separator: " ")
  }

  private static func expectSteps(_ one: ComparedRun, _ two: ComparedRun, _ three: ComparedRun) {
    let (there, back) = (Example.compare(one, two), Example.compare(two, three))
    for (control, items) in expected {
      #expect(Self.items(there, control) == items, "\(control)")
      #expect(Self.items(back, control) == reversed(items), "\(control)")
    }
    // Back in the first state, nothing has come that was not there.
    expectSame(one, three)
  }

  /// Expects that nothing changed but what the tool judges otherwise.
  private static func expectSame(_ one: ComparedRun, _ two: ComparedRun, _ comment: String = "") {
    for change in Example.compare(one, two).changes where !change.isDoubtful {
      switch change.change {
      case .stillFailing:
        let items = change.itemsAdded + change.itemsRemoved
        #expect(items.isEmpty, "\(comment) \(change.control ?? "") \(items.map(\.name))")
      case .regressed, .fixed, .noLongerApplicable:
        // The order of a container's mounts is not fixed, and the tool reads them as one text.
        #expect(
          change.control == "container-no-sensitive-mounts", "\(comment) \(change.control ?? "")")
      case .newlySeen, .notEvaluated:
        #expect(change.base == nil || change.head == nil, "\(comment) \(change.control ?? "")")
      case .other: break
      }
    }
  }

  @Test func `and changed back with other versions has what was changed`() throws {
    let (first, second) = try Self.samples()
    let others = try ["s1-v1.3.5-log.txt", "s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt"].map {
      try Self.side(Fixture.bytes($0))
    }
    for one in others + [first] {
      for three in others + [first] { Self.expectSteps(one, second, three) }
    }
  }

  @Test(
    .enabled(if: Corpus.isPresent),
    arguments: [
      ("v1.3.1", "v1.6.0", "HEAD"), ("v1.3.5", "git-2021-03-09-519f20b", "v1.6.1"),
      ("HEAD", "v1.3.3", "v1.5.0"), ("git-2018-10-25-eb9ea59", "v1.3.6", "v1.3.5"),
      ("v1.6.1", "v1.6.1", "v1.6.1"), ("v1.6.0", "git-2019-04-13-326e31f", "v1.3.0"),
      ("git-2021-05-25-ca4ef8f", "HEAD", "git-2020-07-10-4cfb58f"),
    ])
  func `in the corpus has what was changed, whatever the versions`(
    one: String, two: String, three: String
  ) throws {
    let names = Set(Corpus.folders.map(\.name))
    guard [("S1/", one), ("S2/", two), ("S1/", three)].allSatisfy({ names.contains($0.0 + $0.1) })
    else { return }
    Self.expectSteps(
      try Self.side("S1/" + one), try Self.side("S2/" + two), try Self.side("S1/" + three))
  }

  @Test(.enabled(if: Corpus.isPresent), arguments: ["S1/", "S2/", "S4/", "S5/"])
  func `in nothing shows no change between any two versions`(state: String) throws {
    let folders = Corpus.folders.filter {
      $0.name.hasPrefix(state) && !$0.name.contains("+") && $0.logs.contains("log.txt")
    }
    let sides = try folders.map { try Self.side($0.name) }
    #expect(sides.count > 15)
    for (one, base) in zip(folders, sides) {
      for (two, head) in zip(folders, sides) {
        Self.expectSame(base, head, "\(one) \(two)")
      }
    }
  }

  @Test func `is not said to be fixed by a run that was cut off`() throws {
    let (first, second) = try Self.samples()
    var cut = second
    cut.findings = Array(second.findings.prefix(30))
    cut.isComplete = false
    let comparison = Example.compare(first, cut)
    let left = comparison.changes.filter { $0.control == "container-no-privileged" }
    #expect(left.map(\.change) == [.notEvaluated])
    #expect(left.map(\.absence) == [.incompleteRun])
    #expect(comparison.leftOpen > 10)
  }
}

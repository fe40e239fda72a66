import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `The standings of requirements` {
  private static let socket = "container-no-docker-sock"
  private static let privileged = "container-no-privileged"
  private static let icc = "daemon-icc-disabled"
  private static let hardened = "host-hardened"

  private static func framework(_ id: String) throws -> Framework {
    try #require(Catalog.embedded.frameworks.framework(id))
  }

  private static func standings(
    _ findings: [[Finding]], of framework: String = Framework.nist, policy: Policy = Policy()
  ) throws -> RequirementStandings {
    let judgement = Judgement(policy, at: Past.day(10))
    var standings = RequirementStandings(try self.framework(framework), .embedded)
    for findings in findings {
      var past = Past()
      past.add(day: 0, findings: findings)
      standings.add(JudgedHost(past.host("web-1"), judgement))
    }
    return standings
  }

  /// How many controls of a requirement are in a state.
  private static func count(
    _ standings: RequirementStandings, _ requirement: String, _ state: RequirementStandings.State
  ) -> Int {
    standings.rows.first { $0.requirement?.id == requirement }?.counts[state] ?? 0
  }

  private static func requirements(_ controls: String...) -> Set<String> {
    Set(
      controls.flatMap { control in
        Catalog.embedded.frameworks.requirements(of: control, in: Framework.nist).map(\.id)
      })
  }

  @Test func `count a control under each of its requirements`() throws {
    let standings = try Self.standings([
      [
        Example.finding(Self.socket, .fail, id: "5.31"),
        Example.finding(Self.privileged, .pass, id: "5.4"),
        Example.finding(Self.hardened, .manual, id: "1.2"),
        Example.finding(nil, .fail, id: "9.9"),
      ]
    ])
    let ids = standings.rows.compactMap { $0.requirement?.id }
    #expect(Set(ids) == Self.requirements(Self.socket, Self.privileged, Self.hardened))
    #expect(standings.rows.allSatisfy { $0.requirement?.name.isEmpty == false })
    #expect(Self.count(standings, "AC-6", .failing) == 1)
    #expect(Self.count(standings, "AC-6", .passing) == 1)
    #expect(Self.count(standings, "AC-3", .failing) == 1)
    #expect(Self.count(standings, "CM-6", .unjudged) == 1)
    #expect(Self.count(standings, "CM-6", .failing) == 0)
  }

  @Test func `count a control once, by the worst that a host has of it`() throws {
    let outcomes: [Outcome] = [.pass, .fail, .manual]
    let all = outcomes.map { [Example.finding(Self.icc, $0, id: "2.1")] }
    func counts(_ hosts: [[Finding]]) throws -> [Int] {
      let standings = try Self.standings(hosts)
      return RequirementStandings.State.allCases.map { Self.count(standings, "SC-7", $0) }
    }
    #expect(try counts(all) == [0, 0, 0, 1])
    #expect(try counts(all.reversed()) == [0, 0, 0, 1])
    #expect(try counts([all[0], all[2]]) == [0, 1, 0, 0])
    #expect(try counts([all[2]]) == [1, 0, 0, 0])
    #expect(try counts([]) == [0, 0, 0, 0])
  }

  @Test func `know what is accepted`() throws {
    var policy = Policy()
    policy.waivers = [
      Waiver(coverage: Coverage(.control(Self.icc)), reason: "r", owner: "o")
    ]
    let standings = try Self.standings(
      [[Example.finding(Self.icc, .fail, id: "2.1")]], policy: policy)
    #expect(Self.count(standings, "SC-7", .accepted) == 1)
    #expect(Self.count(standings, "SC-7", .failing) == 0)
  }

  @Test func `are in natural order, what serves no requirement last`() throws {
    let controls = Catalog.embedded.controls.all.map(\.id)
    let findings = controls.enumerated().map { number, control in
      Example.finding(control, .pass, id: "1.\(number)")
    }
    for framework in Catalog.embedded.frameworks.all {
      let rows = try Self.standings([findings], of: framework.id).rows
      let ids = rows.compactMap { $0.requirement?.id }
      #expect(zip(ids, ids.dropFirst()).allSatisfy { NaturalOrder.precedes($0, $1) })
      let without = controls.filter {
        Catalog.embedded.frameworks.requirements(of: $0, in: framework.id).isEmpty
      }
      #expect(rows.count - ids.count == (without.isEmpty ? 0 : 1), "\(framework.id)")
      if !without.isEmpty {
        #expect(rows.last?.requirement == nil, "\(framework.id)")
        #expect(rows.last?.counts == [.passing: without.count], "\(framework.id)")
      }
    }
  }
}

import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A STRIDE matrix` {
  private typealias Entry = (host: String, finding: KnownFinding)

  private static func matrix(_ entries: [Entry], _ policy: Policy = Policy()) -> StrideMatrix {
    let judgement = Judgement(policy, at: 0)
    var matrix = StrideMatrix(judgement)
    for (host, finding) in entries { matrix.add(.of(host, [finding], judgement)) }
    return matrix
  }

  private static let entries: [Entry] = [
    // elevation, tampering, disclosure; runtime
    ("a", .of("container-no-docker-sock")),
    ("b", .of("container-no-docker-sock")),
    // denial; runtime
    ("a", .of("container-memory-limit")),
    // disclosure, spoofing, elevation; network
    ("a", .of("daemon-icc-disabled")),
    ("a", .of("container-no-privileged", .pass)),
    ("a", .of("host-hardened", .manual)),
    ("a", .of(nil)),
  ]

  @Test func `counts a failure in each of its categories and once in all`() {
    let matrix = Self.matrix(Self.entries)
    #expect(matrix.total == 5)
    #expect(matrix.withoutCategory == 1)
    #expect(Stride.allCases.map { matrix.count($0) } == [1, 2, 0, 3, 1, 3])
    #expect(matrix[.elevation, "runtime"] == 2)
    #expect(matrix[.elevation, "network"] == 1)
    #expect(matrix[.repudiation, "runtime"] == 0)
    #expect(matrix[.elevation, "nowhere"] == 0)
    #expect(matrix.count(surface: "runtime") == 3)
    #expect(matrix.count(surface: "network") == 1)
    #expect(matrix.surfaces == ["network", "runtime"])
  }

  @Test func `adds up`() {
    let all = Catalog.embedded.controls.all.map { Entry(host: "a", finding: .of($0.id)) }
    let matrix = Self.matrix(all + Self.entries)
    #expect(matrix.total == all.count + 5)
    #expect(
      matrix.surfaces.reduce(0) { $0 + matrix.count(surface: $1) } + matrix.withoutCategory
        == matrix.total)
    for category in Stride.allCases {
      #expect(matrix.surfaces.reduce(0) { $0 + matrix[category, $1] } == matrix.count(category))
      #expect(
        matrix.worst(category).reduce(0) { $0 + $1.hosts.count } == matrix.count(category))
    }
  }

  @Test func `leaves out what is waived, and takes the team's categories`() {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control("container-no-docker-sock"), hosts: [Glob("b")]), reason: "r",
        owner: "o")
    ]
    policy.stride = ["container-memory-limit": [.repudiation, .repudiation]]
    policy.severities = ["daemon-icc-disabled": .critical]
    let matrix = Self.matrix(Self.entries, policy)
    #expect(matrix.total == 4)
    #expect(matrix.count(.elevation) == 2)
    #expect(matrix.count(.denial) == 0)
    #expect(matrix.count(.repudiation) == 1)
    #expect(matrix.worst(.disclosure).map(\.severity) == [.critical, .critical])
    #expect(matrix.worst(.disclosure).first?.control == "daemon-icc-disabled")
  }

  @Test func `names the worst of a category`() {
    let worst = Self.matrix(Self.entries).worst(.elevation)
    #expect(worst.map(\.control) == ["container-no-docker-sock", "daemon-icc-disabled"])
    #expect(worst.first?.hosts == ["a", "b"])
    #expect(worst.first?.severity == .critical)
    #expect(worst.map(\.isPrimary) == [true, false])
    #expect(Self.matrix(Self.entries).worst(.elevation, limit: 1).count == 1)
    #expect(Self.matrix(Self.entries).worst(.elevation, limit: -1).isEmpty)
    #expect(Self.matrix(Self.entries).worst(.repudiation).isEmpty)
  }

  @Test func `tells what moved`() {
    let base = Self.matrix(Array(Self.entries.prefix(3)))
    let head = Self.matrix([
      ("a", .of("container-no-docker-sock")), ("a", .of("host-audit-dockerd")),
    ])
    let change = head.change(from: base)
    #expect(change.total == -1)
    #expect(change.surfaces == ["host", "runtime"])
    #expect(change.count(.elevation) == -1)
    #expect(change.count(.denial) == -1)
    #expect(change.count(.repudiation) == 1)
    #expect(change[.repudiation, "host"] == 1)
    #expect(change[.elevation, "runtime"] == -1)
    #expect(change.count(surface: "runtime") == -2)
    #expect(head.change(from: head).total == 0)
  }
}

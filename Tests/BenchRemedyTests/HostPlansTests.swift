import BenchCatalog
import BenchModel
import Testing

@testable import BenchRemedy

/// Hosts on which the same is to be done.
struct `Plans of hosts` {
  private static func remedies() -> Remedies {
    let icc = Sample.failure("daemon-icc-disabled").finding
    let memory = { Sample.failure("container-memory-limit", items: [Sample.item($0)]).finding }
    return Remedies([
      OpenFailure(hosts: ["c", "a"], finding: memory("web")),
      OpenFailure(hosts: ["b"], finding: memory("api")),
      OpenFailure(hosts: ["d", "c", "b", "a"], finding: icc),
    ])
  }

  private static func hosts(usesItems: Bool, of kind: String) -> [[String]] {
    let plans = HostPlans(remedies(), of: nil)
    let maker = SnippetMaker(takes: { $0.fix.kind == kind }, usesItems: usesItems) { _ in nil }
    return plans.shared(by: maker).map { plans.names(of: $0.hosts) }
  }

  @Test func `are one for a maker to which what they differ in is nothing`() {
    #expect(Self.hosts(usesItems: true, of: "run-option") == [["a", "c"], ["b"]])
    #expect(Self.hosts(usesItems: false, of: "run-option") == [["a", "b", "c"]])
    #expect(Self.hosts(usesItems: true, of: "daemon-json") == [["a", "b", "c", "d"]])
    #expect(Self.hosts(usesItems: true, of: "no-such-kind").isEmpty)
  }

  @Test func `lose what is brought about, and hosts of which nobody knows`() {
    let all = HostPlans(Self.remedies(), of: nil)
    let checklist = SnippetMaker.checklist
    #expect(all.shared(by: checklist).map(\.hosts) == [[0, 2], [1], [3]])
    var left = all
    left.drop(["daemon-icc"], from: all.shared(by: checklist).flatMap(\.plans))
    #expect(left.shared(by: checklist).map(\.hosts) == [[0, 2], [1]])
    left.drop(hosts: [0, 2])
    #expect(left.shared(by: checklist).map { left.names(of: $0.hosts) } == [["b"]])
  }

  @Test func `are of the fixes that are meant`() {
    let plans = HostPlans(Self.remedies(), of: ["daemon-icc"])
    let groups = plans.shared(by: .checklist)
    #expect(groups.map { $0.tasks.tasks.map(\.fix.id) } == [["daemon-icc"]])
    #expect(groups.map { plans.names(of: $0.hosts) } == [["a", "b", "c", "d"]])
  }
}

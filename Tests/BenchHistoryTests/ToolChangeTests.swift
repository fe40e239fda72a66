import BenchHistory
import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

/// Comparisons of two tools, of two editions, and of benchmarks without controls.
struct `A comparison over a change of tool` {
  private static func compared(_ fixture: String) throws -> ComparedRun {
    let run = try Reading.run(fixture)
    return ComparedRun(release: run.release, isComplete: run.isComplete, findings: run.findings)
  }

  private static func compare(_ base: String, _ head: String) throws -> Comparison {
    Comparison(
      from: try compared(base), to: try compared(head), .embedded)
  }

  @Test(arguments: ["s1-v1.3.5-log.txt", "s1-v1.6.1-log.txt"])
  func `marks what the tools judge otherwise`(fixture: String) throws {
    for pair in [("s1-aqua-cis-1.2-stdout.txt", fixture), (fixture, "s1-aqua-cis-1.2-stdout.txt")] {
      let comparison = try Self.compare(pair.0, pair.1)
      #expect(comparison.isMeaningful)
      // One state of one host: nothing was fixed and nothing got worse.
      #expect(comparison.count(.fixed) == 0)
      #expect(comparison.count(.regressed) == 0)
      #expect(comparison.criterionChanged > 20)
      #expect(comparison.changes.count { $0.change == .stillFailing } > 15)
      #expect(comparison.changes.allSatisfy { $0.itemsAdded.isEmpty || $0.base == nil })
      #expect(comparison.changes.allSatisfy { $0.itemsRemoved.isEmpty })
    }
  }

  @Test func `names what hardening fixed`() throws {
    let comparison = try Self.compare(
      "before-kube-cis-1.6-stdout.txt", "after-kube-cis-1.6-stdout.txt")
    let fixed = comparison.changes.filter { $0.change == .fixed && !$0.isDoubtful }
    #expect(fixed.count == 37)
    #expect(fixed.contains { $0.control == "kube-apiserver-token-auth-file-unset" })
    #expect(fixed.contains { $0.control == "kube-kubelet-anonymous-auth-disabled" })
    #expect(comparison.count(.regressed) == 0)
    #expect(comparison.criterionChanged == 0)
  }

  @Test func `finds no change between two benchmarks over one state`() throws {
    for pair in [
      ("before-kube-cis-1.6-stdout.txt", "before-kube-cis-1.23-stdout.txt"),
      ("before-kube-cis-1.23-stdout.txt", "before-kube-cis-1.6-stdout.txt"),
    ] {
      let comparison = try Self.compare(pair.0, pair.1)
      #expect(comparison.count(.fixed) == 0)
      #expect(comparison.count(.regressed) == 0)
      #expect(comparison.unchanged > 50)
      // Most ids mean something else in the other benchmark.
      #expect(comparison.changes.contains { $0.base?.checkID != $0.head?.checkID })
    }
  }

  @Test func `compares benchmarks of a cloud by their controls`() throws {
    let same = try Self.compare(
      "before-kube-eks-stig-stdout.txt", "before-kube-eks-stig-stdout.json")
    #expect(same.changes.allSatisfy { $0.change == .stillFailing })
    #expect(same.isMeaningful)
    let other = try Self.compare(
      "before-kube-eks-stig-stdout.txt", "before-kube-cis-1.6-stdout.txt")
    #expect(other.isMeaningful)
    #expect(other.changes.allSatisfy { $0.control != nil })
  }

  private static func run(
    _ edition: String, _ checks: [(id: String, title: String, outcome: Outcome)]
  )
    -> ComparedRun
  {
    ComparedRun(
      release: Release(
        tool: .kubeBench, printed: nil, edition: edition, earliest: edition, latest: edition),
      isComplete: true,
      findings: checks.map {
        Finding(
          control: nil, section: "unmapped", checkID: $0.id, title: $0.title, printed: .fail,
          outcome: $0.outcome, line: 1)
      })
  }

  private static func changes(_ base: ComparedRun, _ head: ComparedRun) -> [Change] {
    Comparison(from: base, to: head, .embedded).changes.map(
      \.change)
  }

  @Test func `takes a reworded check of one edition for the same`() {
    let base = Self.run("eks-1.8.0", [("3.1.1", "Ensure a file is safe (Manual)", .fail)])
    let head = Self.run("eks-1.8.0", [("3.1.1", "Make a file safe", .pass)])
    #expect(Self.changes(base, head) == [.fixed])
  }

  @Test func `takes an id of another edition for another check`() {
    let base = Self.run("eks-1.5.0", [("3.1.1", "Ensure a file is safe (Manual)", .fail)])
    let head = Self.run("eks-1.8.0", [("3.1.1", "Make a port safe", .pass)])
    #expect(Self.changes(base, head) == [.other, .notEvaluated])
    let same = Self.run("eks-1.8.0", [("3.1.1", "Ensure a file is safe (Automated)", .pass)])
    #expect(Self.changes(base, same) == [.fixed])
  }

  @Test func `tells checks apart that have one id`() {
    let base = Self.run("eks-stig-kubernetes-v1r6", [("V-1", "One", .fail), ("V-1", "Two", .pass)])
    let head = Self.run("eks-stig-kubernetes-v1r6", [("V-1", "One", .fail), ("V-1", "Two", .fail)])
    #expect(Self.changes(base, head) == [.stillFailing, .regressed])
  }
}

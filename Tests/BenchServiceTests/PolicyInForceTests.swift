import BenchAnalysis
import BenchCatalog
import BenchEvidence
import BenchHistory
import BenchModel
import BenchPolicy
import BenchService
import BenchStorage
import BenchTestSupport
import Testing

struct `The policy in force` {
  private static let path = "/team/benchtrail.yaml"

  private static func waiving(_ controls: String...) -> String {
    "version: 1\nwaivers:\n"
      + controls.map { "  - control: \($0)\n    reason: known\n    owner: me\n" }.joined()
  }

  private static let one = waiving(Sample.icc)
  private static let two = waiving(Sample.icc, Sample.restore)

  /// Both kinds of repository, in which two contents of one file and one of another were used.
  private func repositories() throws -> [any RunRepository] {
    let both: [any RunRepository] = [MemoryRepository(), try RunStore(.embedded)]
    for repository in both {
      note(Self.one, day: 1, in: repository)
      note(Self.one, day: 2, in: repository)
      note(Self.two, day: 3, in: repository)
      note(Self.one, day: 5, in: repository)
      note(Self.waiving(), path: "/other.yaml", day: 6, in: repository)
    }
    return both
  }

  private func note(
    _ text: String, path: String = path, day: Int64, in repository: any RunRepository
  ) {
    let bytes = Array(text.utf8)
    repository.note(policy: path, bytes, Digest(of: bytes), at: Past.day(day)) {
      String(repeating: "a", count: 40)
    }
  }

  private func past(
    _ day: Int64, path: String? = path, in repository: any RunRepository
  ) throws -> PolicyInForce {
    try PolicyInForce.past(
      path, nil, at: Past.day(day), now: Past.day(9), .embedded, in: repository)
  }

  @Test func `is remembered in stretches`() throws {
    for repository in try repositories() {
      let uses = try repository.policyUses()
      #expect(uses.map(\.path) == [Self.path, Self.path, Self.path, "/other.yaml"])
      #expect(uses.map(\.firstSeen) == [1, 3, 5, 6].map(Past.day))
      #expect(uses.map(\.lastSeen) == [2, 3, 5, 6].map(Past.day))
      #expect(uses[0].digest == uses[2].digest)
      #expect(uses.allSatisfy { $0.revision?.count == 40 })
      #expect(try repository.policyText(uses[1].digest) == Array(Self.two.utf8))
    }
  }

  @Test func `is the last content used until then`() throws {
    for repository in try repositories() {
      for (day, waivers) in [(1, 1), (2, 1), (3, 2), (4, 2), (5, 1), (8, 1)] as [(Int64, Int)] {
        let found = try past(day, in: repository)
        #expect(found.policy.waivers.count == waivers, "day \(day)")
        #expect(found.source?.kind == .inForce)
      }
      #expect(try past(4, in: repository).source?.firstSeen == Past.day(3))
    }
  }

  @Test func `of a time before any accepts nothing`() throws {
    for repository in try repositories() {
      let found = try past(0, in: repository)
      #expect(found.source?.kind == .earliestKnown)
      #expect(found.policy.waivers.map(\.accepted) == [Past.day(1)])
      #expect(!found.policy.waivers[0].holds(at: Past.day(0)))
    }
  }

  @Test func `of a file that nobody used yet accepts nothing in the past`() throws {
    let file = PolicyInForce.File(path: "/new.yaml", content: Array(Self.one.utf8))
    let found = try PolicyInForce.past(
      "/new.yaml", file, at: Past.day(4), now: Past.day(9), .embedded, in: MemoryRepository())
    #expect(found.policy.waivers.map(\.accepted) == [Past.day(9)])
    #expect(found.source?.kind == .earliestKnown)
    #expect(found.source?.firstSeen == nil)
  }

  @Test func `of no file is that of any`() throws {
    for repository in try repositories() {
      #expect(try past(7, path: nil, in: repository).source?.path == "/other.yaml")
      #expect(try past(7, path: "/nowhere.yaml", in: repository).source == nil)
    }
  }

  @Test func `dates what the file does not`() throws {
    for repository in try repositories() {
      let file = PolicyInForce.File(path: Self.path, content: Array(Self.two.utf8))
      let found = try PolicyInForce.now(
        file, at: Past.day(8), .embedded, in: repository, revision: { nil })
      // The second waiver was there on day 3, and again now: it is the same.
      #expect(found.policy.waivers.map(\.accepted) == [Past.day(1), Past.day(3)])
      #expect(found.source?.firstSeen == Past.day(8))
      #expect(found.source?.kind == .current)
    }
  }

  @Test func `keeps the date that the file gives`() throws {
    let text = Self.one + "    accepted: 2025-06-01\n"
    let file = PolicyInForce.File(path: Self.path, content: Array(text.utf8))
    let found = try PolicyInForce.now(
      file, at: Past.day(8), .embedded, in: MemoryRepository(), revision: { nil })
    #expect(found.policy.waivers[0].accepted == CivilTime("2025-06-01")?.seconds)
    let then = try PolicyInForce.past(
      Self.path, file, at: Past.day(0), now: Past.day(9), .embedded, in: MemoryRepository())
    #expect(then.policy.waivers[0].holds(at: Past.day(0)))
  }

  @Test func `refuses a file with errors now`() {
    let file = PolicyInForce.File(path: Self.path, content: Array("version: 7\n".utf8))
    #expect(throws: InvalidPolicy.self) {
      try PolicyInForce.now(
        file, at: 0, .embedded, in: MemoryRepository(), revision: { nil })
    }
  }
}

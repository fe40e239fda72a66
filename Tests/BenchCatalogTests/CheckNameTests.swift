import Testing

@testable import BenchCatalog

struct `A check's name` {
  private static func controls(_ name: String, _ editions: Set<String> = []) throws -> Set<String> {
    try CheckName.controls(name, editions: editions, .embedded)
  }

  private static func problem(
    _ name: String, _ editions: Set<String> = []
  ) throws -> CheckName.Problem? {
    do throws(CheckName.Problem) {
      _ = try CheckName.controls(name, editions: editions, .embedded)
      return nil
    } catch { return error }
  }

  @Test(arguments: [[], ["e11-cis1.6.0b"], ["cis-1.2", "e07-cis1.2.0"]] as [Set<String>])
  func `is a control's own`(editions: Set<String>) throws {
    for control in Catalog.embedded.controls.all {
      #expect(try Self.controls(control.id, editions) == [control.id])
    }
  }

  @Test(arguments: [
    ("2.2", "e07-cis1.2.0", ["daemon-log-level-info"]),
    ("2.2", "e11-cis1.6.0b", ["daemon-icc-disabled"]),
    ("2.3", "cis-1.6.0", ["daemon-log-level-info"]),
    ("2.2.a", "cis-1.2", ["daemon-log-level-info"]),
    // One benchmark prints the id twice.
    ("5.12", "cis-1.6.0", ["container-cpu-limit", "container-readonly-rootfs"]),
  ])
  func `is an id of the run's edition`(id: String, edition: String, expected: [String]) throws {
    let controls = Set(expected)
    #expect(try Self.controls(id, [edition]) == controls)
    #expect(try Self.controls("\(edition):\(id)") == controls)
    // The edition that is named counts, whatever the runs have.
    #expect(try Self.controls("\(edition):\(id)", ["e01-cis1.6"]) == controls)
  }

  @Test func `means the same in every edition that it is asked in`() throws {
    for edition in Set(Catalog.embedded.editions.meanings(of: "5.10").map(\.edition)) {
      let expected = Set(
        Catalog.embedded.editions.meanings(of: "5.10").filter { $0.edition == edition }.map(
          \.control.id))
      #expect(try Self.controls("5.10", [edition]) == expected, "\(edition)")
      #expect(try Self.controls("\(edition):5.10") == expected, "\(edition)")
    }
  }

  @Test func `is an id that means one thing everywhere, where the runs don't have it`() throws {
    let ids = Set(
      Catalog.embedded.controls.all.flatMap {
        Catalog.embedded.editions.entries(of: $0.id).flatMap(\.ids)
      })
    var count = 0
    for id in ids {
      let meanings = Catalog.embedded.editions.meanings(of: id)
      guard Set(meanings.map(\.control.id)).count == 1, let meaning = meanings.first else {
        continue
      }
      count += 1
      #expect(try Self.controls(id) == [meaning.control.id])
      #expect(try Self.controls(id, ["no-such-edition"]) == [meaning.control.id])
    }
    #expect(count > 50)
  }

  @Test func `is ambiguous with all that it may mean`() throws {
    let problem = try #require(try Self.problem("2.2"))
    guard case .ambiguous("2.2", let candidates) = problem else {
      Issue.record("\(problem)")
      return
    }
    let meanings = Catalog.embedded.editions.meanings(of: "2.2")
    #expect(candidates.count > 1)
    #expect(Set(candidates.map(\.control)) == Set(meanings.map(\.control.id)))
    #expect(Set(candidates.map(\.control)).count == candidates.count)
    #expect(Set(candidates.flatMap(\.editions)) == Set(meanings.map(\.edition)))
  }

  @Test func `is ambiguous only between the editions at hand`() throws {
    let problem = try Self.problem("2.2", ["e07-cis1.2.0", "e11-cis1.6.0b"])
    #expect(
      problem
        == .ambiguous(
          "2.2",
          [
            CheckName.Candidate(control: "daemon-log-level-info", editions: ["e07-cis1.2.0"]),
            CheckName.Candidate(control: "daemon-icc-disabled", editions: ["e11-cis1.6.0b"]),
          ]))
    #expect(
      try Self.controls("2.3", ["cis-1.6.0", "e11-cis1.6.0b"]) == ["daemon-log-level-info"])
  }

  @Test(arguments: ["", " ", ":", "99.99", "no-such-control", "cis-1.2:", "cis-1.2:99.99", "5.10 "])
  func `is unknown`(name: String) throws {
    #expect(try Self.problem(name) == .unknown(name))
  }

  @Test func `is not in an edition`() throws {
    #expect(try Self.problem("no-such:5.10") == .notInEdition("5.10", edition: "no-such"))
    #expect(try Self.problem(":5.10") == .notInEdition("5.10", edition: ""))
    #expect(
      try Self.problem("e02-cis1.11:5.31") == .notInEdition("5.31", edition: "e02-cis1.11"))
  }
}

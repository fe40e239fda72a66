import BenchTestSupport
import Foundation
import Testing

struct `The choice of findings` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private static let pick = [
    "shortlist", "--host", "web-3", "--pick", "3", "--cover-threats", "--outside",
    "5.10,5.14,5.22",
  ]

  // MARK: Chosen findings

  @Test func `chooses at least one outside`() async throws {
    try await tool.importHardening()
    let json = try await tool.run(Self.pick + ["--format", "json"]).json()
    #expect(json["schema"] as? String == "benchtrail.selection.v1")
    let chosen = try #require(json["chosen"] as? [[String: Any]])
    #expect(chosen.count == 3)
    #expect(chosen.contains { $0["outside"] as? Bool == true })
    #expect(json["missingOutside"] as? Int == 0)
    #expect(json["allExcluded"] as? Bool == false)
    #expect(json["meanings"] == nil)
    let answered = Set(chosen.flatMap { $0["threats"] as? [String] ?? [] })
    #expect(Set(json["answered"] as? [String] ?? []) == answered)
    for choice in chosen {
      let now = try #require(choice["now"] as? [String: Any])
      #expect(now["outcome"] as? String == "fail")
      #expect(now["run"] as? String == (choice["before"] as? [String: Any])?["run"] as? String)
    }
    let passedOver = try #require(json["passedOver"] as? [[String: Any]])
    #expect(passedOver.allSatisfy { $0["reason"] is String })
    let again = try await tool.run(Self.pick + ["--format", "json"]).output
    #expect(try await tool.run(Self.pick + ["--format", "json"]).output == again)
    let two = try await tool.run(Self.pick + ["--at-least", "2", "--format", "json"]).json()
    let outside = try #require(two["chosen"] as? [[String: Any]]).filter {
      $0["outside"] as? Bool == true
    }
    #expect(outside.count >= 2)
  }

  /// The names of what is open.
  private func open() async throws -> [String] {
    let open = try await tool.run("top", "-n", "1000", "--format", "json").json()
    return try #require(open["entries"] as? [[String: Any]]).compactMap { $0["name"] as? String }
  }

  @Test func `says that all is excluded`() async throws {
    try await tool.importHardening()
    let names = try await open()
    let arguments = ["shortlist", "--pick", "2", "--exclude", names.joined(separator: ", ")]
    let result = try await tool.run(arguments + ["--format", "json"])
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["allExcluded"] as? Bool == true)
    #expect((try result.json()["chosen"] as? [Any])?.isEmpty == true)
    let text = try await tool.run(arguments + ["--document", "--format", "markdown"])
    #expect(text.code == 0, "\(text.error)")
    let outside = try await tool.run(
      "shortlist", "--pick", "2", "--outside", names.joined(separator: ","))
    #expect(outside.output.contains("none could be chosen: 1 fewer than asked for."))
  }

  private func controls(_ result: Tool.Result) throws -> [String] {
    let chosen = try #require(try result.json()["chosen"] as? [[String: Any]])
    return chosen.compactMap { $0["control"] as? String }
  }

  @Test func `goes by severity first`() async throws {
    try await tool.run(
      "import", Fixture.repository + "/samples/web-1", "--host", "web-1", "--at", "2026-11-21")
    let pick = ["shortlist", "--host", "web-1", "--pick", "3", "--cover-threats"]
    let chosen = try controls(try await tool.run(pick + ["--format", "json"]))
    #expect(chosen.count == 3)
    #expect(Set(chosen).isSuperset(of: ["container-no-docker-sock", "container-no-privileged"]))
    #expect(!chosen.contains("daemon-authz-plugin"))
    let others = try await tool.run(
      pick + ["--exclude", "container-no-docker-sock,5.5", "--format", "json"])
    #expect(try controls(others).count == 3)
    #expect(
      Set(try controls(others)).isDisjoint(
        with: ["container-no-docker-sock", "container-no-privileged"]))
    let passed = try #require(try others.json()["passedOver"] as? [[String: Any]])
    let excluded = passed.filter { $0["reason"] as? String == "excluded" }
      .compactMap { $0["control"] as? String }
    #expect(Set(excluded) == ["container-no-docker-sock", "container-no-privileged"])
  }

  @Test func `chooses of every surface`() async throws {
    try await tool.importHardening()
    let result = try await tool.run(
      "shortlist", "--per-surface", "1", "--cover-threats", "--format", "json")
    #expect(result.code == 0, "\(result.error)")
    let chosen = try #require(try result.json()["chosen"] as? [[String: Any]])
    let surfaces = chosen.compactMap { $0["surface"] as? String }
    #expect(surfaces.count > 2)
    #expect(Set(surfaces).count == surfaces.count)
    let passed = try #require(try result.json()["passedOver"] as? [[String: Any]])
    let left = passed.filter { $0["unfixable"] as? Bool == false }
      .compactMap { $0["surface"] as? String }
    #expect(Set(left).isSubset(of: surfaces))
  }

  // MARK: Named findings

  @Test func `takes the findings that are named`() async throws {
    try await tool.importHardening()
    let arguments = ["shortlist", "--host", "web-3", "--findings", "2.1,2.2.b,4.5"]
    let result = try await tool.run(arguments + ["--format", "json"])
    #expect(result.code == 0, "\(result.error)")
    #expect(
      try controls(result) == [
        "daemon-icc-disabled", "daemon-log-level-info", "image-content-trust",
      ])
    let json = try result.json()
    let chosen = try #require(json["chosen"] as? [[String: Any]])
    #expect(chosen.allSatisfy { $0["reason"] as? String == "named" })
    let meanings = try #require(json["meanings"] as? [[String: Any]])
    #expect(meanings.compactMap { $0["edition"] as? String } == ["cis-1.2", "cis-1.2", "cis-1.2"])
    for (choice, line) in [(chosen[0], 20), (chosen[2], 73)] {
      let before = try #require(choice["before"] as? [String: Any])
      let now = try #require(choice["now"] as? [String: Any])
      #expect(before["outcome"] as? String == "fail" && now["outcome"] as? String == "pass")
      let source = try #require(before["source"] as? [String: Any])
      #expect((source["path"] as? String)?.hasSuffix("1-docker-bench.txt") == true)
      #expect(source["line"] as? Int == line)
    }
    // The part failed, and the control held in another place.
    let part = try #require(chosen[1]["before"] as? [String: Any])
    #expect(part["outcome"] as? String == "pass")
    let text = try await tool.run(arguments)
    #expect(text.output.contains("What the ids mean"))
    #expect(text.output.contains("Before and now"))
    let document = try await tool.run(arguments + ["--document", "--format", "markdown"])
    #expect(document.code == 0, "\(document.error)")
  }

  @Test func `says where no run has what is named`() async throws {
    try await tool.importHardening()
    let missing = try await tool.run(
      "shortlist", "--host", "web-3", "--findings", "2.1,kube-etcd-tls-certificate-set")
    #expect(missing.code == 64)
    #expect(
      missing.error.contains("no run of web-3 has a check of kube-etcd-tls-certificate-set"))
    #expect(missing.error.contains("the runs are of cis-1.2"))
    let unknown = try await tool.run("shortlist", "--findings", "99.99")
    #expect(unknown.code == 64)
    #expect(unknown.error.contains("'99.99' is neither"))
    #expect(try await tool.run("shortlist", "--findings", "cis-9.9:2.1").code == 64)
    #expect(
      try await tool.run("shortlist", "--host", "nobody", "--findings", "2.1").code == 2)
  }

  // MARK: Arguments

  @Test func `writes a document of its own choice`() async throws {
    try await tool.importHardening()
    let alone = try await tool.run(
      "shortlist", "--document", "--title", "Threats", "--author", "Ada", "--threats-per-system",
      "5", "--format", "json")
    #expect(alone.code == 0, "\(alone.error)")
    let three = try await tool.run(
      "shortlist", "--pick", "3", "--cover-threats", "--format", "json")
    let written = try #require(try alone.json()["findings"] as? [[String: Any]])
    let chosen = try #require(try three.json()["chosen"] as? [[String: Any]])
    #expect(written.map { $0["control"] as? String } == chosen.map { $0["control"] as? String })
    #expect(written.count == 3)
  }

  @Test(arguments: [
    ["--cover-threats"], ["--exclude", "5.10"], ["--outside", "5.10"], ["--after", "web-3"],
    ["--pick", "0"], ["--pick", "1001"], ["-n", "0"], ["--pick", "x"], ["--per-surface", "0"],
    ["--pick", "2", "--at-least", "1"], ["--pick", "2", "--outside", "2.1", "--at-least", "3"],
    ["--pick", "2", "--outside", "2.1", "--at-least", "0"],
    ["--findings", "2.1", "--pick", "1"], ["--findings", "2.1", "--cover-threats"],
    ["--findings", "2.1", "--exclude", "2.2"], ["--findings", "2.1", "--outside", "2.2"],
    ["--findings", "2.1", "--at-least", "1"], ["--findings", "2.1", "--per-surface", "1"],
    ["--findings", " , "], ["--pick", "1", "--title", "x"], ["--pick", "1", "--author", "x"],
    ["--pick", "1", "--threats-per-system", "2"], ["--document", "--title", " "],
    ["--document", "--threats-per-system", "0"],
  ])
  func `refuses what does not go together`(arguments: [String]) async throws {
    #expect(try await tool.run(["shortlist"] + arguments).code == 64)
  }
}

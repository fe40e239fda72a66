import BenchTestSupport
import Foundation
import Testing

struct `The command notify` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func json(_ arguments: String...) async throws -> [String: Any] {
    try await tool.run(["notify", "--format", "json"] + arguments).json()
  }

  private static func changes(_ host: [String: Any], _ key: String) -> [String] {
    (host[key] as? [[String: Any]] ?? []).compactMap { $0["control"] as? String }
  }

  /// The texts of a message, wherever they stand.
  private static func texts(_ value: Any) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.sorted { $0.key < $1.key }.flatMap { key, value in
        key == "text" ? (value as? String).map { [$0] } ?? texts(value) : texts(value)
      }
    case let list as [Any]: list.flatMap(texts)
    default: []
    }
  }

  @Test func `has what hosts and compare count`() async throws {
    try await tool.importSample()
    let digest = try await json()
    #expect(digest["schema"] as? String == "benchtrail.notify.v1")
    let entries = try #require(
      try await tool.run("hosts", "--format", "json").json()["entries"] as? [[String: Any]])
    for key in ["worse", "fixed"] { #expect(digest[key] as? Int == entries[0][key] as? Int) }
    let host = try #require((digest["hosts"] as? [[String: Any]])?.first)
    #expect(Self.changes(host, "worse") == ["host-audit-daemon-json"])
    #expect(Self.changes(host, "moreItems").first == "container-no-privileged")
    #expect(Self.changes(host, "fixed").count == 9)
    let counts = try #require(
      try await tool.run("compare", "web-1", "--format", "json").json()["counts"] as? [String: Int])
    #expect(digest["moreItems"] as? Int == counts["withMoreItems"])
    let text = try await tool.run("notify")
    #expect(text.output.hasPrefix("1 worse, 10 with more items, 9 fixed on 1 host\n"))
    #expect(text.output.contains("worse medium 1.1.11 Audit rule watches daemon.json"))
  }

  @Test(arguments: ["text", "markdown", "slack", "teams", "json"])
  func `is silent where nothing changed`(format: String) async throws {
    try await tool.importSample()
    for arguments in [["--since", "2026-11-24"], ["--severity", "critical", "--item", "nobody"]] {
      let silent = try await tool.run(["notify", "--format", format] + arguments)
      #expect(silent.code == 0, "\(silent.error)")
      #expect(silent.output.isEmpty, "\(arguments)")
      let told = try await tool.run(["notify", "--always", "--format", format] + arguments)
      #expect(format == "json" || told.output.contains("Nothing changed"))
      #expect(!told.output.isEmpty)
    }
    #expect(!(try await tool.run("notify", "--since", "2026-11-23").output.isEmpty))
  }

  @Test func `loses nothing between two digests`() async throws {
    try await tool.importSample()
    // A third run, which found what the second did.
    let log = try Fixture.text("s4-v1.1.0-log.txt")
    for (day, text) in [
      (24, log.replacing("[WARN]\u{1b}[0m 2.1 ", with: "[PASS]\u{1b}[0m 2.1 ")), (25, log),
      (26, log),
    ] {
      let own = text.replacing("Nov 23 03:15:38", with: "Nov \(day) 03:15:38")
      try tool.folder.write("db-9/\(day).log", Array(own.utf8))
    }
    #expect(try await tool.run("import", tool.folder.file("db-9"), "--host", "db-9").code == 0)
    #expect(try await json("--host", "db-9", "--always")["worse"] as? Int == 0)
    let since = try await json("--host", "db-9", "--since", "2026-11-25")
    #expect(since["worse"] as? Int ?? 0 >= 1)
  }

  @Test func `empties the file where nothing changed`() async throws {
    try await tool.importSample()
    try tool.folder.write("digest.txt", Array("yesterday's".utf8))
    let result = try await tool.run("notify", "--since", "2026-11-24", "-o", "digest.txt")
    #expect(result.code == 0, "\(result.error)")
    #expect(FileManager.default.contents(atPath: tool.folder.file("digest.txt")) == Data())
  }

  @Test func `leaves out what the policy accepts`() async throws {
    try await tool.importSample()
    let policy = """
      version: 1
      waivers:
        - {control: host-audit-daemon-json, reason: r, owner: o, expires: 2099-01-01}

      """
    try tool.folder.write("benchtrail.yaml", Array(policy.utf8))
    let digest = try await json()
    #expect(digest["worse"] as? Int == 0)
    #expect(digest["moreItems"] as? Int == 10)
  }

  @Test(arguments: ["slack", "teams"])
  func `is a message that no name can mark up`(format: String) async throws {
    let attack = "<!channel> [x](http://evil) *b*"
    try await tool.run("import", Fixture.path("s6-v1.6.0-log.txt"), "--host", attack)
    let samples = Fixture.repository + "/samples/web-1"
    try await tool.run("import", samples, "--host", attack)
    let result = try await tool.run("notify", "--format", format)
    #expect(result.code == 0, "\(result.error)")
    let message = try result.json()
    let texts = Self.texts(message)
    #expect(texts.contains { $0.contains(attack) })
    if format == "slack" {
      #expect((message["text"] as? String)?.contains("<") == false)
      #expect(message["mrkdwn"] as? Bool == false)
      let blocks = try #require(message["blocks"] as? [[String: Any]])
      #expect(blocks.count <= 50)
      for block in blocks {
        let text = try #require(block["text"] as? [String: Any])
        #expect(text["type"] as? String == "plain_text")
        #expect((text["text"] as? String ?? "").utf16.count <= 3_000)
      }
    } else {
      #expect(!result.output.contains("\"TextBlock\""))
      #expect(message["type"] as? String == "message")
      #expect(result.output.utf8.count < 28_000)
    }
  }
}

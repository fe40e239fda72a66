import BenchTestSupport
import Foundation
import Testing

struct `The import` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test func `has a document for programs`() async throws {
    let path = Fixture.path("s4-head-log.json")
    let json = try await tool.run("import", path, "--host", "web-1", "--format", "json").json()
    #expect(json["schema"] as? String == "benchtrail.import.v1")
    #expect((json["problems"] as? [Any])?.isEmpty == true)
    let runs = try #require(json["runs"] as? [[String: Any]])
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect((run["id"] as? String)?.count == 16)
    #expect(run["host"] as? String == "web-1")
    #expect(run["tool"] as? String == "docker-bench-security")
    #expect(run["toolVersion"] as? String == "1.6.0")
    #expect(run["edition"] as? String == "e11-cis1.6.0b")
    #expect((run["startedAt"] as? String)?.hasPrefix("2026-11-23T") == true)
    #expect(run["status"] as? String == "imported")
    #expect(run["complete"] as? Bool == true)
    #expect(run["checks"] as? Int == 86)
    let source = try #require(run["source"] as? [String: Any])
    #expect(source["path"] as? String == path)
    #expect(source["line"] as? Int == 1)
  }

  @Test func `reads standard input`() async throws {
    let bytes = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    let result = try await tool.run(
      "import", "-", "--host", "web-1", "--format", "json", input: bytes)
    let runs = try #require(try result.json()["runs"] as? [[String: Any]])
    #expect((runs.first?["source"] as? [String: Any])?["path"] as? String == "stdin")
    #expect(try await tool.runCount() == 1)
  }

  @Test func `reads a folder with junk in it`() async throws {
    try tool.folder.write("logs/web-1/a.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try tool.folder.write("logs/web-2/a.log", try Fixture.bytes("s4-head-stdout.txt"))
    try tool.folder.write("logs/web-2/photo.png", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0x0D])
    try tool.folder.write("logs/README", Array("Notes\n".utf8))
    try tool.folder.write("logs/empty", [])
    let arguments = [
      "import", tool.folder.file("logs"), "--host-from", "logs/{host}/*", "--format", "json",
    ]
    let result = try await tool.run(arguments)
    let hosts = (try result.json()["runs"] as? [[String: Any]])?.compactMap {
      $0["host"] as? String
    }
    let problems = try #require(try result.json()["problems"] as? [[String: Any]])
    #expect(hosts == ["web-1", "web-2"])
    #expect(result.code == 0)
    #expect(problems.count == 3)
    for problem in problems {
      #expect(problem["severity"] as? String == "warning")
      #expect(problem["path"] is String && problem["line"] is Int && problem["message"] is String)
    }
  }

  @Test func `takes every warning for an error where that is wanted`() async throws {
    try tool.folder.write("logs/a.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try tool.folder.write("logs/notes", Array("Notes\n".utf8))
    let strict = try await tool.run("import", tool.folder.file("logs"), "--strict")
    #expect(strict.code == 2)
    #expect(strict.error.contains("nothing was changed"))
    #expect(try await tool.runCount() == 0)
    #expect(try await tool.run("import", tool.folder.file("logs")).code == 0)
    #expect(try await tool.runCount() == 1)
  }

  /// Folders that look like two hosts', and one beside them that has no run.
  private func writeTwoHosts() throws {
    try tool.folder.write("logs/web-1/a.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try tool.folder.write("logs/web-2/a.log", try Fixture.bytes("s4-head-stdout.txt"))
    try tool.folder.write("logs/notes/a.txt", Array("Notes\n".utf8))
  }

  @Test(arguments: [
    ["logs"], ["logs/"], ["logs/web-1", "logs/web-2"], ["logs/web-2/a.log", "logs/web-1"],
  ])
  func `refuses folders of several hosts, with the pattern that fits`(paths: [String]) async throws
  {
    try writeTwoHosts()
    let result = try await tool.run(["import"] + paths)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(
      result.error.contains("logs/web-1 and logs/web-2; type --host-from 'logs/{host}/*' to "))
    #expect(result.error.contains("--host NAME"))
    #expect(result.error.contains("nothing was changed"))
    #expect(try await tool.runCount() == 0)
    let named = try await tool.run(["import"] + paths + ["--host-from", "logs/{host}/*"])
    #expect(named.code == 0)
    let hosts =
      try await tool.run("hosts", "--format", "json").json()["entries"] as? [[String: Any]]
    #expect(hosts?.compactMap { $0["host"] as? String }.sorted() == ["web-1", "web-2"])
  }

  @Test func `keeps folders of several hosts under the one that is named`() async throws {
    try writeTwoHosts()
    #expect(try await tool.run("import", "logs", "--host", "lab").code == 0)
    #expect(try await tool.runCount(["--host", "lab"]) == 2)
  }

  @Test func `takes hosts from the policy's pattern`() async throws {
    try writeTwoHosts()
    try tool.folder.write(
      "benchtrail.yaml", Array("version: 1\nhosts:\n  from: 'logs/{host}/*'\n".utf8))
    #expect(try await tool.run("import", "logs").code == 0)
    #expect(try await tool.runCount(["--host", "web-2"]) == 1)
  }

  @Test func `refuses files of several hosts in a document for programs too`() async throws {
    try tool.folder.write("logs/web-1.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try tool.folder.write("logs/db-1.log", try Fixture.bytes("s4-head-stdout.txt"))
    let result = try await tool.run("import", "logs", "--dry-run", "--format", "json")
    #expect(result.code == 2)
    let problems = try #require(try result.json()["problems"] as? [[String: Any]])
    #expect(problems.count == 1)
    #expect(problems.first?["severity"] as? String == "error")
    #expect((problems.first?["message"] as? String)?.contains("'logs/{host}.log'") == true)
  }

  @Test func `keeps the rotated logs of this machine`() async throws {
    try tool.folder.write("logs/docker-bench.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try tool.folder.write(
      "logs/docker-bench-2026-11-01.log", try Fixture.bytes("s4-head-stdout.txt"))
    try tool.folder.write(
      "logs/kube-bench.log", try Fixture.bytes("before-kube-cis-1.6-stdout.txt"))
    #expect(try await tool.run("import", "logs").code == 0)
    #expect(try await tool.runCount() == 3)
  }

  @Test func `warns of a start in the future`() async throws {
    let text = try Fixture.text("s1-v1.6.1-log.txt").replacing(
      "2026-11-23T03:53:31", with: "2099-01-01T00:00:00")
    let path = try tool.folder.write("a.log", Array(text.utf8))
    let strict = try await tool.run("import", path, "--host", "web-1", "--strict")
    #expect(strict.code == 2)
    #expect(try await tool.runCount() == 0)
    let result = try await tool.run("import", path, "--host", "web-1")
    #expect(result.code == 0)
    #expect(
      result.error.hasPrefix(
        "\(path):1: warning: the run of web-1 starts at 2099-01-01T00:00:00Z, which is in the future; "
          + "it does not count as the latest until then"))
    #expect(try await tool.runCount() == 1)
  }

  @Test func `changes nothing in a dry run`() async throws {
    let path = Fixture.path("s4-v1.1.0-log.txt")
    let dry = try await tool.run("import", path, "--dry-run", "--format", "json")
    #expect(dry.code == 0)
    #expect(try dry.json()["dryRun"] as? Bool == true)
    #expect((try dry.json()["runs"] as? [Any])?.count == 1)
    #expect(!FileManager.default.fileExists(atPath: tool.database))
    try await tool.run("import", Fixture.path("s4-head-stdout.txt"))
    #expect(try await tool.run("import", path, "--dry-run").output.contains("nothing was changed"))
    #expect(try await tool.runCount() == 1)
  }

  @Test func `adds the new runs of a log that grew`() async throws {
    let one = try Fixture.bytes("s4-v1.1.0-log.txt")
    let two = Array(
      try Fixture.text("s4-v1.1.0-log.txt").replacing("03:15:38", with: "04:15:38").utf8)
    let path = try tool.folder.write("bench.log", one)
    try await tool.run("import", path, "--host", "a")
    try tool.folder.write("bench.log", one + two)
    let json = try await tool.run("import", path, "--host", "a", "--format", "json").json()
    let statuses = (json["runs"] as? [[String: Any]])?.compactMap { $0["status"] as? String }
    #expect(statuses == ["present", "imported"])
    #expect(try await tool.runCount() == 2)
  }

  @Test func `keeps a run that is cut off and replaces it`() async throws {
    let bytes = try Fixture.bytes("s4-head-stdout.txt")
    let path = try tool.folder.write("bench.log", Array(bytes.prefix(bytes.count / 2)))
    let first = try await tool.run("import", path, "--host", "a")
    #expect(first.code == 0)
    #expect(first.error.contains("bench.log:"))
    #expect(first.error.contains("incomplete"))
    try tool.folder.write("bench.log", bytes)
    let json = try await tool.run("import", path, "--host", "a", "--format", "json").json()
    #expect((json["runs"] as? [[String: Any]])?.first?["status"] as? String == "replaced")
    #expect(try await tool.runCount() == 1)
  }

  @Test func `reads what is left of a damaged gzip file`() async throws {
    let zipped = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    let path = try tool.folder.write("bench.log.gz", Array(zipped.dropLast(60)))
    let result = try await tool.run("import", path, "--host", "a")
    #expect(result.code == 0)
    #expect(result.error.contains("damaged"))
    #expect(try await tool.runCount() == 1)
  }

  @Test func `gives runs labels and a time`() async throws {
    let text = try Fixture.text("s4-v1.1.0-log.txt").split(separator: "\n").dropFirst().joined(
      separator: "\n")
    let path = try tool.folder.write("a.log", Array(text.utf8))
    try await tool.run(
      "import", path, "--label", "baseline=yes", "--at", "2025-01-12T03:00:00Z", "--host", "a")
    let run = try #require(
      (try await tool.run("show", "baseline", "--format", "json").json()["run"]) as? [String: Any])
    #expect(run["startedAt"] as? String == "2025-01-12T03:00:00Z")
    #expect(run["startedAtSource"] as? String == "given")
    #expect((run["labels"] as? [String: String]) == ["baseline": "yes"])
  }
}

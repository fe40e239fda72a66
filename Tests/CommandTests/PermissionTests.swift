import BenchTestSupport
import Foundation
import Testing

struct `Who may read what is made` {
  private let tool: Tool
  private let manager = FileManager.default
  private static let isRoot = geteuid() == 0

  init() throws { tool = try Tool() }

  private func mode(_ name: String) throws -> Int? {
    try manager.attributesOfItem(atPath: tool.folder.file(name))[.posixPermissions] as? Int
  }

  @Test func `is its owner alone`() async throws {
    try await tool.importSample()
    for command in [
      "db backup copy.db", "report -o report.html", "export --format json -o export.json",
      "runs -o runs.json",
    ] {
      let result = try await tool.run(command.split(separator: " ").map(String.init))
      #expect(result.code == 0, "\(command): \(result.error)")
    }
    for name in ["bench.db", "copy.db", "report.html", "export.json", "runs.json"] {
      #expect(try mode(name) == 0o600, "\(name)")
    }
  }

  @Test func `is who may read what is replaced`() async throws {
    try await tool.importSample()
    try tool.folder.write("report.html", [])
    try manager.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: tool.folder.file("report.html"))
    #expect(try await tool.run("report", "-o", "report.html").code == 0)
    #expect(try mode("report.html") == 0o644)
  }

  @Test func `is who is asked for`() async throws {
    let log = Fixture.repository + "/samples/web-1/docker-bench-security.log"
    #expect(try await tool.run("import", log, "--host", "a", "--mode", "0640").code == 0)
    #expect(try mode("bench.db") == 0o640)
    #expect(try await tool.run("report", "-o", "report.html", "--mode", "644").code == 0)
    #expect(try mode("report.html") == 0o644)
    for wrong in ["8", "1777", "rw", "0440"] {
      #expect(try await tool.run("runs", "--mode", wrong).code == 64, "\(wrong)")
    }
  }

  /// As docs/storage.md sets it up: one account writes, a group reads, nobody else does.
  @Test(.enabled(if: isRoot, "takes three users"))
  func `is a group, where it is set up so`() async throws {
    let binary = try #require(Tool.binary)
    try manager.copyItem(atPath: binary, toPath: tool.folder.file("benchtrail"))
    try manager.copyItem(
      atPath: Fixture.repository + "/samples/web-1/docker-bench-security.log",
      toPath: tool.folder.file("a.log"))
    for (name, mode) in [("", 0o755), ("benchtrail", 0o755), ("a.log", 0o644)] {
      try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: tool.folder.file(name))
    }
    func run(_ user: Int, _ group: Int, _ command: String) async throws -> Tool.Result {
      try await tool.shell(
        "setpriv --reuid \(user) --regid \(group) --clear-groups ./benchtrail \(command) --db shared/bench.db"
      )
    }
    let (writer, group, reader) = (60_001, 60_100, 60_002)
    #expect(try await tool.shell("install -d -o \(writer) -g \(group) -m 2750 shared").code == 0)
    let made = try await run(writer, writer, "import a.log --host web-1 --mode 0640")
    #expect(made.code == 0, "\(made.error)")
    for command in ["runs", "hosts", "db check --deep", "gate --max-high 500"] {
      let result = try await run(reader, group, command)
      #expect(result.code == 0, "\(command): \(result.error)")
      #expect(result.error.isEmpty, "\(command): \(result.error)")
    }
    #expect(try await run(reader, group, "import a.log --host web-2").code == 2)
    let stranger = try await run(60_003, 60_003, "runs")
    #expect(stranger.code == 2)
    #expect(stranger.error.contains("may not be read by this user"), "\(stranger.error)")
    #expect(try await run(writer, writer, "import a.log --host web-2").code == 0)
    #expect(try await run(reader, group, "hosts").output.contains("web-2"))
  }

  @Test func `an empty file is no database to read, and one to import into`() async throws {
    try tool.folder.write("bench.db", [])
    let result = try await tool.run("runs")
    #expect(result.code == 2)
    #expect(result.error.contains("the file is empty, and no database"))
    #expect(manager.contents(atPath: tool.database)?.isEmpty ?? false)
    try await tool.importSample()
    #expect(try await tool.runCount() == 2)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
  func `who waits for a lock says so, and for whom`() async throws {
    try await tool.importSample()
    let log = Fixture.repository + "/samples/db-1/1-v1.1.0.log"
    let script = """
      python3 -c "import sqlite3,time;d=sqlite3.connect('$BENCHTRAIL_DB',isolation_level=None);d.execute('BEGIN IMMEDIATE');open('held','w');time.sleep(3)" &
      holder=$!; while [ ! -e held ]; do sleep 0.1; done
      "$benchtrail" import '\(log)' --host db-1 >out; code=$?; wait $holder; echo $holder $code
      """
    let result = try await tool.shell(script)
    let words = result.output.split(whereSeparator: \.isWhitespace)
    #expect(words.last == "0")
    #expect(result.error.contains("benchtrail: waiting for "), "\(result.error)")
    if FileManager.default.isReadableFile(atPath: "/proc/locks") {
      #expect(result.error.contains("process \(words.first ?? "") (python3)"), "\(result.error)")
    }
  }
}

import BenchTestSupport
import Foundation
import Testing

/// Permissions do not count for root, so where the tests are root's, another user reads.
struct `A user who may only read the database` {
  private let tool: Tool
  private let manager = FileManager.default
  private static let isRoot = geteuid() == 0

  init() throws {
    tool = try Tool()
    try tool.folder.write("data/keep", [])
    try tool.folder.write("own/keep", [])
    try tool.folder.write("logs/a.log", try Fixture.bytes("s4-v1.1.0-log.txt"))
    try manager.removeItem(atPath: tool.folder.file("data/keep"))
    let binary = try #require(Tool.binary)
    try manager.copyItem(atPath: binary, toPath: tool.folder.file("own/benchtrail"))
    for name in ["", "data", "logs"] { try permit(name, 0o755) }
    for name in ["own", "own/benchtrail"] { try permit(name, 0o777) }
  }

  private var path: String { tool.folder.file("data/bench.db") }

  private func permit(_ name: String, _ permissions: Int) throws {
    try manager.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: tool.folder.file(name))
  }

  /// Runs a command as the user who may only read.
  private func run(_ arguments: String) async throws -> Tool.Result {
    try await tool.shell(Self.user + "own/benchtrail \(arguments) --db '\(path)'")
  }

  private static let user =
    isRoot ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : ""

  private func importSample() async throws {
    let log = Fixture.repository + "/samples/web-1/docker-bench-security.log"
    let result = try await tool.run(
      "import", log, "--host", "web-1", "--db", path, "--mode", "0644")
    #expect(result.code == 0)
  }

  private func names() throws -> [String] {
    try manager.contentsOfDirectory(atPath: tool.folder.file("data")).sorted()
  }

  /// Permissions of file and folder with which SQLite can't write.
  private static let permissions = [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)]

  @Test(arguments: permissions)
  func `reads it, and leaves nothing beside it`(file: Int, folder: Int) async throws {
    try await importSample()
    defer { try? permit("data", 0o755) }
    try permit("data/bench.db", file)
    try permit("data", folder)
    for command in [
      "runs", "show web-1", "hosts", "compare --host web-1", "top", "trend", "gate --max-high 500",
      "db check --deep", "db path", "db backup own/copy.db", "baseline show",
      "export --format json", "policy init -", "import logs/a.log --host db-1 --dry-run",
    ] {
      let result = try await run(command)
      #expect(result.code == 0, "\(command): \(result.error)")
      #expect(result.error.isEmpty, "\(command): \(result.error)")
      #expect(try names() == ["bench.db"], "\(command)")
    }
    let copied = try await tool.run("runs", "--format", "json", "--db", "own/copy.db").json()
    #expect((copied["runs"] as? [Any])?.count == 2)
  }

  @Test(arguments: permissions)
  func `is told plainly that it may not be written`(file: Int, folder: Int) async throws {
    try await importSample()
    defer { try? permit("data", 0o755) }
    let before = manager.contents(atPath: path)
    try permit("data/bench.db", file)
    try permit("data", folder)
    for command in [
      "import logs/a.log --host db-1", "db refresh", "db migrate", "baseline set web-1",
      "baseline clear --all", "policy init own/benchtrail.yaml",
    ] {
      let result = try await run(command)
      #expect(result.code == 2, "\(command)")
      #expect(result.output.isEmpty, "\(command)")
      #expect(
        result.error.hasPrefix("benchtrail: \(path): may not be written by this user; "),
        "\(command): \(result.error)")
      #expect(result.error.contains("'benchtrail db backup COPY'"), "\(command)")
      #expect(result.error.contains(Self.isRoot ? "belongs to root" : "chmod u+w"), "\(command)")
      #expect(result.error.split(separator: "\n").count == 1, "\(command)")
    }
    #expect(!manager.fileExists(atPath: tool.folder.file("own/benchtrail.yaml")))
    #expect(try names() == ["bench.db"])
    #expect(manager.contents(atPath: path) == before)
  }

  /// An import of standard input holds its transaction until that ends.
  @Test func `reads it while another process writes`() async throws {
    try await importSample()
    defer { try? permit("data", 0o755) }
    let result = try await tool.shell(
      """
      set -e
      mkfifo own/pipe
      "$benchtrail" import - --host db-1 --db '\(path)' < own/pipe > own/import.txt 2>&1 &
      exec 3> own/pipe
      for second in $(seq 200); do [ -e data/bench.db-shm ] && break; sleep 0.1; done
      sleep 0.5
      chmod 0444 data/bench.db
      chmod 0555 data
      \(Self.user)own/benchtrail runs --format json --db '\(path)'
      \(Self.user)own/benchtrail db check --db '\(path)' > /dev/null
      ls data >&2
      chmod 0755 data
      cat logs/a.log >&3
      exec 3>&-
      wait $!
      chmod 0555 data
      """)
    #expect(result.code == 0, "\(result.error)")
    #expect((try result.json()["runs"] as? [Any])?.count == 2)
    #expect(result.error == "bench.db\nbench.db-shm\nbench.db-wal\n")
    let after = try await run("runs --format json")
    #expect((try after.json()["runs"] as? [Any])?.count == 3, "\(after.error)")
  }

  @Test func `is told plainly that it may not be read`() async throws {
    try await importSample()
    defer { try? permit("data", 0o755) }
    try permit("data/bench.db", 0)
    let file = try await run("runs")
    #expect(file.code == 2)
    #expect(file.error.hasPrefix("benchtrail: \(path): may not be read by this user; it "))
    try permit("data/bench.db", 0o644)
    try permit("data", 0)
    for command in ["runs", "import logs/a.log --host db-1"] {
      let folder = try await run(command)
      #expect(folder.code == 2)
      #expect(
        folder.error.hasPrefix("benchtrail: \(path): may not be read by this user; the folder "),
        "\(folder.error)")
    }
  }

  @Test func `is told plainly that it may not be made`() async throws {
    defer { try? permit("data", 0o755) }
    try permit("data", 0o555)
    let result = try await run("import logs/a.log --host db-1")
    #expect(result.code == 2)
    #expect(
      result.error.hasPrefix("benchtrail: \(path): may not be made by this user; the folder "),
      "\(result.error)")
    #expect(try names() == [])
  }
}

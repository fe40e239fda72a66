import BenchTestSupport
import Foundation
import Testing

struct `A command line` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  @Test(arguments: [
    (["--db", "bench.db", "runs"], ["runs", "--db", "bench.db"]),
    (["--db=bench.db", "runs"], ["runs", "--db", "bench.db"]),
    (
      ["--outcome", "fail", "--host", "web-1", "show"],
      [
        "show", "--host", "web-1", "--outcome", "fail",
      ]
    ),
    (["--policy", "team.yaml", "policy", "audit"], ["policy", "audit", "--policy", "team.yaml"]),
    (["policy", "--policy", "team.yaml", "audit"], ["policy", "audit", "--policy", "team.yaml"]),
    (["-v", "compare"], ["compare", "--verbose"]),
    (
      ["--host", "web-1", "--color", "always", "top", "-n", "2"],
      [
        "top", "--host", "web-1", "--color", "always", "-n", "2",
      ]
    ),
  ])
  func `may have its options first`(first: [String], last: [String]) async throws {
    try await tool.importSample()
    try tool.folder.write("team.yaml", Array("gate:\n  severity: critical\n".utf8))
    let moved = try await tool.run(first)
    let plain = try await tool.run(last)
    #expect(moved.code == 0, "\(moved.error)")
    #expect(moved.output == plain.output)
    #expect(!moved.output.isEmpty)
  }

  /// A command's name may be the value of an option that stands before it.
  @Test func `tells a value from a command`() async throws {
    try await tool.importSample("show")
    let named = try await tool.run("--host", "show", "runs", "--format", "json")
    #expect((try named.json()["runs"] as? [Any])?.count == 2)
    let database = try await tool.run("--db", "runs", "runs")
    #expect(database.code == 2)
    #expect(database.error.contains("runs: there is no database yet"))
  }

  @Test(arguments: [("ls", "runs"), ("diff", "compare")])
  func `may have a short name for a command`(alias: String, name: String) async throws {
    try await tool.importSample()
    let short = try await tool.run(alias, "--host", "web-1")
    #expect(short.code == 0, "\(short.error)")
    #expect(try await short.output == tool.run(name, "--host", "web-1").output)
    #expect(try await tool.run("--help").output.contains("\(name), \(alias)"))
  }

  @Test func `without a word shows the hosts, where there is a database`() async throws {
    let none = try await tool.run()
    #expect(none.code == 0)
    #expect(none.output.contains("SUBCOMMANDS:"))
    #expect(none.error.isEmpty)
    try await tool.importSample()
    let some = try await tool.run()
    #expect(some.code == 0)
    #expect(some.output.contains("web-1"))
    #expect(try await some.output == tool.run("hosts").output)
    let elsewhere = try await tool.run(
      "--db", tool.database, "--format", "json", environment: ["BENCHTRAIL_DB": "none.db"])
    #expect(try elsewhere.json()["schema"] as? String == "benchtrail.hosts.v1")
    let missing = try await tool.run("--db", "none.db")
    #expect(missing.code == 2)
    #expect(missing.error.contains("none.db: there is no database yet"))
  }

  @Test(arguments: [["--version"], ["--help"], ["policy"], ["policy", "--help"]])
  func `still gets help and version`(arguments: [String]) async throws {
    try await tool.importSample()
    let result = try await tool.run(arguments)
    #expect(result.code == 0)
    #expect(!result.output.isEmpty && result.error.isEmpty)
    #expect(try await result.output != tool.run("hosts").output)
  }

  // MARK: Environment

  @Test func `takes its policy from the environment, a flag goes before it`() async throws {
    try await tool.importSample()
    try tool.folder.write("strict.yaml", Array("gate:\n  counts: {high: 0}\n".utf8))
    try tool.folder.write("mild.yaml", Array("gate:\n  counts: {high: 1000}\n".utf8))
    let environment = ["BENCHTRAIL_POLICY": "strict.yaml"]
    #expect(try await tool.run("gate", environment: environment).code == 1)
    #expect(
      try await tool.run("gate", "--policy", "mild.yaml", environment: environment).code == 0)
    try tool.folder.write("benchtrail.yaml", Array("gate:\n  counts: {high: 1000}\n".utf8))
    #expect(try await tool.run("gate", environment: environment).code == 1)
    #expect(try await tool.run("gate").code == 0)
  }

  @Test func `takes the host of an import from the environment`() async throws {
    let environment = ["BENCHTRAIL_HOST": "from-variable"]
    let log = Fixture.path("s4-v1.1.0-log.txt")
    func hosts() async throws -> [String] {
      let runs = try await tool.run("runs", "--format", "json").json()["runs"] as? [[String: Any]]
      return (runs ?? []).compactMap { $0["host"] as? String }
    }
    #expect(try await tool.run("import", log, environment: environment).code == 0)
    #expect(try await hosts() == ["from-variable"])
    let named = try await tool.run("import", log, "--host", "named", environment: environment)
    #expect(named.code == 0)
    #expect(try await Set(hosts()) == ["from-variable", "named"])
    // It filters nothing.
    let listed = try await tool.run("runs", "--format", "json", environment: environment)
    #expect((try listed.json()["runs"] as? [Any])?.count == 2)
  }

  @Test func `takes its format from the environment, a name and a flag go before it`() async throws
  {
    try await tool.importSample()
    let json = ["BENCHTRAIL_FORMAT": "json"]
    _ = try await tool.run("runs", environment: json).json()
    let text = try await tool.run("runs", "--format", "text", environment: json).output
    #expect(try await text == tool.run("runs").output)
    // A report has no JSON, and an export no Markdown: the variable is for those that have it.
    let report = try await tool.run("report", environment: json)
    #expect(report.code == 0 && !report.output.hasPrefix("{"))
    let export = try await tool.run("export", environment: ["BENCHTRAIL_FORMAT": "markdown"])
    #expect(export.output.hasPrefix("{"))
    // What only the gate has is no error elsewhere.
    let github = try await tool.run("runs", environment: ["BENCHTRAIL_FORMAT": "github"])
    #expect(github.output == text)
    _ = try await tool.run("report", "-o", "r.html", environment: ["BENCHTRAIL_FORMAT": "markdown"])
    #expect(try read("r.html").hasPrefix("<!"))
  }

  // MARK: The name of a file

  private func read(_ name: String) throws -> String {
    try String(contentsOfFile: tool.folder.file(name), encoding: .utf8)
  }

  @Test func `takes its format from the name of the file`() async throws {
    try await tool.importSample()
    for (command, name, beginning) in [
      ("report", "r.html", "<!"), ("report", "r.HTM", "<!"), ("report", "r.md", "# "),
      ("export", "x.xml", "<?xml"), ("export", "x.json", "{"),
      ("export", "x.sarif", "{"), ("export", "x.prom", "# "), ("export", "x.codequality.json", "["),
      ("export", "gl-code-quality-report.json", "["),
    ] {
      let result = try await tool.run(command, "-o", name)
      #expect(result.code == 0, "\(name): \(result.error)")
      #expect(result.output.isEmpty, "\(name)")
      #expect(try read(name).hasPrefix(beginning), "\(name)")
    }
    #expect(try read("x.sarif").contains("sarif"))
    #expect(try await tool.run("export", "-o", "x.csv").code == 0)
    let csv = try await tool.run("export", "--format", "csv")
    #expect(try read("x.csv") == csv.output)
    let plain = try await tool.run("report", "-o", "r.html", "--format", "markdown")
    #expect(plain.code == 0)
    #expect(try read("r.html").hasPrefix("# "))
    let equals = try await tool.run("report", "--output=e.html")
    #expect(equals.code == 0)
    #expect(try read("e.html").hasPrefix("<!"))
  }
}

import BenchTestSupport
import Foundation
import Testing

/// What shells are offered, asked for as their scripts ask.
struct `A completion` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// What is offered for the last of the words behind the program's name, by a command's option or `positional@0`.
  private func offers(
    _ command: String, _ parameter: String, _ words: [String], shell: String = "fish",
    environment: [String: String] = [:]
  ) async throws -> [String] {
    let names = command.split(separator: " ").map(String.init)
    let result = try await tool.run(
      ["---completion"] + names + ["--", parameter, "\(words.count)"]
        + ["\(words.last?.count ?? 0)", "benchtrail"] + words,
      environment: ["SAP_SHELL": shell].merging(environment) { $1 })
    #expect(result.code == 0)
    #expect(result.error.isEmpty)
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test func `offers the hosts of the database`() async throws {
    try await tool.importSample("web-1")
    try await tool.importSample("web-2")
    for shell in ["bash", "fish"] {
      #expect(
        try await offers("top", "--host", ["top", "--host", ""], shell: shell) == [
          "web-1", "web-2",
        ])
      #expect(
        try await offers("top", "--host", ["top", "--host", "web-2"], shell: shell) == ["web-2"])
      #expect(try await offers("top", "--host", ["top", "--host", "x"], shell: shell).isEmpty)
    }
    #expect(
      try await offers("baseline set", "--host", ["baseline", "set", "--host", "w"])
        == ["web-1", "web-2"])
    #expect(try await offers("import", "--host", ["import", "--host", "w"]) == ["web-1", "web-2"])
  }

  @Test func `is of the database that the command line names`() async throws {
    try await tool.importSample("web-1")
    let elsewhere = ["BENCHTRAIL_DB": tool.folder.file("none.db")]
    for words in [
      ["--db", tool.database], ["--db=\(tool.database)"], ["--db", "'\(tool.database)'"],
    ] {
      #expect(
        try await offers(
          "top", "--host", ["top"] + words + ["--host", ""], environment: elsewhere) == ["web-1"])
    }
    #expect(
      try await offers("top", "--host", ["top", "--host", ""], environment: elsewhere).isEmpty)
  }

  @Test func `offers names of runs`() async throws {
    try await tool.importSample("web-1")
    let all = try await offers("show", "positional@0", ["show", ""])
    for name in ["latest", "baseline", "web-1", "web-1@2026-11-23", "web-1@2026-11-23T03:49"] {
      #expect(all.contains(name), "\(name)")
    }
    // Each one names a run.
    for name in all where name != "baseline" {
      #expect(try await tool.run("show", name).code == 0, "\(name)")
    }
    let dated = try await offers("compare", "positional@0", ["compare", "web-1@"])
    #expect(Set(dated) == ["web-1@2026-11-23", "web-1@2026-11-23T03:49"])
  }

  /// Bash splits words at `@`, `:` and `=`, and replaces only the last part.
  @Test func `fits the words of bash`() async throws {
    try await tool.importSample("web-1")
    let host = try await offers("top", "--host", ["top", "--host", "=", "we"], shell: "bash")
    #expect(host == ["web-1"])
    let day = try await offers(
      "show", "positional@0", ["show", "web-1", "@", "2026"], shell: "bash")
    #expect(Set(day) == ["2026-11-23", "2026-11-23T03:49"])
    let minute = try await offers(
      "show", "positional@0", ["show", "web-1", "@", "2026-11-23T03", ":", "4"], shell: "bash")
    #expect(minute == ["49"])
    // Behind a colon zsh expects a description.
    let zsh = try await offers("show", "positional@0", ["show", "web-1@2026-11-23T"], shell: "zsh")
    #expect(zsh.contains("web-1@2026-11-23T03\\:49"))
  }

  @Test func `offers controls, editions, frameworks and labels`() async throws {
    let controls = try await offers("explain", "positional@0", ["explain", "daemon-icc"])
    #expect(controls.contains("daemon-icc-disabled"))
    #expect(controls.allSatisfy { $0.hasPrefix("daemon-icc") })
    let findings = try await offers(
      "shortlist", "--findings", ["shortlist", "--findings", "5.1,daemon-icc-d"])
    #expect(findings == ["5.1,daemon-icc-disabled"])
    let editions = try await offers("explain", "--edition", ["explain", "--edition", "cis-1.2"])
    #expect(editions.contains("cis-1.2"))
    let frameworks = try await offers("top", "--framework", ["top", "--framework", "nist"])
    #expect(frameworks == ["nist-800-53"])
    let path = Fixture.path("s4-v1.1.0-log.txt")
    try await tool.run("import", path, "--host", "web-1", "--label", "env=prod")
    try await tool.run("baseline", "set", "web-1")
    let labels = try await offers("top", "--label", ["top", "--label", ""])
    #expect(labels == ["env=prod"])
  }

  @Test func `offers no name that could steer a terminal`() async throws {
    let path = Fixture.path("s4-v1.1.0-log.txt")
    for host in ["web\u{1b}[31m", "web\u{202e}x", "web\nx", "web-1"] {
      try await tool.run("import", path, "--host", host)
    }
    for shell in ["bash", "zsh", "fish"] {
      let offered = try await offers("top", "--host", ["top", "--host", "web"], shell: shell)
      #expect(offered.filter { $0 != " " } == ["web-1"], "\(shell)")
    }
  }

  @Test func `is silent where something is wrong`() async throws {
    try tool.folder.write("notes.txt", Array("These are notes and no database at all.".utf8))
    try tool.folder.write("bad.yaml", Array("versoin: 1\n".utf8))
    for words in [
      ["--db", "none.db"], ["--db", "notes.txt"], ["--db", "."], ["--policy", "bad.yaml"],
      ["--catalog", "none"], ["--db"],
    ] {
      #expect(
        try await offers("top", "--host", ["top"] + words + ["--host", ""]).isEmpty, "\(words)")
    }
    #expect(!FileManager.default.fileExists(atPath: tool.folder.file("none.db")))
  }

  @Test func `that is not known is none`() async throws {
    #expect(try await offers("nosuch", "--host", ["nosuch", "--host", ""]).isEmpty)
    #expect(try await offers("top", "--nosuch", ["top", "--nosuch", ""]).isEmpty)
    try await tool.importSample("web-1")
    #expect(try await offers("forget", "positional@0", ["forget", "web"]).contains("web-1"))
    #expect(try await offers("rename", "positional@0", ["rename", ""]) == ["web-1"])
    #expect(try await offers("prune", "--host", ["prune", "--host", ""]) == ["web-1"])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `script is one that the shell can read`(shell: String) async throws {
    let script = try await tool.run("--generate-completion-script", shell)
    #expect(script.code == 0)
    #expect(script.output.contains("---completion"))
    let path = try tool.folder.write("completion", Array(script.output.utf8))
    // A shell that is not here can't be asked.
    let read = try await tool.shell(
      "if command -v \(shell) > /dev/null; then \(shell) -n '\(path)'; fi")
    #expect(read.code == 0, "\(read.error)")
  }
}

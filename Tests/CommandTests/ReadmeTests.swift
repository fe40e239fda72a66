import BenchTestSupport
import Foundation
import Testing

/// The import lines of README, run as they stand in a clone whose files have been written in any order.
struct `README's examples` {
  private static func lines() throws -> [String] {
    let text = try String(contentsOfFile: Fixture.repository + "/README.md", encoding: .utf8)
    return text.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("benchtrail import ") && $0.contains("samples/")
    }
  }

  /// A folder with the samples in it, whose times of change chance has dealt.
  private static func clone(_ tool: Tool, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let manager = FileManager.default
    try manager.copyItem(
      atPath: Fixture.repository + "/samples", toPath: tool.folder.file("samples"))
    let files = try manager.subpathsOfDirectory(atPath: tool.folder.file("samples"))
    // A clone's files have times within a second; others are days apart.
    let reaches: [Double] = [0.5, 1.5, 1_000_000]
    let reach = reaches.randomElement(using: &generator) ?? 1
    for file in files {
      let time = 1_790_000_000 + Double.random(in: 0...reach, using: &generator)
      try manager.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)],
        ofItemAtPath: tool.folder.file("samples/" + file))
    }
  }

  /// What got worse and what was fixed on a host with its newest run.
  private static func change(_ tool: Tool, _ host: String) async throws -> (worse: Int, fixed: Int)
  {
    let json = try await tool.run("compare", "--host", host, "--format", "json").json()
    let counts = try #require(json["counts"] as? [String: Int])
    return (
      (counts["regressed"] ?? 0) + (counts["newlySeen"] ?? 0), counts["fixed"] ?? 0
    )
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `tell what was hardened in any clone`(seed: UInt64) async throws {
    let tool = try Tool()
    try Self.clone(tool, seed: seed)
    let lines = try Self.lines()
    #expect(lines.count >= 2)
    for line in lines {
      let result = try await tool.shell(
        "cd '\(tool.folder.path)' && "
          + line.replacing("benchtrail ", with: "$benchtrail ", maxReplacements: 1))
      #expect(result.code == 0, "\(line): \(result.error)")
    }
    let docker = try await Self.change(tool, "web-3")
    #expect(docker.worse == 0 && docker.fixed == 28, "\(docker)")
    let security = try await Self.change(tool, "web-1")
    #expect(security.worse == 1 && security.fixed == 9, "\(security)")
  }

  /// The whole folder at once, as a person would try it first: where times are those of a clone, the names tell the order.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `tell what was hardened from the whole folder`(seed: UInt64) async throws {
    let tool = try Tool()
    var generator = SeededGenerator(seed: seed)
    try Self.clone(tool, seed: seed)
    for file in [
      "web-3/1-docker-bench.txt", "web-3/2-docker-bench.txt", "node-1/1-kube-bench.txt",
      "node-1/2-kube-bench.json",
    ] {
      let time = 1_790_000_000 + Double.random(in: 0...1.5, using: &generator)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)],
        ofItemAtPath: tool.folder.file("samples/" + file))
    }
    let result = try await tool.run(
      "import", "samples", "--host-from", "samples/{host}/*", "--format", "json")
    #expect(result.code == 0)
    for (host, fixed) in [("web-3", 28), ("node-1", 43)] {
      let change = try await Self.change(tool, host)
      #expect(change.worse == 0 && change.fixed == fixed, "\(host): \(change)")
    }
  }
}

import BenchTestSupport
import Foundation
import Testing

/// The commands on logs of Aqua docker-bench and kube-bench.
struct `The command on other tools' logs` {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func imported(_ fixture: String, _ host: String, _ day: String) async throws -> [String:
    Any]
  {
    let result = try await tool.run(
      "import", Fixture.path(fixture), "--host", host, "--at", day, "--format", "json")
    #expect(result.code == 0, "\(result.error)")
    return try #require((try result.json()["runs"] as? [[String: Any]])?.first)
  }

  @Test func `imports, shows and compares them`() async throws {
    let before = try await imported("before-kube-cis-1.6-stdout.txt", "node-1", "2026-01-01")
    #expect(before["tool"] as? String == "kube-bench")
    #expect(before["edition"] as? String == "cis-1.6")
    #expect(before["complete"] as? Bool == true)
    let lines = try #require(before["lines"] as? [String: Int])
    #expect(lines["checks"] == 122)
    #expect(lines["unread"] == 0)
    _ = try await imported("after-kube-cis-1.6-stdout.txt", "node-1", "2026-01-02")
    let show = try await tool.run("show", "node-1~1")
    #expect(show.output.contains("kube-kubelet-anonymous-auth-disabled"))
    let compare = try await tool.run("compare")
    #expect(compare.code == 0)
    #expect(compare.output.contains("37 fixed"))
  }

  @Test func `keeps a host's history when its tool changes`() async throws {
    _ = try await imported("s1-v1.3.5-log.txt", "web-1", "2026-01-01")
    _ = try await imported("s1-aqua-cis-1.2-stdout.txt", "web-1", "2026-12-02")
    let compare = try await tool.run("compare", "--host", "web-1")
    #expect(compare.code == 0, "\(compare.error)")
    #expect(compare.output.contains("0 regressed, 0 newly seen, 0 fixed"))
  }

  @Test func `compares no Docker host with a Kubernetes node`() async throws {
    _ = try await imported("s1-aqua-cis-1.2-stdout.txt", "web-1", "2026-01-01")
    _ = try await imported("before-kube-cis-1.6-stdout.txt", "node-1", "2026-01-02")
    let result = try await tool.run("compare", "web-1", "node-1")
    #expect(result.code == 3)
    #expect(result.error.contains("cannot be compared"))
  }

  @Test func `goes on where a host changes to the benchmark of a cloud`() async throws {
    _ = try await imported("before-kube-eks-stig-stdout.txt", "node-1", "2026-01-01")
    _ = try await imported("before-kube-cis-1.6-stdout.txt", "node-1", "2026-01-02")
    let result = try await tool.run("compare", "node-1~1", "node-1")
    #expect(result.code == 0, "\(result.error)")
    #expect(!result.output.contains("unmapped"))
  }

  @Test func `says what a provider runs and nobody else can change`() async throws {
    let result = try await tool.run(
      "import", Fixture.path("before-kube-eks-stig-stdout.txt"), "--host", "node-1")
    #expect(result.code == 0 && !result.error.contains("warning"))
    let shortlist = try await tool.run("shortlist")
    #expect(shortlist.output.contains("the provider of Amazon EKS runs the part"))
    #expect(!shortlist.output.contains("/etc/kubernetes/manifests"))
  }

  @Test func `explains an id of a part`() async throws {
    let result = try await tool.run("explain", "2.2.b")
    #expect(result.output.contains("daemon-log-level-info"))
    let lettered = try await tool.run("explain", "2.2.b", "--edition", "cis-1.2")
    #expect(lettered.code == 0)
    #expect(try await tool.run("explain", "2.2.b", "--edition", "cis-9").code == 64)
  }

  /// Writes a log that was changed last at a time, and imports it.
  private func imported(
    _ bytes: [UInt8], at seconds: Double, as name: String = "kube.log"
  ) async throws -> [String] {
    let path = try tool.folder.write(name, bytes)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
    let json = try await tool.run("import", path, "--host", "node-1", "--format", "json").json()
    return (json["runs"] as? [[String: Any]])?.compactMap { $0["status"] as? String } ?? []
  }

  @Test func `adds the new runs of a log that grew`() async throws {
    let before = try Fixture.bytes("before-kube-cis-1.6-stdout.txt")
    let after = try Fixture.bytes("after-kube-cis-1.6-stdout.txt")
    #expect(try await imported(before, at: 1_000_000) == ["imported"])
    #expect(try await imported(before, at: 1_000_000) == ["present"])
    #expect(try await imported(before + after, at: 2_000_000) == ["present", "imported"])
    #expect(try await imported(before + after, at: 2_000_000) == ["present", "present"])
    let third = try await imported(before + after + before, at: 3_000_000)
    #expect(third == ["present", "present", "imported"])
    #expect(try await tool.runCount() == 3)
  }

  @Test func `takes a log that was written anew for another run`() async throws {
    let bytes = try Fixture.bytes("s1-aqua-cis-1.2-stdout.txt")
    #expect(try await imported(bytes, at: 1_000_000) == ["imported"])
    #expect(try await imported(bytes, at: 2_000_000) == ["imported"])
    #expect(try await imported(bytes, at: 2_000_000, as: "copy.log") == ["present"])
    #expect(try await tool.runCount() == 2)
    #expect(try await tool.run("compare").code == 0)
  }

  @Test func `marks what may differ for the tool and not for the host`() async throws {
    _ = try await imported("s1-v1.3.5-log.txt", "web-1", "2026-01-01")
    _ = try await imported("s1-aqua-cis-1.2-stdout.txt", "web-1", "2026-12-02")
    let json = try await tool.run("compare", "--host", "web-1", "--format", "json").json()
    let changes = try #require(json["changes"] as? [[String: Any]])
    let judged = changes.filter { ["fixed", "regressed"].contains($0["change"] as? String ?? "") }
    #expect(!judged.isEmpty)
    #expect(judged.allSatisfy { $0["criterionChanged"] as? Bool == true })
  }
}

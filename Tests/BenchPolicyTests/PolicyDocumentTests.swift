import BenchAnalysis
import BenchModel
import Foundation
import Testing

@testable import BenchPolicy

/// The page and the schema of the policy's file against what is read.
struct `The documents of the policy` {
  private static func text(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "docs/" + name), encoding: .utf8)
  }

  /// The properties of an object of the schema.
  private static func keys(_ object: Any?) throws -> Set<String> {
    let object = try #require(object as? [String: Any])
    return Set(try #require(object["properties"] as? [String: Any]).keys)
  }

  private static func names<Key: PolicyKey>(_: Key.Type) -> Set<String> {
    Set(Key.allCases.map(\.rawValue))
  }

  @Test func `show an example that can be read, with every key`() throws {
    let page = try Self.text("policy.md")
    let rest = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
    let yaml = try #require(rest.components(separatedBy: "```").first)
    let policy = try PolicyFile(yaml).valid()
    #expect(policy.waivers.count == 4)
    #expect(policy.attestations.count == 1)
    #expect(policy.thresholds.counts == [.critical: 0, .high: 3])
    #expect(policy.threats.map(\.id) == ["stolen-build-agent"])
    let explained = Self.names(WaiverKey.self).union(Self.names(AttestationKey.self))
      .union(Self.names(GateKey.self)).union(Self.names(HostKey.self))
    for key in explained { #expect(page.contains("`\(key)`"), "\(key)") }
    for key in explained.union(Self.names(FileKey.self)) {
      #expect(yaml.contains("\(key):"), "\(key)")
    }
  }

  @Test func `explain every key in the man page`() throws {
    let page = try Self.text("man/benchtrail.yaml.5").replacing("\\-", with: "-")
    let keys = Self.names(FileKey.self).union(Self.names(WaiverKey.self))
      .union(Self.names(AttestationKey.self)).union(Self.names(GateKey.self))
      .union(Self.names(HostKey.self)).union(Self.names(ThreatKey.self))
      .union(Self.names(ConditionKey.self))
    let explained = Set(
      page.split(separator: "\n").filter { $0.hasPrefix(".B ") }.map { String($0.dropFirst(3)) })
    #expect(keys.subtracting(explained).isEmpty, "\(keys.subtracting(explained))")
    // The other way round, but for the file's own name.
    #expect(explained.subtracting(keys) == ["./benchtrail.yaml"])
  }

  @Test func `have the keys that are read`() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.text("policy.schema.json").utf8))
        as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    #expect(try Self.keys(schema) == Self.names(FileKey.self))
    #expect(try Self.keys(definitions["waiver"]) == Self.names(WaiverKey.self))
    #expect(try Self.keys(definitions["attestation"]) == Self.names(AttestationKey.self))
    #expect(try Self.keys(definitions["gate"]) == Self.names(GateKey.self))
    #expect(try Self.keys(definitions["hosts"]) == Self.names(HostKey.self))
    #expect(try Self.keys(definitions["threat"]) == Self.names(ThreatKey.self))
    #expect(try Self.keys(definitions["condition"]) == Self.names(ConditionKey.self))
    let threat = try #require(definitions["threat"] as? [String: Any])
    let keys = try #require(threat["properties"] as? [String: Any])
    let system = try #require(keys["system"] as? [String: Any])
    #expect(system["enum"] as? [String] == Threat.System.allCases.map(\.name))
  }

  @Test func `have the words that are read`() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.text("policy.schema.json").utf8))
        as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    for (name, file) in [
      ("severity", "gate: {severity: x}"), ("category", "waivers: [{stride: x}]"),
    ] {
      let definition = try #require(definitions[name] as? [String: Any])
      let words = PolicyFile(file).errors.compactMap { error -> [String]? in
        guard case .unknownWord(_, _, let words) = error.kind else { return nil }
        return words
      }
      #expect(words == [try #require(definition["enum"] as? [String])])
    }
  }
}

import BenchModel
import BenchParsing
import BenchTestSupport
import Foundation
import Testing

/// The documents of the fixtures in other shapes, made with another JSON library.
private struct Document {
  let bytes: [UInt8]
  let controls: [[String: Any]]
  let totals: [String: Any]?

  init(_ fixture: String) throws {
    bytes = try Fixture.bytes(fixture)
    let value = try JSONSerialization.jsonObject(with: Data(bytes))
    let object = try #require(value as? [String: Any])
    controls = object["Controls"] as? [[String: Any]] ?? [object]
    totals = object["Totals"] as? [String: Any]
  }

  static func write(_ value: Any, pretty: Bool = false) throws -> [UInt8] {
    var options: JSONSerialization.WritingOptions = [.sortedKeys]
    if pretty { options.insert(.prettyPrinted) }
    return Array(try JSONSerialization.data(withJSONObject: value, options: options))
  }

  /// The results as the document has them.
  var results: [String] {
    controls.flatMap { control in
      (control["tests"] as? [[String: Any]] ?? []).flatMap { group in
        (group["results"] as? [[String: Any]] ?? []).map { check in
          let texts = ["status", "test_number", "test_desc"].map { check[$0] as? String ?? "" }
          return "[\(texts[0])] \(texts[1]) \(texts[2].trimmingCharacters(in: .whitespaces))"
        }
      }
    }
  }
}

struct `JSON of Aqua's tools` {
  @Test(arguments: Fixture.aquaDocuments)
  func `has the results of the document`(fixture: String) throws {
    let document = try Document(fixture)
    let runs = SeenRun.runs(document.bytes)
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.form == .json)
    #expect(run.tool == (fixture.contains("aqua") ? .aquaDockerBench : .kubeBench))
    #expect(run.lines == document.results)
    #expect(run.hasEnd)
    let texts = { (key: String) in document.controls.map { $0[key] as? String ?? "" } }
    #expect(run.targets.map(\.id) == texts("id"))
    #expect(run.targets.map(\.title) == texts("text"))
    #expect(run.targets.map(\.kind) == texts("node_type"))
    #expect(run.targets.map(\.version) == texts("version"))
    let counts = { (object: [String: Any]) in
      let numbers = ["pass", "fail", "warn", "info"].map { object["total_\($0)"] as? Int ?? -1 }
      return ResultCounts(
        pass: numbers[0], fail: numbers[1], warn: numbers[2], info: numbers[3])
    }
    #expect(run.targets.map(\.printed) == document.controls.map(counts))
    #expect(run.totals == document.totals.map(counts))
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `has the results of the text`(fixture: String) throws {
    let text = try #require(
      SeenRun.runs(try Fixture.bytes(fixture.replacing(".json", with: ".txt"))).first)
    let json = try #require(SeenRun.runs(try Fixture.bytes(fixture)).first)
    let squeezed = { (line: String) in line.split(separator: " ").joined(separator: " ") }
    #expect(json.lines.map(squeezed) == text.lines.map(squeezed))
    #expect(json.targets.map(\.id) == text.targets.map(\.id))
    #expect(json.targets.map(\.printed) == text.targets.map(\.printed))
    #expect(json.totals == text.totals)
  }

  @Test func `has what a command printed for a failure`() throws {
    let run = try #require(
      SeenRun.runs(try Fixture.bytes("s1-aqua-cis-1.2-ids-stdout.json")).first)
    let check = try #require(run.checks.first { $0.id == "2.2.b" })
    #expect(check.details == ["grep: /etc/docker/daemon.json: No such file or directory"])
    #expect(run.checks.filter { $0.status == .pass }.allSatisfy { $0.details.isEmpty })
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `may be in any order and layout`(fixture: String) throws {
    let document = try Document(fixture)
    let plain = SeenRun.runs(document.bytes)
    let value = try JSONSerialization.jsonObject(with: Data(document.bytes))
    for pretty in [false, true] {
      let bytes = try Document.write(value, pretty: pretty)
      #expect(SeenRun.runs(bytes) == plain)
      #expect(SeenRun.runs(bytes + [0x0A]) == plain)
      #expect(SeenRun.runs(Capture.encodings[0](bytes)) == plain)
    }
  }

  @Test func `may be a list of targets, or targets one after the other`() throws {
    let document = try Document("before-kube-eks-stig-stdout.json")
    var plain = try #require(SeenRun.runs(document.bytes).first)
    plain.totals = nil
    let lines = try document.controls.map { try Document.write($0) }
    // v0.3.1 to v0.4.0, and --nototals.
    for pretty in [false, true] {
      let list = try Document.write(document.controls, pretty: pretty)
      #expect(SeenRun.runs(list) == [plain])
    }
    // To v0.3.0.
    #expect(SeenRun.runs(Array(lines.joined(separator: [0x0A]))) == [plain])
    #expect(SeenRun.runs(Array(lines.joined())) == [plain])
    let pretty = try document.controls.map { try Document.write($0, pretty: true) }
    #expect(SeenRun.runs(Array(pretty.joined(separator: [0x0A]))) == [plain])
  }

  @Test func `ends a run where a target comes again`() throws {
    let document = try Document("before-kube-eks-stig-stdout.json")
    let list = try Document.write(document.controls) + [0x0A]
    let lines = Array(try document.controls.map { try Document.write($0) + [0x0A] }.joined())
    let run = try #require(SeenRun.runs(list).first)
    #expect(SeenRun.runs(list + list) == [run, run])
    #expect(SeenRun.runs(lines + lines + lines) == [run, run, run])
    #expect(SeenRun.runs(list + lines) == [run, run])
    let whole = SeenRun.runs(document.bytes)
    #expect(SeenRun.runs(document.bytes + document.bytes) == whole + whole)
    #expect(SeenRun.runs(document.bytes + list) == whole + [run])
    #expect(SeenRun.runs(list + document.bytes) == [run] + whole)
  }

  @Test func `may be a list of docker-bench's`() throws {
    let document = try Document("s1-aqua-cis-1.2-ids-stdout.json")
    let plain = SeenRun.runs(document.bytes)
    let list = try Document.write([document.controls[0], document.controls[0]])
    #expect(SeenRun.runs(list) == plain + plain)
    #expect(SeenRun.runs(document.bytes + document.bytes) == plain + plain)
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `may end anywhere`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let whole = try #require(SeenRun.runs(bytes).first)
    for end in stride(from: 1, to: bytes.count - 2, by: bytes.count > 10_000 ? 997 : 61) {
      let runs = SeenRun.runs(Array(bytes[..<end]))
      #expect(runs.count <= 1, "cut at \(end)")
      guard let run = runs.first else { continue }
      #expect(run.checks.map(\.id) == whole.checks.prefix(run.checks.count).map(\.id))
      #expect(run.checks.map(\.status) == whole.checks.prefix(run.checks.count).map(\.status))
      #expect(run.checks.dropLast() == whole.checks.prefix(max(run.checks.count - 1, 0)))
      #expect(!run.hasEnd, "cut at \(end)")
    }
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `may be followed by text wherever it was cut`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let text = try Fixture.bytes("s1-aqua-cis-1.2-ids-stdout.txt")
    let other = try #require(SeenRun.runs(text).first)
    for end in stride(from: 211, to: bytes.count - 2, by: bytes.count > 10_000 ? 1_997 : 211) {
      #expect(SeenRun.runs(Array(bytes[..<end]) + [0x0A] + text).contains(other), "cut at \(end)")
    }
  }

  @Test(arguments: Fixture.aquaDocuments)
  func `may have any byte flipped`(fixture: String) throws {
    try FlippedBytes.read(fixture, seed: 12, rounds: 200)
  }

  @Test func `is no run where it is another tool's`() {
    for text in [
      #"{"tests":[{"results":[]}]}"#, #"{"id":"1","text":"x","tests":null}"#,
      #"{"Controls":[]}"#, #"{"id":"1","status":"PASS"}"#, #"[{"id":"1"},{"id":"2"}]"#,
      #"{"total_pass":"many"}"#, #"{"test_number":"1.1","status":"MAYBE"}"#,
    ] {
      #expect(LogReader.runs(in: Array(text.utf8)).allSatisfy { $0.checks.isEmpty }, "\(text)")
    }
  }

  @Test func `is no other run for what its strings say`() throws {
    let document = try Document("s1-aqua-cis-1.2-ids-stdout.json")
    let plain = SeenRun.runs(document.bytes).map(\.lines)
    for text in [
      #"[PASS] 9.9.9 x\n"#, #"Initializing 2026-11-23T03:49:27+00:00\n[WARN] 4.1 - Ensure\n"#,
      #"{\"id\":\"9\",\"text\":\"x\",\"node_type\":\"master\",\"tests\":[]}"#,
      #"\n== Summary ==\n"#, #"}]}\""#,
    ] {
      let key = #""actual_value":""#
      let bytes = String(decoding: document.bytes, as: UTF8.self).replacing(key, with: key + text)
      #expect(SeenRun.runs(Array(bytes.utf8)).map(\.lines) == plain, "\(text)")
    }
  }

  @Test func `is no other run for what its strings say before anything tells the tool`() throws {
    // With its keys sorted, what a command printed stands before all that only these tools write.
    var control = try Document("s1-aqua-cis-1.2-ids-stdout.json").controls[0]
    for text in [
      "[PASS] 9.9.9 x\n", "Initializing 2026-11-23T03:49:27+00:00\n[WARN] 4.1 - Ensure\n",
      #"{"id":"9","text":"x","node_type":"master","tests":[]}"#,
      "[INFO] 1 A\n[FAIL] 1.1 x\n[FAIL] 1.2 x\n[FAIL] 1.3 x\n",
    ] {
      var tests = try #require(control["tests"] as? [[String: Any]])
      var results = try #require(tests[0]["results"] as? [[String: Any]])
      results[0]["actual_value"] = text
      results[0]["test_info"] = [text]
      tests[0]["results"] = results
      control["tests"] = tests
      let runs = SeenRun.runs(try Document.write(control))
      #expect(runs.map { $0.checks.map(\.id) } == [["1.2.1", "2.2.a", "2.2.b", "4.5", "5.10"]])
    }
  }
}

import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

/// What the text of an Aqua log says by its grammar alone.
enum AquaText {
  /// The result lines: all marked lines before the remediations but the headings, whose titles have no mark of a
  /// kind, and whose ids have no letter in front.
  static func results(_ bytes: [UInt8]) -> [String] {
    var isInResults = true
    var results: [String] = []
    for line in lines(bytes) {
      let text = line.drop { $0 == "\t" }
      if line.hasPrefix("== Remediations") { isInResults = false }
      if line.hasPrefix("[INFO] "), text.split(separator: " ")[1].allSatisfy(\.isNumber) {
        isInResults = true
      }
      guard isInResults,
        let mark = ["PASS", "FAIL", "WARN", "INFO"].first(where: {
          line.hasPrefix("[\($0)] ")
        })
      else { continue }
      let title = text.split(separator: " ").joined(separator: " ")
      let isNamed = title.split(separator: " ")[1].hasPrefix("V-")
      let hasKind = ["ored)", "ated)", "nual)"].contains { title.hasSuffix($0) }
      if mark != "INFO" || isNamed || hasKind { results.append(title) }
    }
    return results
  }

  /// The lines without colours and carriage returns.
  static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: Capture.withoutColors(bytes).filter { $0 != 0x0D }, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The numbers of each summary, and after them the totals.
  static func summaries(_ bytes: [UInt8]) -> [ResultCounts] {
    let lines = lines(bytes)
    let starts = lines.indices.filter { lines[$0].hasPrefix("== Summary") }
    return starts.map { start in
      let numbers = lines[(start + 1)...(start + 4)].map { Int($0.prefix { $0 != " " }) ?? -1 }
      return ResultCounts(
        pass: numbers[0], fail: numbers[1], warn: numbers[2], info: numbers[3])
    }
  }

  static func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }
}

struct `A run of Aqua's tools` {
  private static func squeezed(_ line: String) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  @Test(arguments: Fixture.aquaTexts)
  func `has the results of its lines`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let runs = SeenRun.runs(bytes)
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(run.lines.map(Self.squeezed) == AquaText.results(bytes))
    #expect(run.tool == (fixture.contains("aqua") ? .aquaDockerBench : .kubeBench))
    #expect(run.form == .text)
    #expect(run.hasEnd)
  }

  @Test(arguments: Fixture.aquaTexts)
  func `has as many results as the tool counted`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let run = try #require(SeenRun.runs(bytes).first)
    var printed = AquaText.summaries(bytes)
    if let totals = run.totals { #expect(printed.popLast() == totals) }
    #expect(run.targets.map(\.printed) == printed)
    for (index, target) in run.targets.enumerated() {
      var counts = ResultCounts()
      for check in run.checks(of: index) {
        switch check.status {
        case .pass: counts.pass += 1
        case .fail: counts.fail += 1
        case .warn: counts.warn += 1
        case .info: counts.info += 1
        default: Issue.record("\(check)")
        }
      }
      #expect(counts == target.printed, "\(target.id)")
    }
  }

  @Test(arguments: Fixture.aquaTexts)
  func `accounts for every line`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let runs = LogReader.runs(in: bytes)
    let tally = try #require(runs.first).tally
    let results = AquaText.results(bytes).count
    let lines = AquaText.lines(bytes)
    let marked = lines.count { line in
      ["[PASS] ", "[FAIL] ", "[WARN] ", "[INFO] "].contains { line.hasPrefix($0) }
    }
    #expect(tally.checks == results)
    #expect(tally.headings == marked - results)
    #expect(tally.details == lines.count { $0.hasPrefix("\t ") && $0 != "\t " })
    #expect(tally.banner == lines.count { $0.hasPrefix("== ") })
    #expect(tally.totals == 4 * AquaText.summaries(bytes).count)
    #expect(tally.noise == 0)
    #expect(tally.unread == 0)
    let counted =
      tally.checks + tally.headings + tally.details + tally.banner + tally.totals
      + tally.remediation + tally.blank
    #expect(counted == bytes.count { $0 == 0x0A })
  }

  @Test(
    arguments: [
      (
        "before-kube-cis-1.6-stdout.txt", ["1", "2", "3", "4", "5"],
        ["master", "etcd", "controlplane", "node", "policies"]
      ),
      (
        "before-kube-v0.3.0-cis-1.5-stdout.txt", ["3", "2", "1", "4", "5"], ["", "", "", "", ""]
      ),
      (
        "before-kube-eks-stig-stdout.txt", ["1", "2", "3", "4", "5"],
        ["master", "controlplane", "node", "policies", "managedservices"]
      ),
      ("before-kube-cis-1.6-node-stdout.txt", ["4"], ["node"]),
      ("s1-aqua-cis-1.2-stdout.txt", ["18.09"], [""]),
      ("s2-aqua-cis-1.6.0-raw-stdout.txt", ["20.10"], [""]),
    ])
  func `has targets`(fixture: String, ids: [String], kinds: [String]) throws {
    let run = try #require(SeenRun.runs(try Fixture.bytes(fixture)).first)
    #expect(run.targets.map(\.id) == ids)
    #expect(run.targets.map(\.kind) == kinds)
    #expect(run.targets.allSatisfy { !$0.title.isEmpty })
    #expect((run.totals == nil) == (!fixture.contains("kube") || fixture.contains("v0.3.0")))
  }

  @Test func `may have a target without a check`() throws {
    let run = try #require(
      SeenRun.runs(try Fixture.bytes("before-kube-eks-stig-stdout.txt")).first)
    #expect(run.targets[0].title == "Control Plane Components")
    #expect(run.checks(of: 0).isEmpty)
    #expect(run.checks(of: 1).first?.id == "V-242390")
    #expect(run.checks(of: 4).last?.status == .info)
  }

  @Test func `keeps what a command printed with its check`() throws {
    let bytes = try Fixture.bytes("s2-aqua-cis-1.6.0-raw-stdout.txt")
    let run = try #require(SeenRun.runs(bytes).first)
    let check = try #require(run.checks.first { $0.id == "2.7" })
    #expect(check.details.count == 2)
    #expect(check.details.allSatisfy { $0.hasPrefix("root ") && $0.hasSuffix("dockerd") })
    for check in run.checks where check.status != .fail { #expect(check.details.isEmpty) }
    let printed = AquaText.lines(bytes).filter { $0.hasPrefix("\t ") }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { !$0.isEmpty }
    let kept = run.checks.flatMap(\.details).map(Self.squeezed)
    #expect(kept == printed)
  }

  @Test func `keeps why a test did not run with its check`() throws {
    let bytes = try Fixture.bytes("before-kube-cis-1.6-stdout.txt")
    let run = try #require(SeenRun.runs(bytes).first)
    let reasons = AquaText.lines(bytes).filter { $0.contains(" audit test did not run: ") }
    let kept = run.checks.flatMap { check in check.details.map { "\(check.id) \($0)" } }
    #expect(kept == reasons)
  }

  @Test func `says that the daemon was not reached`() throws {
    let lines = AquaText.lines(try Fixture.bytes("s1-aqua-cis-1.2-stdout.txt"))
    let error = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock."
    let start = try #require(lines.firstIndex(of: "== Remediations =="))
    for place in [start + 5, start - 1] {
      var changed = lines
      let fail = try #require(lines[..<place].lastIndex { $0.hasPrefix("[FAIL]") })
      changed.insert(
        place < start ? "\t " + error : error, at: place < start ? fail + 1 : place)
      #expect(LogReader.runs(in: AquaText.bytes(changed)).map(\.isDaemonMissing) == [true])
    }
    #expect(LogReader.runs(in: AquaText.bytes(lines)).map(\.isDaemonMissing) == [false])
  }
}

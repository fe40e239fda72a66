import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

@testable import BenchCatalog

/// A catalogue in which a team's files take the place of ours.
struct `A team's catalogue` {
  private static func catalog(_ files: [String: String]) throws -> Catalog {
    try Catalog(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
  }

  /// One of our files with rows behind it, their fields parted by `|`.
  private static func file(_ path: String, _ rows: String...) -> String {
    (Catalog.embedded.text(path) ?? "")
      + rows.map { $0.split(separator: "|", omittingEmptySubsequences: false) }
      .map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private static func errors(_ files: [String: String]) -> [String] {
    do {
      _ = try catalog(files)
      return []
    } catch let error as InvalidCatalog {
      return error.errors.map { "\($0.isOwn ? "" : "ours ")\($0.file):\($0.line) \($0.kind)" }
    } catch {
      return ["\(error)"]
    }
  }

  private static let control = "own-rule|host|automated|yes|container|info|Our own rule"
  private static let checks = "docker-bench-security/checks.tsv"

  @Test func `may be ours in whole`() throws {
    var files: [String: String] = [:]
    for path in TableRule.all.map(\.path) + TableRule.others {
      files[path] = Catalog.embedded.text(path)
    }
    let catalog = try Self.catalog(files)
    #expect(catalog.understanding == Catalog.embedded.understanding)
    for name in Fixture.texts.prefix(3) + Fixture.aquaTexts.prefix(2) {
      let bytes = try Fixture.bytes(name)
      let own = Reading.results(bytes, by: Normalizer(catalog: catalog)).map(\.run.findings)
      #expect(own == Reading.runs(bytes).map(\.findings), "\(name)")
    }
  }

  @Test func `adds controls and checks`() throws {
    let catalog = try Self.catalog([
      "controls.tsv": Self.file("controls.tsv", Self.control),
      Self.checks: Self.file(
        Self.checks, "e11-cis1.6.0b|9.9|own-rule|Our own rule|v1.6.1||PASS,WARN|1/-1"),
      "kube-bench/checks.tsv": Self.file(
        "kube-bench/checks.tsv", "9.9.1|Our own rule|own-rule|cis-1.9"),
      "risks.tsv": Self.file("risks.tsv", "own-rule|high|It is ours|elevation@judgement|host||"),
    ])
    #expect(catalog.controls.control("own-rule")?.itemKinds == [.container])
    #expect(catalog.risks["own-rule"]?.severity == .high)
    #expect(
      catalog.editions.entries(of: "own-rule").map { "\($0.edition) \($0.ids)" }
        == ["e11-cis1.6.0b [\"9.9\"]", "cis-1.9 [\"9.9.1\"]"])
    #expect(catalog.scripts.editions.count == Catalog.embedded.scripts.editions.count)
    #expect(Catalog.embedded.controls.control("own-rule") == nil)
    let log = try Fixture.text("s1-v1.6.1-log.txt")
    let end = "\u{1B}[1;33mSection C - Score"
    let longer = log.replacing(end, with: "\u{1B}[1;31m[WARN]\u{1B}[0m 9.9  - Our own rule\n" + end)
    let findings = try #require(
      Reading.results(Array(longer.utf8), by: Normalizer(catalog: catalog)).first?.run.findings)
    #expect(findings.last?.control == "own-rule")
    #expect(findings.last?.outcome == .fail)
  }

  @Test func `may have any ends of lines`() throws {
    let ours = Self.file("controls.tsv", Self.control)
    for text in [
      ours.replacing("\n", with: "\r\n"), "\u{FEFF}" + ours, String(ours.dropLast()), ours + "\n\n",
    ] {
      let catalog = try Self.catalog(["controls.tsv": text])
      #expect(
        catalog.controls.all == Catalog.embedded.controls.all + [
          try #require(catalog.controls.control("own-rule"))
        ])
      #expect(catalog.controls.all.last?.title == "Our own rule")
    }
  }

  private static let controlLine = file("controls.tsv").split(separator: "\n").count + 1
  private static let checkLine = file(checks).split(separator: "\n").count + 1

  @Test(arguments: [
    ("own|host|automated|yes||info", "wrongCount(expected: 7, found: 6)"),
    ("|host|automated|yes||info|x", "blank(column: \"control\")"),
    (
      "own|host|auto|yes||info|x",
      "unknownWord(column: \"kind\", \"auto\", expected: [\"automated\", \"manual\", \"inventory\"])"
    ),
    ("host-partition|host|automated|yes||info|x", "repeated(\"host-partition\", first: 2)"),
    ("own|host|automated|yes||info|x\u{1B}[31m", "unsafeCharacter(27)"),
    ("own|host|automated|yes||info|x\u{202E}", "unsafeCharacter(8238)"),
  ])
  func `tells what is wrong with a control`(row: String, error: String) {
    #expect(
      Self.errors(["controls.tsv": Self.file("controls.tsv", row)])
        == ["controls.tsv:\(Self.controlLine) \(error)"])
  }

  @Test(arguments: [
    (
      "e11-cis1.6.0b|9.9|no-such|x|v1.6.1||PASS|",
      "unknownName(column: \"control\", \"no-such\", table: \"controls.tsv\")"
    ),
    (
      "e99|9.9|host-partition|x|v1.6.1||PASS|",
      "unknownName(column: \"edition\", \"e99\", table: \"docker-bench-security/versions.tsv\")"
    ),
    (
      "e11-cis1.6.0b|9.9|host-partition|x|v9||PASS|",
      "unknownName(column: \"since\", \"v9\", table: \"docker-bench-security/versions.tsv\")"
    ),
    (
      "e11-cis1.6.0b|9.9|host-partition|x|v1.6.1|v1.3.5|PASS|",
      "reversed(since: \"v1.6.1\", until: \"v1.3.5\")"
    ),
    ("e11-cis1.6.0b|2.2|host-partition|x|v1.6.1||PASS|", "contradicts"),
    ("e11-cis1.6.0b|9.9|host-partition|x|v1.6.1||OK|", "unknownWord(column: \"results\""),
    ("e11-cis1.6.0b|9.9|host-partition|x|v1.6.1||PASS|9223372036854775807/1", "malformed"),
    ("e11-cis1.6.0b|9.9|host-partition|x|v1.6.1||PASS|1", "malformed"),
  ])
  func `tells what is wrong with a check`(row: String, error: String) throws {
    let errors = Self.errors([Self.checks: Self.file(Self.checks, row)])
    #expect(errors.count == 1)
    #expect(try #require(errors.first).hasPrefix("\(Self.checks):\(Self.checkLine) \(error)"))
  }

  @Test(arguments: [
    ("names.tsv", "pod|{pod}-{hex:-5}|{1}|"), ("names.tsv", "pod|{any|{1}|"),
    ("names.tsv", "pod|any}|{1}|"),
    ("dates/months.tsv", "frimaire|13"), ("dates/zones.tsv", "XYZ|late|"),
    ("docker-bench/parts.tsv", "host-partition|cis-1.2|most|"),
    ("docker-bench-security/details.tsv", "In {{container}|container|||"),
    ("risks.tsv", "host-partition|low|x|elevation|host||"),
    ("kube-bench/checks.tsv", "1.1|x||cis-99"), ("kube-bench/checks.tsv", "1.1|x||"),
    ("kube-bench/releases.tsv", "no-such|cis-1.9"),
    ("advice.tsv", "host-partition|x|no|x|none|low|x"),
  ])
  func `tells a row that means nothing`(path: String, row: String) {
    let line = Self.file(path).split(separator: "\n").count + 1
    #expect(Self.errors([path: Self.file(path, row)]).first?.hasPrefix("\(path):\(line) ") == true)
  }

  @Test func `tells a file that is none of a catalogue's`() {
    #expect(Self.errors(["control.tsv": "x"]) == ["control.tsv:0 unknownFile(near: nil)"])
    #expect(
      Self.errors(["catalog/risks.tsv": "x"])
        == ["catalog/risks.tsv:0 unknownFile(near: Optional(\"risks.tsv\"))"])
    let errors = #expect(throws: InvalidCatalog.self) {
      try Catalog([("names.tsv", [0x61, 0xFF])])
    }
    #expect(errors?.errors.map(\.kind) == [.notUTF8])
    let large = [UInt8](repeating: 0x61, count: Catalog.sizeLimit + 1)
    let tooLarge = #expect(throws: InvalidCatalog.self) { try Catalog([("names.tsv", large)]) }
    #expect(tooLarge?.errors.map(\.kind) == [.tooLarge(limit: Catalog.sizeLimit)])
  }

  @Test func `tells other columns once`() {
    let text = Self.file("controls.tsv").replacing("control\tsection", with: "name\tsection")
    let errors = Self.errors(["controls.tsv": text])
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("controls.tsv:1 wrongColumns") == true)
  }

  @Test func `tells what ours refers to and the team's lacks`() {
    let text = Self.file("controls.tsv").split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("host-partition\t") }.joined(separator: "\n")
    let errors = Self.errors(["controls.tsv": text])
    #expect(!errors.isEmpty)
    #expect(errors.allSatisfy { $0.hasPrefix("ours ") && $0.contains("\"host-partition\"") })
  }

  @Test func `tells no more than a hundred errors`() {
    let rows = String(repeating: "x\n", count: 1_000)
    let errors = Self.errors(["controls.tsv": Self.file("controls.tsv") + rows])
    #expect(errors.count == 101)
    #expect(errors.filter { $0.contains("moreErrors") }.count == 1)
  }

  @Test func `has no field without end`() {
    let row = "own|host|automated|yes||info|" + String(repeating: "x", count: 10_001)
    #expect(
      Self.errors(["controls.tsv": Self.file("controls.tsv", row)])
        == ["controls.tsv:\(Self.controlLine) tooLong(column: \"title\", limit: 10000)"])
  }

  @Test func `has no more editions than can be told apart`() {
    let versions = "docker-bench-security/versions.tsv"
    let rows = (0..<60).map { "v\($0).0|c|2030-01-01|\($0)||e\($0)" }
    let fields = rows.map { $0.replacing("|", with: "\t") + "\n" }.joined()
    #expect(
      Self.errors([versions: Self.file(versions) + fields]).contains {
        $0 == "\(versions):0 tooMany(limit: 64)"
      })
    let editions = "kube-bench/editions.tsv"
    let many = (0..<300).map { "x\($0)\tcis\t\t\t\n" }.joined()
    #expect(
      Self.errors([editions: Self.file(editions) + many]).contains {
        $0.hasSuffix("tooMany(limit: 256)")
      })
  }

  /// A table with anything in it is refused or read, and what was read is used without a trap.
  @Test func `stands changed bytes`() throws {
    var generator = SeededGenerator(seed: 7)
    let logs = try ["s1-v1.6.1-log.txt", "s1-aqua-cis-1.2-stdout.txt"].map {
      Array(try Fixture.bytes($0).prefix(20_000))
    }
    var taken = 0
    for rule in TableRule.all {
      let ours = Array((Catalog.embedded.text(rule.path) ?? "").utf8)
      guard !ours.isEmpty else { continue }
      var bytes = ours
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[place] = "\t\n{}/-,9a\u{0}".utf8.randomElement(using: &generator) ?? 0
      guard let catalog = try? Catalog([(rule.path, bytes)]) else { continue }
      taken += 1
      let normalizer = Normalizer(catalog: catalog)
      for log in logs { _ = Reading.results(log, by: normalizer) }
      _ = catalog.editions.entries(of: "host-partition")
      _ = catalog.criteria.history(of: "host-partition", by: .kubeBench)
      _ = catalog.risks["host-partition"]
      _ = catalog.advice["host-partition"]
    }
    #expect(taken > 0)
  }
}

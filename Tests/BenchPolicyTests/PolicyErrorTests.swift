import BenchAnalysis
import BenchModel
import BenchPolicy
import Testing

/// What is said of files that are wrong: `line:column` and the kind.
struct `A wrong policy` {
  private static func errors(_ text: String) -> [String] {
    PolicyFile(text).errors.map { "\($0.line):\($0.column) \($0.kind)" }
  }

  private static func kinds(_ text: String) -> [PolicyError.Kind] {
    PolicyFile(text).errors.map(\.kind)
  }

  private static func waiver(_ lines: String...) -> String {
    (["waivers:", "- reason: tested", "  owner: me"] + lines.map { "  " + $0 })
      .joined(separator: "\n")
  }

  private static let lines: [(String, [String])] = [
    // Keys.
    ("waiver: []", [#"1:1 unknownKey("waiver", near: Optional("waivers"))"#]),
    ("gate: {stale_days: 7}", [#"1:8 unknownKey("stale_days", near: Optional("stale-days"))"#]),
    ("hosts:\n  nonsense: 1", [#"2:3 unknownKey("nonsense", near: nil)"#]),
    ("version: 1\nversion: 1", [#"2:1 duplicateKey("version", first: 1)"#]),
    (
      "gate: {unmapped: true}\nversion: 1\ngate: {unmapped: false}\n\"gate\": {x: 1, x: 2}",
      [
        #"3:1 duplicateKey("gate", first: 1)"#, #"4:1 duplicateKey("gate", first: 1)"#,
      ]
    ),
    ("? [a, b]\n: 1", ["1:3 keyIsNoText"]),
    ("version: 2\nnews: 1", [#"1:10 otherVersion("2")"#]),
    // Types.
    ("- 1", ["1:1 wrongType(key: nil, expected: \(expected("mapping")), found: \(found("list")))"]),
    (
      "waivers: none",
      [
        #"1:10 wrongType(key: Optional("waivers"), expected: \#(expected("list")), found: \#(found(#"text("none")"#)))"#
      ]
    ),
    (
      "waivers:\n- later",
      [
        #"2:3 wrongType(key: Optional("waivers"), expected: \#(expected("mapping")), found: \#(found(#"text("later")"#)))"#
      ]
    ),
    (
      "gate: {unmapped: yes}",
      [
        #"1:18 wrongType(key: Optional("unmapped"), expected: \#(expected("boolean")), found: \#(found(#"text("yes")"#)))"#
      ]
    ),
    (
      "gate: {counts: {high: 1.5}}",
      [
        #"1:23 wrongType(key: Optional("high"), expected: \#(expected("wholeNumber")), found: \#(found(#"text("1.5")"#)))"#
      ]
    ),
    (
      "gate:\n  compliance: 80%",
      [
        #"2:15 wrongType(key: Optional("compliance"), expected: \#(expected("number")), found: \#(found(#"text("80%")"#)))"#
      ]
    ),
    // Numbers.
    (
      "gate: {compliance: 100.1}",
      [#"1:20 outOfRange(key: "compliance", "100.1", least: 0, most: Optional(100))"#]
    ),
    (
      "gate: {compliance: -1}",
      [#"1:20 outOfRange(key: "compliance", "-1", least: 0, most: Optional(100))"#]
    ),
    (
      "gate: {counts: {high: -1}}", [#"1:23 outOfRange(key: "high", "-1", least: 0, most: nil)"#]
    ),
    (
      "gate: {counts: {high: 99999999999999999999}}",
      [#"1:23 outOfRange(key: "high", "99999999999999999999", least: 0, most: nil)"#]
    ),
    (
      "gate: {stale-days: -1}",
      [#"1:20 outOfRange(key: "stale-days", "-1", least: 0, most: Optional(36525))"#]
    ),
    // Words.
    (
      "gate: {first-run: skip}",
      [#"1:19 unknownWord(key: "first-run", "skip", expected: ["fail", "pass", "report"])"#]
    ),
    (
      "gate: {severity: hihg}",
      [
        #"1:18 unknownWord(key: "severity", "hihg", expected: ["critical", "high", "medium", "low"])"#
      ]
    ),
    (
      "gate: {counts: {severe: 1}}",
      [
        #"1:17 unknownWord(key: "counts", "severe", expected: ["critical", "high", "medium", "low"])"#
      ]
    ),
    (
      "stride: {image-user-created: [elevation, dos]}",
      [
        #"1:42 unknownWord(key: "stride", "dos", expected: ["spoofing", "tampering", "repudiation", "disclosure", "denial", "elevation"])"#
      ]
    ),
    (
      "attestations:\n- {control: host-hardened, decision: manual, by: me, reason: seen}",
      [
        #"2:38 unknownWord(key: "decision", "manual", expected: ["pass", "fail", "notApplicable"])"#
      ]
    ),
    // Hosts.
    ("hosts: {from: 'logs/*.log'}", [#"1:15 badHostPattern("logs/*.log")"#]),
    ("hosts: {from: '{host}/{host}.log'}", [#"1:15 badHostPattern("{host}/{host}.log")"#]),
    ("hosts: {rename: {a: b, b: c}}", [#"1:21 renamedAgain("a", to: "b")"#]),
    ("hosts: {rename: {a: a}}", [#"1:21 renamedAgain("a", to: "a")"#]),
  ]

  private static func expected(_ name: String) -> String {
    "BenchPolicy.PolicyError.Expected." + name
  }

  private static func found(_ name: String) -> String { "BenchPolicy.PolicyError.Found." + name }

  @Test(arguments: lines.indices)
  func `is told with line and column`(number: Int) {
    #expect(Self.errors(Self.lines[number].0) == Self.lines[number].1)
  }

  private static let entries: [(lines: [String], line: Int, kind: PolicyError.Kind)] = [
    ([], 2, .missingSubject),
    (["control:"], 2, .missingSubject),
    (
      ["control: image-user-created", "stride: denial"], 2, .severalSubjects(["control", "stride"])
    ),
    (["stride: [denial]"], 4, .wrongType(key: "stride", expected: .text, found: .list)),
    (["severity: low", "hosts: []"], 5, .emptyList(key: "hosts")),
    (["severity: low", "items: ['']"], 5, .blank(key: "items")),
    (["severity: low", "items: [web, web]"], 5, .repeated("web")),
    (
      ["severity: low", "ticket: [A-1]"], 5,
      .wrongType(key: "ticket", expected: .text, found: .list)
    ),
    (["severity: low", "expires: 2026-02-30"], 5, .badDate(key: "expires", "2026-02-30")),
    (["severity: low", "expires: 2027-02-29"], 5, .badDate(key: "expires", "2027-02-29")),
    (["severity: low", "accepted: 2026-02-30"], 5, .badDate(key: "accepted", "2026-02-30")),
    (
      ["severity: low", "expires: 2026-06-30", "accepted: 2026-07-01"], 6,
      .acceptedTooLate("2026-07-01", lastDay: "2026-06-30", key: "expires")
    ),
    (["severity: low", "expires: 31.12.2026"], 5, .badDate(key: "expires", "31.12.2026")),
    (
      ["severity: low", "expires: 2026-12-31T10:00:00Z"], 5,
      .badDate(key: "expires", "2026-12-31T10:00:00Z")
    ),
  ]

  @Test(arguments: entries.indices)
  func `is told where a waiver is at fault`(number: Int) {
    let (lines, line, kind) = Self.entries[number]
    let text = (["waivers:", "- reason: tested", "  owner: me"] + lines.map { "  " + $0 })
      .joined(separator: "\n")
    let file = PolicyFile(text)
    #expect(file.errors.map(\.kind) == [kind])
    #expect(file.errors.map(\.line) == [line])
    #expect(file.policy.waivers.isEmpty)
    #expect(throws: InvalidPolicy.self) { try file.valid() }
  }

  @Test func `needs a reason, an owner, a decision and who decided`() {
    #expect(
      Self.kinds("waivers:\n- {severity: low, reason: ' ', owner: }")
        == [.missingKey("owner"), .blank(key: "reason")])
    #expect(
      Self.kinds("attestations:\n- {control: host-hardened, reason: seen}")
        == [.missingKey("decision"), .missingKey("by")])
    #expect(
      Self.kinds("attestations:\n- {decision: pass, by: me, reason: x}") == [.missingKey("control")]
    )
  }

  @Test func `is told where an attestation was accepted behind its end`() {
    let file = PolicyFile(
      """
      attestations:
        - control: host-hardened
          decision: pass
          by: me
          reason: seen
          accepted: 2026-07-01
          until: 2026-06-30
      """)
    let kind = PolicyError.Kind.acceptedTooLate(
      "2026-07-01", lastDay: "2026-06-30", key: "until")
    #expect(file.errors == [PolicyError(kind, at: .init(line: 6, column: 15))])
    #expect(file.policy.attestations.isEmpty)
  }

  @Test func `is told as a whole`() {
    let text = """
      waivers:
        - control: no-such-thing-at-all
          owner: me
          expires: tomorrow
      gate:
        compliance: 101
        severity: bad
      severities:
        image-user-created: worst
      """
    #expect(PolicyFile(text).errors.map(\.line) == [2, 2, 4, 6, 7, 9])
  }

  @Test func `gets no more than a hundred errors`() {
    let text = (0..<5_000).map { "key\($0): 1\n" }.joined()
    let errors = PolicyFile(text).errors
    #expect(errors.count == 101)
    #expect(errors.last?.kind == .moreErrors(limit: 100))
  }

  @Test func `gets a hint for a control`() throws {
    let errors = Self.kinds(
      """
      severities:
        image-user-craeted: low
        container-sensitive-host-mounts: low
        zzz: low
        "4.1": low
      """)
    let unknown = errors.compactMap { kind -> PolicyError.UnknownControl? in
      guard case .unknownControl(let control) = kind else { return nil }
      return control
    }
    #expect(
      unknown.map(\.name) == [
        "image-user-craeted", "container-sensitive-host-mounts", "zzz", "4.1",
      ])
    #expect(unknown[0].near.first == "image-user-created")
    #expect(unknown[1].near.contains("container-no-sensitive-mounts"))
    #expect(unknown[2].near.isEmpty)
    #expect(unknown[3].meanings.map(\.control).contains("image-user-created"))
    #expect(unknown[3].meanings.allSatisfy { !$0.editions.isEmpty })
  }

  @Test func `may not name a control by its id`() {
    guard case .unknownControl(let control)? = Self.kinds(Self.waiver("id: '5.1'")).last else {
      Issue.record("an id was taken for a control")
      return
    }
    #expect(control.meanings.count > 1)
    #expect(
      Self.kinds(Self.waiver("id: image-user-created")).contains(
        .unknownKey("id", near: "control")))
  }
}

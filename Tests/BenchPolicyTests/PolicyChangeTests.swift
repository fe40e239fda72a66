import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchPolicy

struct `A waiver that is added to a policy` {
  /// 2026-01-15 at midnight, UTC.
  static let accepted: Int64 = 1_768_435_200
  private static let day: Int64 = 86_400

  static func waiver(
    hosts: [String] = [], items: [String] = [], reason: String = "r: x", owner: String = "o",
    ticket: String? = nil, accepted: Int64? = accepted, end: Int64? = nil
  ) -> Waiver {
    Waiver(
      coverage: Coverage(.control("image-user-created"), hosts: hosts.map { Glob($0) }),
      items: items.map { Glob($0) }, reason: reason, owner: owner, ticket: ticket,
      end: end, accepted: accepted)
  }

  private static func edit(_ text: String, _ waiver: Waiver = waiver()) throws -> PolicyEdit {
    let change = try PolicyChange.adding(waiver, to: Array(text.utf8), .embedded)
    guard case .added(let edit) = change else {
      throw PolicyError(.syntax("nothing was added"), at: .init(line: 1, column: 1))
    }
    return edit
  }

  private static func refusal(_ text: String, _ waiver: Waiver = waiver()) -> PolicyEditError? {
    do {
      _ = try PolicyChange.adding(waiver, to: Array(text.utf8), .embedded)
      return nil
    } catch { return error }
  }

  /// Whether two texts are equal to the byte.
  private static func expectEqual(_ text: String, _ expected: String, _ name: String) {
    #expect(Array(text.utf8) == Array(expected.utf8), "\(name):\n\(text)")
  }

  // MARK: - Shapes

  @Test func `has its lines and changes no others`() throws {
    #expect(PolicyShapes.all.count == 36)
    for shape in PolicyShapes.all {
      let edit = try Self.edit(shape.old)
      Self.expectEqual(edit.text, shape.new, shape.name)
      #expect(edit.removed == shape.removed, "\(shape.name)")
      #expect(edit.added.sorted() == shape.added.sorted(), "\(shape.name)")
      let lines = shape.new.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[edit.line - 1].contains("control: image-user-created"), "\(shape.name)")
    }
  }

  @Test(arguments: ["\r\n", "\r"])
  func `has the ends of lines that the file has`(end: String) throws {
    for shape in PolicyShapes.all where !shape.old.isEmpty {
      let edit = try Self.edit(shape.old.replacing("\n", with: end))
      Self.expectEqual(edit.text, shape.new.replacing("\n", with: end), shape.name)
    }
  }

  @Test func `leaves the end of the file as it is`() throws {
    for shape in PolicyShapes.all where !shape.old.contains("|+") {
      // A blank line at the end is no end of a line.
      guard shape.old.count > 1, !shape.old.hasSuffix("\n\n") else { continue }
      let edit = try Self.edit(String(shape.old.dropLast()))
      Self.expectEqual(edit.text, String(shape.new.dropLast()), shape.name)
    }
  }

  @Test func `keeps a byte order mark`() throws {
    for shape in PolicyShapes.all {
      let edit = try Self.edit("\u{FEFF}" + shape.old)
      Self.expectEqual(edit.text, "\u{FEFF}" + shape.new, shape.name)
    }
  }

  // MARK: - What is written

  @Test func `has every key in its order`() throws {
    let waiver = Self.waiver(
      hosts: ["web-*", "db"], items: ["nginx:1.25"], reason: "Needs root, it's \"said\".",
      owner: "platform team", ticket: "123", end: Self.accepted + Self.day)
    Self.expectEqual(
      try Self.edit("version: 1\n", waiver).text,
      """
      version: 1

      waivers:
        - control: image-user-created
          hosts: ["web-*", db]
          items: "nginx:1.25"
          reason: 'Needs root, it''s "said".'
          owner: platform team
          ticket: "123"
          accepted: 2026-01-15
          expires: 2026-01-15

      """, "every key")
  }

  @Test func `may be of a kind of controls`() throws {
    for (subject, line) in [
      (Coverage.Subject.severity(.low), "severity: low"), (.stride(.denial), "stride: denial"),
    ] {
      let waiver = Waiver(coverage: Coverage(subject), reason: "r", owner: "o")
      let text = try Self.edit("", waiver).text
      #expect(text == "waivers:\n  - \(line)\n    reason: r\n    owner: o\n")
    }
  }

  private static let hostile = [
    ": ", "a: b", "# x", "a #b", "*", "&a", "!x", "- x", "? x", "null", "Null", "true", "NO", "y",
    "2026-01-01", "1.5", "0x10", ".inf", "'", "\"", "''", "it's \"both\" \\", "\\n", "\\u0041",
    "[a]", "{a}", "%x", "@x", "`x`", " leading", "trailing ", "a  b", "|", ">", "~", "a, b", "---",
    "...", "é", "日本", "😀", "it'\u{301}s: x", "e\u{301}", "vendor's image", "/etc/passwd",
    "${HOME}", "a\u{A0}b",
  ]

  @Test(arguments: hostile)
  func `is read as it was meant`(text: String) throws {
    let waiver = Self.waiver(
      hosts: [text, "web"], items: [text], reason: text, owner: text, ticket: text)
    for old in ["version: 1\n", "waivers:\n- {severity: low, reason: r, owner: o}\n"] {
      let read = try PolicyFile(Self.edit(old, waiver).text).valid().waivers
      let last = try #require(read.last)
      #expect(last.coverage == waiver.coverage)
      #expect(last.items == waiver.items)
      for value in [last.reason, last.owner, last.ticket] {
        #expect(value.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
      }
    }
  }

  @Test(arguments: [
    "a\nb", "a\r", "\u{0}", "\u{1b}[31m", "a\tb", "\u{85}", "\u{2028}", "\u{202e}x", "\u{FEFF}",
    "\u{200b}", "\u{FFFE}", "\u{7f}", "\u{9b}2J",
  ])
  func `has no character that a review would not show`(text: String) {
    guard case .unwritable(key: "reason", let value)? = Self.refusal("", Self.waiver(reason: text))
    else {
      Issue.record("\(text.unicodeScalars.map(\.value)) was written")
      return
    }
    #expect(text.unicodeScalars.contains { $0.value == value })
  }

  @Test func `has no blank value`() {
    #expect(Self.refusal("", Self.waiver(owner: " ")) == .blank(key: "owner"))
    #expect(Self.refusal("", Self.waiver(hosts: [""])) == .blank(key: "hosts"))
  }

  // MARK: - What is refused

  private static let json =
    #"{"control": "image-user-created", "reason": "r: x", "owner": "o", "accepted": "2026-01-15"}"#

  @Test func `is not written into brackets`() throws {
    let entry = "{control: daemon-icc-disabled, reason: x, owner: o}"
    for (text, line, column) in [
      ("{\"version\": 1}\n", 1, 1), ("# JSON\n{}\n", 2, 1), ("{version: 1, waivers: []}", 1, 1),
    ] {
      let place = PolicyError.Place(line: line, column: column)
      #expect(Self.refusal(text) == .fileInBrackets(at: place, entry: Self.json))
    }
    for text in ["waivers: [\(entry)]\n", "waivers: [\n]\n", "waivers: [ # none\n ]\n"] {
      let place = PolicyError.Place(line: 1, column: 10)
      #expect(Self.refusal(text) == .listInBrackets(at: place, entry: Self.json), "\(text)")
    }
    // What is proposed in its place can be read.
    let policy = try PolicyFile("waivers: [\(entry), \(Self.json)]\n").valid()
    #expect(policy.waivers.last?.reason == "r: x")
  }

  @Test func `is not written where the list has a tag`() {
    let text = "waivers: !!seq\n- {severity: low, reason: x, owner: o}\n"
    #expect(
      Self.refusal(text) == .unusual(at: .init(line: 1, column: 10), entry: Self.json))
    #expect(Self.refusal("null\n") == .unusual(at: .init(line: 1, column: 1), entry: Self.json))
  }

  @Test func `is not written into a policy with errors`() {
    guard case .invalid(let errors)? = Self.refusal("waivers:\n- {severity: low, owner: o}\n")
    else {
      Issue.record("a policy with errors was changed")
      return
    }
    #expect(errors.map(\.kind) == [.missingKey("reason")])
    #expect(Self.refusal("version: 2\n") != nil)
  }

  // MARK: - What is there already

  @Test func `is not written twice`() throws {
    let waiver = Self.waiver(hosts: ["a", "b"], end: Self.accepted + Self.day)
    let text = try Self.edit("version: 1\n", waiver).text
    let bytes = Array(text.utf8)
    let same = Self.waiver(hosts: ["b", "a"], end: Self.accepted + Self.day)
    #expect(try PolicyChange.adding(same, to: bytes, .embedded) == .unchanged(line: 4))
    var later = same
    later.accepted = Self.accepted - Self.day
    #expect(
      try PolicyChange.adding(later, to: bytes, .embedded, isDayGiven: false)
        == .unchanged(line: 4))
    #expect(Self.refusal(text, later) == .differs(line: 4, keys: ["accepted"]))
  }

  @Test func `is not written beside one that differs, while that holds`() throws {
    let end = Self.accepted + 10 * Self.day
    let text = try Self.edit("version: 1\n", Self.waiver(end: end)).text
    let longer = Self.waiver(reason: "other", end: end + Self.day)
    #expect(Self.refusal(text, longer) == .differs(line: 4, keys: ["expires", "reason"]))
    // Of other hosts or items it is another one, and what has ended by then is history.
    for other in [
      Self.waiver(hosts: ["web"], end: end), Self.waiver(items: ["web"], end: end),
      Self.waiver(accepted: end, end: end + Self.day),
    ] {
      #expect(try PolicyFile(Self.edit(text, other).text).valid().waivers.count == 2)
    }
  }

  // MARK: - Attestations

  @Test func `may be an attestation as well`() throws {
    let attestation = Attestation(
      coverage: Coverage(.control("host-hardened"), hosts: [Glob("web-*")]),
      decision: .notApplicable, by: "J. Doe", reason: "No such host.",
      end: Self.accepted + 2 * Self.day, accepted: Self.accepted)
    let old = "waivers:\n- {severity: low, reason: x, owner: o}\n\n# The end.\n"
    let change = try PolicyChange.adding(attestation, to: Array(old.utf8), .embedded)
    guard case .added(let edit) = change else {
      Issue.record("nothing was added")
      return
    }
    Self.expectEqual(
      edit.text,
      """
      waivers:
      - {severity: low, reason: x, owner: o}

      # The end.

      attestations:
      - control: host-hardened
        hosts: "web-*"
        decision: notApplicable
        by: J. Doe
        reason: No such host.
        accepted: 2026-01-15
        until: 2026-01-16

      """, "an attestation")
    let again = try PolicyChange.adding(attestation, to: Array(edit.text.utf8), .embedded)
    #expect(again == .unchanged(line: 7))
    var other = attestation
    other.decision = .pass
    #expect(throws: PolicyEditError.differs(line: 7, keys: ["decision"])) {
      try PolicyChange.adding(other, to: Array(edit.text.utf8), .embedded)
    }
  }
}

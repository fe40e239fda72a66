import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchPolicy
import BenchTestSupport
import Testing

/// Policies of chance, with comments and blank lines anywhere.
struct `A policy of any text` {
  private static let heads = ["", "---\n", "# What we decided.\n", "\n", "# yaml\n---\n# more\n"]

  private static let sections = [
    "version: 1 # the format\n", "gate:\n    severity: high # for now\n    counts: {low: 3}\n",
    "severities:\n  daemon-icc-disabled: high\n",
    "hosts:\n  rename: {old: new} # moved\n  from: 'logs/{host}/*.log'\n",
    "stride: {daemon-icc-disabled: [disclosure,\n    tampering]}\n",
    "attestations:\n- control: host-hardened\n  decision: pass\n  by: me # and her\n  reason: >\n    Seen\n    twice.\n",
    "attestations: []\n", "attestations:\n",
  ]

  private static let lists = [
    "", "waivers:\n", "waivers: null\n", "waivers: [] # none\n", "waivers: ~ # none\n",
    "waivers:\n  # The lab.\n  - {severity: low, reason: x, owner: o}\n",
    "waivers:\n- control: daemon-icc-disabled # both\n  reason: |\n    # One\n\n    two\n  owner: o\n",
    "waivers:\n    - control:\n        - daemon-icc-disabled\n        # and\n        - daemon-userns-remap\n      owner: o\n      reason: 'a\n\n        # b'\n    # - severity: low\n",
    "waivers:\n  - severity: low\n    reason: |+\n      kept\n\n    owner: o\n\n  - stride: denial\n    owner: o\n    reason: |+\n      kept\n\n",
    "\"waivers\":\n  -   stride: spoofing\n      owner: \"o\"\n      reason: x\n      hosts: [a,\n        b]\n",
  ]

  private static let comments = [
    "", "", "\n", "# A comment: with a colon\n", "\n# One\n\n", "  # in\n",
  ]

  private static let tails = ["", "", "...\n", "# The end.\n", "\n\n", "... # over\n# out\n"]

  private static func text(_ generator: inout SeededGenerator) -> String {
    var parts = [lists.randomElement(using: &generator) ?? ""]
    var keys: Set<Substring> = []
    for section in sections.shuffled(using: &generator).prefix(4)
    where keys.insert(section.prefix { $0 != ":" }).inserted {
      parts.append(section)
    }
    var text = heads.randomElement(using: &generator) ?? ""
    for part in parts.shuffled(using: &generator) {
      text += part + (comments.randomElement(using: &generator) ?? "")
    }
    text += tails.randomElement(using: &generator) ?? ""
    return Bool.random(using: &generator) ? text : text.replacing("\n", with: "\r\n")
  }

  private static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
    text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
  }

  /// Whether all lines of a text are there in another, in their order; a list that was empty loses what said so.
  private static func isKept(_ old: String, in new: String) -> Bool {
    var rest = Self.lines(new)[...]
    for line in lines(old) {
      let line = String(line)
      let isEmpty = ["waivers: null", "waivers: []", "waivers: ~"].contains { line.hasPrefix($0) }
      guard
        let index = rest.firstIndex(where: {
          isEmpty ? String($0).hasPrefix("waivers:") : String($0) == line
        })
      else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `keeps all that it says, and its lines`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let old = Self.text(&generator)
    let before = try PolicyFile(old, .embedded).valid()
    let waiver = Waiver(
      coverage: Coverage(.control("image-user-created"), hosts: [Glob("web-*")]),
      items: [Glob("a, b"), Glob("*")], reason: "Why: #\(seed)", owner: "o'\"", end: 86_400,
      accepted: 0)
    let change = try PolicyChange.adding(waiver, to: Array(old.utf8), .embedded)
    guard case .added(let edit) = change else {
      Issue.record("nothing was added to\n\(old)")
      return
    }
    #expect(Self.isKept(old, in: edit.text), "\(old)\n---- became ----\n\(edit.text)")
    let after = try PolicyFile(edit.text, .embedded).valid()
    #expect(after.waivers.count == before.waivers.count + 1)
    #expect(after.waivers.dropLast().map(\.reason) == before.waivers.map(\.reason))
    #expect(after.waivers.dropLast().map(\.coverage) == before.waivers.map(\.coverage))
    #expect(after.waivers.last?.items == waiver.items)
    #expect(after.waivers.last?.reason == waiver.reason)
    #expect(after.waivers.last?.line == edit.line)
    #expect(after.attestations.map(\.reason) == before.attestations.map(\.reason))
    #expect(after.thresholds == before.thresholds)
    #expect(after.severities == before.severities)
    #expect(after.stride == before.stride)
    #expect(after.renames == before.renames)
    // A second time there is nothing to do.
    let again = try PolicyChange.adding(waiver, to: Array(edit.text.utf8), .embedded)
    #expect(again == .unchanged(line: edit.line))
  }
}

import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport

/// Failures to make fixes of.
enum Sample {
  /// Names that want to be more than a name; those with a word INJECTED want it to be something else.
  static let hostileNames = [
    "plain", "it's", "a'\u{301}; INJECTED '", "$(INJECTED)", "`INJECTED`", "a; INJECTED",
    "a && INJECTED #",
    "# INJECTED", "a: INJECTED", "- INJECTED", "--INJECTED", "-e", "{INJECTED: 1}", "*INJECTED",
    "&INJECTED x", "!INJECTED", "\"INJECTED", "a\\", "\\", "%s%n", "~root", "*", "$HOME",
    "a|INJECTED", ">INJECTED",
    "a\"\n    INJECTED: 1", "a\nINJECTED", "a\rINJECTED", "a\u{0}INJECTED", "a\u{202e}INJECTED",
    "a\u{2028}INJECTED", "a\u{85}INJECTED", "\u{1b}[31mINJECTED", "", " ", "データベース", "```", "a''b",
    "COPY INJECTED", "syntax=INJECTED", "../../INJECTED", "{}", "[]", "null", "1.5", "0x1f", "yes",
  ]

  static func item(_ name: String, _ kind: ItemKind = .container, value: String = "") -> Item {
    Item(kind: kind, name: name, stableName: name, value: value)
  }

  /// A failure of a control.
  static func failure(
    _ control: ControlID?, host: String = "web-1", id: String = "1.1", line: Int = 1,
    items: [Item] = [], isTruncated: Bool = false
  ) -> OpenFailure {
    OpenFailure(
      hosts: [host],
      finding: Finding(
        control: control, section: "any", checkID: id, title: "A title", printed: .warn,
        outcome: .fail, line: line, items: items, itemsTruncated: isTruncated))
  }

  /// The failures of the only run of a fixture.
  static func failures(_ fixture: String, host: String = "web-1") throws -> [OpenFailure] {
    failures(try Reading.run(fixture, host: host))
  }

  /// The failures of a run.
  static func failures(_ run: Run) -> [OpenFailure] {
    run.findings.filter { $0.outcome == .fail }.map { OpenFailure(hosts: [run.host], finding: $0) }
  }

  /// A control that a fix closes, for each fix.
  static let controls: [(fix: Fix, controls: [ControlID])] = Catalog.embedded.advice.fixes.map {
    fix in
    (
      fix,
      Catalog.embedded.controls.all.map(\.id).filter {
        Catalog.embedded.advice[$0]?.fix.id == fix.id
      }
    )
  }

  /// The texts of snippets with all that is said of them.
  static func text(_ snippets: [Snippet]) -> String {
    snippets.map { snippet in
      """
      ==== \(snippet.fileName): \(snippet.title)
      kind \(snippet.kind.rawValue), language \(snippet.language), to \(snippet.destination)
      hosts \(snippet.hosts.joined(separator: " "))
      fixes \(snippet.fixes.joined(separator: " "))
      \(snippet.notes.map { "note: \($0.text)\n" }.joined())----
      \(snippet.text)
      """
    }.joined()
  }
}

extension Array where Element == Snippet {
  /// The only snippet of a kind; nil if there are none or many.
  func only(_ kind: Snippet.Kind) -> Snippet? {
    let own = filter { $0.kind == kind }
    return own.count == 1 ? own.first : nil
  }
}

extension Remedies {
  /// Groups failures by fix, without a policy.
  init(_ failures: [OpenFailure]) { self.init(failures, policy: Policy()) }
}

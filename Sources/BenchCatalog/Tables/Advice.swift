package import BenchModel

/// Why a control matters and how it is brought about.
package struct Advice: Hashable, Sendable {
  /// What an attacker gains, and why the setting stops it.
  package var rationale: String
  package var fix: Fix
  /// What the fix may break.
  package var impact: String
  /// What must be restarted: `none`, `reload`, `daemon`, `container`, `host`, `static-pod`, `kubelet`, `node`, `workload`.
  package var restart: String
  /// `low`, `medium` or `high`.
  package var effort: String
  /// A command that shows whether the control holds, and changes nothing.
  package var verification: String

  /// Whether the tool goes on failing the control where the fix was applied: ``impact`` says so in these words.
  package var leavesFinding: Bool { impact.lowercased().contains("the finding stays until") }
}

/// One action that closes the findings of one control or of many.
package struct Fix: Hashable, Sendable {
  package var id: String
  /// What is changed, such as `daemon-json`, `audit-rule` or `run-option`.
  package var kind: String
  package var title: String
  /// Where: a key, a path, a flag.
  package var target: String
  package var value: String
  package var note: String
  /// The distribution of Kubernetes that it is made for; nil where it is the one for all.
  package var distribution: Distribution?

  /// Whether there is nothing to change: a provider runs the part, or the setting does not exist there.
  package var isUnfixable: Bool { kind == "provider" || kind == "none" }
}

/// The advice on all controls, from `advice.tsv` and `fixes.tsv`.
package struct AdviceBook: Sendable {
  private let advice: [ControlID: Advice]
  /// All fixes, in the catalogue's order.
  package let fixes: [Fix]

  /// Reads the tables `fixes.tsv` and `advice.tsv`.
  init(fixes: Table, advice table: Table) {
    let all = fixes.body.map { fields in
      Fix(
        id: String(fields[0]), kind: String(fields[1]), title: String(fields[2]),
        target: String(fields[3]), value: String(fields[4]), note: String(fields[5]))
    }
    let fixes = Dictionary(all.map { ($0.id[...], $0) }) { first, _ in first }
    var advice: [ControlID: Advice] = [:]
    for fields in table.body {
      guard let fix = fixes[fields[2]] else { continue }
      advice[String(fields[0])] = Advice(
        rationale: String(fields[1]), fix: fix, impact: String(fields[3]),
        restart: String(fields[4]),
        effort: String(fields[5]), verification: String(fields[6]))
    }
    self.advice = advice
    self.fixes = all
  }

  /// The advice on a control; nil for one that is not in the catalogue.
  package subscript(control: ControlID) -> Advice? { advice[control] }
}

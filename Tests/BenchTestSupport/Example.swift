package import BenchHistory
package import BenchModel

/// Findings and runs for the tests of what happens over time.
package enum Example {
  /// A finding of a control, or of a check that no edition knows.
  package static func finding(
    _ control: String?, _ outcome: Outcome, id: String = "1.1", items: [Item] = [],
    isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control, section: "host", checkID: id, title: "Title of \(id)", printed: .warn,
      outcome: outcome, line: 1, items: items, itemsTruncated: isTruncated)
  }

  /// A container at fault.
  package static func container(_ name: String, stable: String? = nil, value: String = "") -> Item {
    Item(kind: .container, name: name, stableName: stable ?? name, value: value)
  }

  /// A release of a tool.
  package static func release(
    _ version: String = "v1.6.1", edition: String? = "e11-cis1.6.0b",
    tool: Tool = .dockerBenchSecurity
  ) -> Release {
    Release(tool: tool, printed: nil, edition: edition, earliest: version, latest: version)
  }

  /// A side of a comparison.
  package static func run(
    _ findings: [Finding], isComplete: Bool = true, scope: RunScope = .whole,
    release: Release = release()
  ) -> ComparedRun {
    ComparedRun(release: release, isComplete: isComplete, scope: scope, findings: findings)
  }

  /// What changed from one run to another.
  package static func compare(_ base: ComparedRun, _ head: ComparedRun) -> Comparison {
    Comparison(from: base, to: head)
  }

  /// The scope that a text describes.
  package static func scope(_ text: String) -> RunScope { RunScope(text) ?? .whole }
}

package import BenchModel

/// A failure that is still open after a run, because that run did not evaluate it.
package struct StillOpen: Sendable {
  /// The finding, as an earlier run has it.
  package var finding: Finding
  /// That run.
  package var run: RunSummary

  /// Creates a value.
  package init(finding: Finding, run: RunSummary) {
    self.finding = finding
    self.run = run
  }
}

package import BenchCatalog
package import BenchHistory
package import BenchModel

/// How the findings of one or many hosts moved over their runs.
package struct Trend: Sendable {
  /// The counts at one place of the series, over the last run of each host until then.
  package struct Point: Sendable {
    /// Seconds since 1970 in UTC: the start of the run, or the end of the period.
    package var time: Int64
    /// The run, where the series has a place for each; nil for a period.
    package var run: Int64?
    /// The hosts that had a run by then.
    package var hosts = 0
    /// The hosts that had their first run here.
    package var joined = 0
    /// The open failures by severity.
    package var severities: [Severity: Int] = [:]
    /// The open failures of checks that no edition knows, which have no severity.
    package var unrated = 0
    /// The open failures by STRIDE category; one with several counts in each.
    package var stride: [Stride: Int] = [:]
    package var pass = 0
    /// The open failures before and after, and how those between began and ended.
    package var books = Books()
    /// Differences of outcome that another criterion may explain.
    package var criterionChanged = 0

    /// All open failures.
    package var open: Int { severities.values.reduce(unrated, +) }

    /// The share of passes.
    package var compliance: Compliance { Compliance(pass: pass, fail: open) }
  }

  /// A check that fails on at least one host.
  package struct OpenCheck: Sendable {
    package var check: CheckKeys.Check
    package var severity: Severity?
    package var stride: [Stride]
    /// The hosts on which it fails.
    package var hosts = 0
    /// Since when it fails on the host that has had it longest.
    package var since: Int64
    /// Whether it failed in that host's first run already.
    package var isFromStart: Bool
    /// The hosts whose newest run did not judge it.
    package var leftOut = 0
    /// The hosts on which it is an accepted risk.
    package var waived = 0
    /// How often it began or ceased to fail in the last runs, on the host where it did so most.
    package var turns = 0
  }

  /// A check of one host that keeps changing.
  package struct Flapping: Comparable, Sendable {
    package var host: String
    package var check: CheckKeys.Check
    /// How often it began or ceased to fail in the last runs of its host and system.
    package var turns: Int
    package var isOpen: Bool

    /// What changes most stands first.
    package static func < (lhs: Flapping, rhs: Flapping) -> Bool {
      (-lhs.turns, lhs.host, lhs.check.key) < (-rhs.turns, rhs.host, rhs.check.key)
    }
  }

  /// A host without a recent run.
  package struct StaleHost: Sendable {
    package var host: String
    package var lastRun: Int64
  }

  /// In the order of time.
  package var points: [Point] = []
  /// The worst first, then the oldest.
  package var open: [OpenCheck] = []
  /// The most changes first.
  package var flapping: [Flapping] = []
  /// The longest silent first.
  package var stale: [StaleHost] = []
  package var hosts = 0
  package var runs = 0
  /// Open failures that are accepted risks now; the series counts them as open.
  package var waived = 0
  /// Open failures that the newest run of their host did not judge.
  package var leftOut = 0
  /// Failures of checks that the newest edition of their tool does not have.
  package var retired = 0
  package var fixed = 0
  /// The mean of the seconds between the first run that had a failure and the run that had it fixed; nil without one.
  package var meanTimeToFix: Int64?
  /// How many of the last runs of a host count for flapping.
  package let window: Int
  /// Without a run for so many days a host is stale.
  package let staleDays: Int
  /// The time that ages are counted to.
  package let time: Int64
  /// What is known of the checks.
  package let catalog: Catalog
}

package import BenchHistory
package import BenchModel

/// A host at a glance: how it stands, what its newest runs changed, and when they were.
package struct HostOverview: Hashable, Sendable {
  /// The newest run of a tool.
  package struct Newest: Hashable, Sendable {
    package let tool: Tool
    /// Seconds since 1970, in UTC.
    package let startedAt: Int64
    package let isComplete: Bool
  }

  /// The name that the host has now.
  package let name: String
  /// The newest run of each tool, the newest first.
  package let newest: [Newest]
  /// When the newest run of all began, in seconds since 1970.
  package let lastRun: Int64
  /// How old that run is.
  package let age: Age
  /// Whether it is older than a host may be silent.
  package let isSilent: Bool
  /// What is open, without what is accepted.
  package let open: OpenTally
  /// Failures that are accepted.
  package let waived: Int
  /// What the newest run of each system did to the failures, accepted ones among them.
  package let books: Books
  package let compliance: Compliance
  /// How it comes through the policy's gate; nil where the policy has no thresholds.
  package let gate: Gate.HostResult.State?

  /// Takes a look at a host.
  ///
  /// All is from what is stored of it: neither its runs nor its findings are read. It is nil for a host without a run.
  ///
  /// - Parameters:
  ///   - host: What is known of it.
  ///   - gate: How it comes through the policy's gate; nil where there is none.
  ///   - time: The time to which ages are counted.
  ///   - silentAfter: A host is silent if its newest run is more whole days old.
  package init?(
    _ host: JudgedHost, gate: Gate.HostResult.State?, time: Int64, silentAfter: Int
  ) {
    guard let last = host.findings.runs.first else { return nil }
    let checks = host.findings.known.checks
    var (open, waived) = (OpenTally(), 0)
    for verdict in host.verdicts where verdict.outcome == .fail {
      if verdict.isWaived { waived += 1 } else { open.add(verdict.severity) }
    }
    name = host.name
    newest = host.findings.runs.map { run in
      Newest(
        tool: checks.release(run.release).tool, startedAt: run.startedAt,
        isComplete: run.isComplete)
    }
    lastRun = last.startedAt
    age = Age(since: last.startedAt, until: time)
    isSilent = age.days > silentAfter
    self.open = open
    self.waived = waived
    books = host.findings.books
    compliance = host.compliance
    self.gate = gate
  }

  /// How many failures began since the run before: regressed, or newly seen.
  package var worse: Int { books.worse }

  /// How many failures were fixed since the run before.
  package var fixed: Int { books[.fixed] }
}

package import BenchModel

/// Why a use case could not do what was asked, beside what a repository throws.
package enum ServiceError: Error, Hashable, Sendable {
  /// There is nothing to read.
  case noRuns(host: String?)
  /// There was nothing to read at a time, in seconds since 1970.
  case noRunsUntil(host: String?, Int64)
  /// There was nothing to read before now, which is that time by the clock, and there are runs that begin later.
  case noRunsYet(host: String?, Int64)
  /// The run of a name is of a host that was not asked for.
  case otherHost(name: String, host: String)
  /// One host is to be named, and several have runs; the first of them.
  case severalHosts([String])
  /// Two runs can't be compared.
  case incomparable(Incomparable)
  /// No run is meant by what was asked.
  case nothingMeant

  /// No run has a check of what a name means: of one host where it was asked for, with the editions of the runs.
  case notEvaluated(name: String, controls: [ControlID], host: String?, editions: [String])

  /// The log of a run was not kept.
  case noEvidence(run: String)

  /// The name that a host is to get has runs.
  case hostHasRuns(host: String, name: String)
  /// The policy gives the name that a host is to get another one.
  case hostIsRenamed(String, current: String)

  /// Why two runs can't be compared.
  package enum Incomparable: Hashable, Sendable {
    /// One checks Docker and the other Kubernetes.
    case tools(Tool, Tool)
    /// The editions have no check in common.
    case editions(String?, String?)
    /// The host has no other run to compare with.
    case onlyRun(host: String)
  }
}

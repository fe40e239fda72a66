package import BenchModel

/// Why a use case could not do what was asked, beside what a repository throws.
package enum ServiceError: Error, Hashable, Sendable {
  /// There is nothing to read.
  case noRuns(host: String?)
  /// Two runs can't be compared.
  case incomparable(Incomparable)
  /// No run is meant by what was asked.
  case nothingMeant

  /// No run has a check of what a name means: of one host where it was asked for, with the editions of the runs.
  case notEvaluated(name: String, controls: [ControlID], host: String?, editions: [String])

  /// The log of a run was not kept.
  case noEvidence(run: String)

  /// Why two runs can't be compared.
  package enum Incomparable: Hashable, Sendable {
    /// One checks Docker and the other Kubernetes.
    case tools(Tool, Tool)
    /// The editions have no check in common.
    case editions(String?, String?)
    /// The host has no other run to compare with.
    case onlyRun(host: String)
    /// The run that was named is the newest one itself.
    case isNewest(name: String, host: String)
  }
}

/// How the gate takes the first run of a host and system, of which no failure can be told to be new.
package enum FirstRun: String, Hashable, Sendable, CaseIterable {
  /// The host is not measurable.
  case fail
  /// The host passes unless another threshold fails, and nothing more is said.
  case pass
  /// The host passes unless another threshold fails, and is named as new.
  case report
}

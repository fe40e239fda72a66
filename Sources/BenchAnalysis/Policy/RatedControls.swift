import BenchHistory
import BenchModel
private import Synchronization

/// What a policy says of a control, whatever the host.
struct RatedControl: Sendable {
  var severity: Severity?
  /// The positions of the waivers that hold for the control on some host.
  var waivers: [Int]
  /// The positions of its attestations.
  var attestations: [Int]

  init(_ control: ControlID?, _ judgement: Judgement) {
    let policy = judgement.policy
    severity = policy.severity(of: control)
    waivers = policy.waivers.indices.filter {
      policy.waivers[$0].holds(at: judgement.time)
        && policy.waivers[$0].coverage.covers(control, policy)
    }
    attestations = policy.attestations.indices.filter {
      policy.attestations[$0].coverage.covers(control, policy)
    }
  }
}

/// What a policy says of the checks of a history, by their numbers.
final class RatedControls: Sendable {
  private let known = Mutex<(checks: CheckKeys.Token, table: [RatedControl?])?>(nil)

  /// Calls a closure with the table of the checks.
  func withTable<T>(of checks: CheckKeys, _ body: (inout [RatedControl?]) -> T) -> T {
    known.withLock { known in
      var table = known.flatMap { $0.checks === checks.token ? $0.table : nil } ?? []
      known = nil
      if table.isEmpty { table = Array(repeating: nil, count: checks.count) }
      defer { known = (checks.token, table) }
      return body(&table)
    }
  }
}

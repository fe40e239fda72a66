import BenchHistory
import BenchModel

/// What an event says of its finding, by the numbers of the schema.
enum OCSFActivity: Int {
  /// The finding is there since the run that the event is about.
  case create = 1
  /// It was there before.
  case update = 2
  /// There is none, or none any more.
  case close = 3

  /// Creates what the event of a finding says.
  ///
  /// What failed, passed and fails again is created again, as it was closed between.
  init(_ finding: SharedFinding) {
    switch finding.verdict {
    case .pass, .notApplicable: self = .close
    case .fail, .manual, .info: self = Self.isNew(finding) ? .create : .update
    }
  }

  private static func isNew(_ finding: SharedFinding) -> Bool {
    if finding.isLeftOut { return false }
    if finding.finding.outcome == .fail, finding.hasSince { return finding.beginsWithRun }
    // Since when something is for a person to decide is not kept: the base tells whether it was.
    guard finding.isCompared else { return true }
    guard let change = finding.change, change.head != nil else { return false }
    switch change.base?.outcome {
    case nil, .pass, .notApplicable: return true
    case .fail, .manual, .info: return false
    }
  }
}

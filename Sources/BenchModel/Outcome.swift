/// What a finding means, whatever word the tool printed for it.
package enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
  /// The control holds.
  case pass = 0
  /// The control is broken.
  case fail = 1
  /// A person must decide.
  case manual = 2
  /// The tool reports something and gives no verdict.
  case info = 3
  /// There is nothing on this host that the control could be about.
  case notApplicable = 4

  /// The name used in every machine format, such as `notApplicable`.
  package var name: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .manual: "manual"
    case .info: "info"
    case .notApplicable: "notApplicable"
    }
  }
}

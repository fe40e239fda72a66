/// The word that a tool printed for a check, which says less than it seems to.
///
/// docker-bench-security's WARN is a failed check, kube-bench's is one that could not be carried
/// out: see ``Outcome`` for the meaning.
package enum Status: UInt8, Hashable, Sendable, CaseIterable {
  case pass = 0
  case warn = 1
  case info = 2
  case note = 3
  case fail = 4
  /// A result without a word, as in `"1.4": "docker:x:105:alice"` of docker-bench-security 1.3.4.
  case absent = 5

  /// The word as printed, in capitals; empty for ``absent``.
  package var word: String {
    switch self {
    case .pass: "PASS"
    case .warn: "WARN"
    case .info: "INFO"
    case .note: "NOTE"
    case .fail: "FAIL"
    case .absent: ""
    }
  }
}

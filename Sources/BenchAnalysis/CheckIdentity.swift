import BenchCatalog
import BenchModel

/// By what a finding of one run is known again in another.
///
/// A control is known by its slug. A check without one is known by its id, where both runs are of one edition and
/// neither has the id twice, and else by its id and title: what an id means in another edition is not known.
struct CheckIdentity {
  private let isOneEdition: Bool
  private let repeated: Set<String>

  init(_ base: [Finding], _ head: [Finding], isOneEdition: Bool) {
    self.isOneEdition = isOneEdition
    var repeated: Set<String> = []
    if isOneEdition {
      for findings in [base, head] {
        var seen: Set<String> = []
        for finding in findings where finding.control == nil {
          if !seen.insert(finding.checkID).inserted { repeated.insert(finding.checkID) }
        }
      }
    }
    self.repeated = repeated
  }

  /// The key of a finding.
  func key(_ finding: Finding) -> String {
    if let control = finding.control { return control }
    if isOneEdition, !repeated.contains(finding.checkID) { return finding.checkID + " " }
    return finding.checkID + " " + finding.titleWithoutMarks
  }

  /// Whether two runs of one edition print their common checks alike, to the letter: else they are of two releases of
  /// the tool.
  static func areTitlesEqual(_ base: [Finding], _ head: [Finding]) -> Bool {
    var titles: [String: Set<String>] = [:]
    for finding in base { titles[finding.checkID, default: []].insert(finding.title) }
    return head.allSatisfy { titles[$0.checkID]?.contains($0.title) ?? true }
  }
}

package import BenchAnalysis
import BenchCatalog
package import BenchHistory
import BenchModel

/// What the newest runs changed, in a few words for people who are told of it.
///
/// What the policy accepts is no news, nor is what differs because the check's logic changed.
package struct ChangeDigest: Sendable {
  /// A control that changed on a host.
  struct Change: Sendable {
    let severity: Severity?
    let control: ControlID?
    let checkID: String
    /// The catalogue's title, or the printed one of a check that it does not know.
    let title: String
    /// The items that are open; those that came, where the failure stayed.
    let items: [String]
  }

  /// A host and system with what changed.
  struct Host: Sendable {
    let name: String
    let run: RunSummary
    let base: RunSummary
    let worse: [Change]
    let moreItems: [Change]
    let fixed: [Change]
  }

  /// The hosts on which something changed, the most worsened first.
  let hosts: [Host]
  /// Whether nothing changed.
  package var isEmpty: Bool { hosts.isEmpty }

  var worse: Int { hosts.reduce(0) { $0 + $1.worse.count } }
  var moreItems: Int { hosts.reduce(0) { $0 + $1.moreItems.count } }
  var fixed: Int { hosts.reduce(0) { $0 + $1.fixed.count } }

  /// Collects what changed.
  ///
  /// - Parameters:
  ///   - fleet: Each host's newest run against the one before it.
  ///   - judgement: The policy.
  package init(_ fleet: FleetComparison, _ judgement: Judgement) {
    hosts = fleet.changed.compactMap { change in
      let host = change.head.host
      func changes(_ isMeant: (ControlChange) -> Bool) -> [Change] {
        SeverityOrder.sorted(change.comparison.changes.filter(isMeant), judgement.policy) {
          ($0.control, ($0.head ?? $0.base)?.checkID ?? "")
        }.compactMap { Change($0, judgement, host: host) }
      }
      let own = Host(
        name: host, run: change.head, base: change.base, worse: changes(\.isWorse),
        moreItems: changes(\.hasMoreItems),
        fixed: changes { $0.change == .fixed && !$0.isDoubtful })
      return own.worse.isEmpty && own.moreItems.isEmpty && own.fixed.isEmpty ? nil : own
    }
  }

  /// The numbers in a sentence without its stop.
  var headline: String {
    guard !isEmpty else { return "Nothing changed" }
    return Self.counts(worse, moreItems, fixed) + " on " + TrendReport.count(hosts.count, "host")
  }

  static func counts(_ worse: Int, _ moreItems: Int, _ fixed: Int) -> String {
    [
      worse > 0 ? "\(worse) worse" : "", moreItems > 0 ? "\(moreItems) with more items" : "",
      fixed > 0 ? "\(fixed) fixed" : "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension ChangeDigest.Change {
  /// Describes a change; nil for a failure that is accepted.
  fileprivate init?(_ change: ControlChange, _ judgement: Judgement, host: String) {
    guard var finding = change.head ?? change.base else { return nil }
    if change.change == .stillFailing { finding.items = change.itemsAdded }
    let judged = judgement.judge(finding, host: host)
    if finding.outcome == .fail, !judged.isOpen { return nil }
    control = finding.control
    checkID = finding.checkID
    severity = judgement.policy.severity(of: finding.control)
    title = judgement.policy.title(of: finding)
    items = finding.outcome == .fail ? RunReport.names(judged.openItems) : []
  }
}

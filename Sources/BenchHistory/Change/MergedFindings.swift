package import BenchModel

extension Finding {
  /// Brings findings of one control together: an edition may have it under two ids.
  ///
  /// - Parameters:
  ///   - findings: The findings of a run.
  ///   - key: By what a finding is known; nil leaves it out.
  /// - Returns: The findings by their keys, and the keys in the order in which they stand.
  package static func merged<Key: Hashable>(
    _ findings: [Finding], by key: (Finding) -> Key?
  ) -> (findings: [Key: Finding], order: [Key]) {
    var merged: [Key: Finding] = [:]
    var order: [Key] = []
    var known: [Key: Set<Item>] = [:]
    for finding in findings {
      guard let key = key(finding) else { continue }
      guard let other = merged[key] else {
        merged[key] = finding
        order.append(key)
        continue
      }
      if known[key] == nil { known[key] = Set(other.items) }
      for item in finding.items where known[key]?.insert(item).inserted == true {
        merged[key]?.items.append(item)
      }
      if finding.outcome == .fail { merged[key]?.outcome = .fail }
      if finding.itemsTruncated { merged[key]?.itemsTruncated = true }
    }
    return (merged, order)
  }
}

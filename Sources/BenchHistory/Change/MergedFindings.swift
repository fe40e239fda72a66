package import BenchModel

extension Finding {
  /// Brings findings of several controls together, those of each.
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
    var repeated: [Key: [Finding]] = [:]
    merged.reserveCapacity(findings.count)
    for finding in findings {
      guard let key = key(finding) else { continue }
      if let first = merged[key] {
        repeated[key, default: [first]].append(finding)
      } else {
        merged[key] = finding
        order.append(key)
      }
    }
    for (key, findings) in repeated { merged[key] = self.merged(findings) }
    return (merged, order)
  }

  /// Brings findings of one control together: an edition may have it under two ids.
  ///
  /// - Parameter findings: The findings of a run that are of the control.
  /// - Returns: The first with what the others add; nil if there is none.
  package static func merged(_ findings: [Finding]) -> Finding? {
    guard var merged = findings.first, findings.count > 1 else { return findings.first }
    var known = Set(merged.items)
    for finding in findings.dropFirst() {
      for item in finding.items where known.insert(item).inserted { merged.items.append(item) }
      if finding.outcome == .fail { merged.outcome = .fail }
      if finding.itemsTruncated { merged.itemsTruncated = true }
    }
    return merged
  }
}

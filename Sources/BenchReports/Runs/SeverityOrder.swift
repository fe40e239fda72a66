import BenchAnalysis
import BenchCatalog
import BenchModel

/// The order of failures in a list: the most severe first, and among equals by the ids of their checks.
enum SeverityOrder {
  /// How bad a failure is, from 0 for low to 3 for critical; -1 for a check without a severity.
  static func rank(_ severity: Severity?) -> Int { severity.map { Int($0.rawValue) } ?? -1 }

  /// Sorts what fails.
  ///
  /// - Parameters:
  ///   - failures: What to sort.
  ///   - policy: Says how severe a control is; what has no severity stands last.
  ///   - check: The control and the id of a check.
  /// - Returns: All of them in order; what is equal stays as it was.
  static func sorted<Failure>(
    _ failures: [Failure], _ policy: Policy, _ check: (Failure) -> (ControlID?, String)
  ) -> [Failure] {
    let keys = failures.map { failure in
      let (control, id) = check(failure)
      return (severity: rank(policy.severity(of: control)), id: id)
    }
    return failures.indices.sorted { one, other in
      let (left, right) = (keys[one], keys[other])
      if left.severity != right.severity { return left.severity > right.severity }
      if left.id == right.id { return one < other }
      return NaturalOrder.precedes(left.id, right.id)
    }.map { failures[$0] }
  }
}

extension Policy {
  /// The wanted state in our words, or what the tool printed of a check without a control.
  func title(of finding: Finding) -> String {
    finding.control.flatMap(catalog.controls.control)?.title ?? finding.title
  }
}

extension Tool {
  /// The name where there is little room.
  var shortName: String { self == .dockerBenchSecurity ? "d-b-security" : name }
}

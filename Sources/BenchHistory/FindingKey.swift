import BenchCatalog
package import BenchModel

/// By what a finding of one run is known again in another: the identity of a check, for everything that counts over time.
///
/// A control is known by its slug. A check without one is known by its id and its title without the marks that say how it
/// is judged: ids move between editions, and what one means in another edition is not known. Where releases of one edition
/// word it otherwise, ``ChangeRule/reworded(from:to:)`` finds it.
package struct FindingKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The slug, or the id and the title with a blank between them; no slug has a blank.
  package let description: String

  /// Creates the key of a check as printed.
  package init(control: ControlID?, checkID: String, title: String) {
    description = control ?? checkID + " " + Finding.withoutMarks(title)
  }

  package static func < (lhs: FindingKey, rhs: FindingKey) -> Bool {
    lhs.description < rhs.description
  }
}

extension Finding {
  /// By what the finding is known again.
  package var key: FindingKey {
    FindingKey(control: control, checkID: checkID, title: title)
  }
}

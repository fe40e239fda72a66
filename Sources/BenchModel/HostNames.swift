/// The names that hosts have now, where a team's policy renames them.
package struct HostNames: Hashable, Sendable {
  private let renames: [String: String]

  /// Creates names by the old ones.
  package init(renames: [String: String] = [:]) { self.renames = renames }

  /// The name that a host has now.
  ///
  /// A host may have been renamed more than once.
  package func current(_ name: String) -> String {
    var current = name
    // A circle leads back here.
    for _ in renames.indices {
      guard let next = renames[current] else { break }
      current = next
    }
    return current
  }

  /// All names that the host of a name has or had, its current one first.
  package func all(of name: String) -> [String] {
    let current = current(name)
    return [current] + renames.keys.filter { $0 != current && self.current($0) == current }.sorted()
  }
}

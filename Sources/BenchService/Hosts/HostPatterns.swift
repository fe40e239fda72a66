package import BenchHistory
import BenchModel

/// The hosts that names and patterns stand for.
package enum HostPatterns {
  /// Looks up hosts.
  ///
  /// - Parameters:
  ///   - typed: Names that hosts have or had, and patterns such as `web-*`; a host may be called so itself.
  ///   - repository: Where the runs are.
  /// - Returns: The names that the hosts have now, each once.
  /// - Throws: ``ServiceError/noRuns(host:)`` for a name or a pattern of no host, or the repository's errors.
  package static func names(
    _ typed: [String], in repository: any RunRepository
  ) throws -> [String] {
    var names: [String] = []
    for name in typed {
      let found =
        if try repository.hasHost(name) {
          [repository.hostNames.current(name)]
        } else if isPattern(name) {
          try repository.hosts().filter(Glob(name).matches)
        } else {
          [] as [String]
        }
      guard !found.isEmpty else { throw ServiceError.noRuns(host: name) }
      for host in found where !names.contains(host) { names.append(host) }
    }
    return names
  }

  /// Whether a name stands for several hosts.
  package static func isPattern(_ name: String) -> Bool {
    name.contains { $0 == "*" || $0 == "?" }
  }
}

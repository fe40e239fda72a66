package import BenchHistory
import BenchModel

/// Gives a host another name in the repository.
///
/// The names of a policy are a view: its runs keep the name that they were imported under. This changes that name.
package enum RenameHost {
  /// Renames a host, or makes it one with another.
  ///
  /// - Parameters:
  ///   - host: The host, by any name that it has or had.
  ///   - name: The name that it gets.
  ///   - merging: Whether the name may be one that has runs already.
  ///   - time: When it is done, in seconds since 1970.
  ///   - repository: Where the runs are.
  /// - Returns: What became of the runs.
  /// - Throws: ``ServiceError``, or the repository's errors.
  package static func run(
    _ host: String, to name: String, merging: Bool, at time: Int64, in repository: any RunRepository
  ) throws -> HostRenaming {
    let names = repository.hostNames
    guard try repository.hasHost(host) else { throw ServiceError.noRuns(host: host) }
    guard names.current(name) == name else {
      throw ServiceError.hostIsRenamed(name, current: names.current(name))
    }
    // Two names that the policy has for one host are one host already.
    if !merging, names.current(host) != name, try repository.hasHost(name) {
      throw ServiceError.hostHasRuns(host: host, name: name)
    }
    return try repository.write(isDryRun: false) { try $0.rename(host, to: name, at: time) }
  }
}

import ArgumentParser
import BenchAnalysis
import BenchStorage

extension StoreOptions {
  /// Opens the database for a change, or to say what the change would be.
  ///
  /// - Parameters:
  ///   - policy: Has the names that hosts have now.
  ///   - isDryRun: Whether the runs stay as they are.
  /// - Returns: The database.
  /// - Throws: ``Failure``
  func openToCare(_ policy: Policy, isDryRun: Bool) throws -> RunStore {
    guard isDryRun else { return try openToWrite(policy) }
    var store = try open()
    store.hostNames = policy.hostNames
    try Failure.wording { [store] in try Output.noteUnderstanding(of: store) }
    return store
  }
}

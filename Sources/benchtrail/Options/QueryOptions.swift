import ArgumentParser
import BenchAnalysis
import BenchHistory
import BenchInput
import BenchModel
import BenchReports
import BenchService
import BenchStorage

/// The database, the policy and the time that a question is answered by.
struct QueryOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var asOf: AsOfOptions

  /// A question, where it is put, and what the answer goes by.
  struct Question {
    var repository: any RunRepository
    var query: HostQuery
    var basis: Basis
  }

  /// Opens the database, with the names that hosts have by the policy in force, and puts the question.
  ///
  /// - Parameters:
  ///   - hosts: The hosts that are meant.
  ///   - findings: The findings that are meant.
  /// - Returns: The question.
  /// - Throws: ``Failure``
  func open(
    _ hosts: HostOptions? = nil, _ findings: FindingOptions? = nil
  ) throws -> Question {
    let catalog = try store.catalog.load()
    // What is wrong with a filter is said before anything is read.
    let filter = try findings?.filter(catalog) ?? FindingFilter()
    var store = try store.open()
    let inForce = try policy.inForce(at: asOf.pastTime, catalog, in: store)
    store.hostNames = inForce.policy.hostNames
    try Failure.wording { [store] in try Output.noteUnderstanding(of: store) }
    var query = query(inForce.policy)
    query.hosts = try hosts?.names(in: store) ?? []
    query.labels = hosts?.pairs ?? []
    query.until = try query.until ?? Failure.wording { [store] in try store.present(at: Host.now) }
    query.findings = filter
    return Question(
      repository: store, query: query, basis: asOf.basis(inForce.source, filter: findings?.words))
  }

  /// The policy in force, and where it is from; without a database it is the file as it is.
  ///
  /// - Throws: ``Failure``
  func policyInForce() throws -> (policy: Policy, source: PolicySource?) {
    let catalog = try store.catalog.load()
    guard asOf.pastTime != nil, store.isNamed || LogFile.exists(store.location) else {
      let policy = try policy.load(catalog)
      return (policy, self.policy.absolutePath.map { PolicySource(.current, path: $0) })
    }
    let found = try policy.inForce(at: asOf.pastTime, catalog, in: store.open())
    return (found.policy, found.source)
  }

  /// The question, without a database.
  func query(_ policy: Policy) -> HostQuery {
    HostQuery(asOf: asOf.end, policy: policy, time: asOf.time)
  }
}

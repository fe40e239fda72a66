import ArgumentParser
import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService

/// The database, the policy and the time that a question is answered by.
struct QueryOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions

  /// Opens the database, with the names that hosts have by the policy, and puts the question.
  ///
  /// - Throws: ``Failure``
  func open(
    _ hosts: HostOptions? = nil, host: String? = nil
  ) throws -> (repository: any RunRepository, query: HostQuery) {
    let policy = try policy.load(store.catalog.load())
    return (try store.open(policy), query(policy, hosts, host: host))
  }

  /// The question, without a database.
  func query(_ policy: Policy, _ hosts: HostOptions? = nil, host: String? = nil) -> HostQuery {
    HostQuery(
      host: hosts?.host ?? host, labels: hosts?.labels.map { ($0.key, $0.value) } ?? [],
      until: self.policy.asOfTime, policy: policy, time: self.policy.time)
  }
}

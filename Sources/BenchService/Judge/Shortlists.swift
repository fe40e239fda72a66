import BenchAnalysis
import BenchCatalog
package import BenchHistory
import BenchModel
package import BenchRemedy
package import BenchReports
import BenchPolicy

extension HostQuery {
  /// What to fix first.
  ///
  /// - Parameters:
  ///   - limit: The most fixes.
  ///   - own: A `daemon.json` to merge into.
  ///   - mostTexts: The most texts of a kind to apply: those for most hosts.
  ///   - repository: Where the runs are.
  /// - Returns: The fixes, the most urgent first.
  /// - Throws: ``ServiceError`` or the repository's errors.
  package func shortlist(
    limit: Int, merging own: OwnDaemonJSON?, mostTexts: Int = .max,
    in repository: any RunRepository
  ) throws -> Shortlist {
    try repository.history(filter) { history in
      let reading = HostReading(history, catalog)
      var plan = FixPlan(reading, judgement)
      let count = try forEach(reading) { plan.add($0.now) }
      guard count > 0 else { throw noRuns }
      let (remedies, ranking, unmapped) = try plan.fixes(limit: limit)
      return Shortlist(
        remedies, ranking: ranking, model: policy.threatModel(), limit: limit, own: own,
        unmapped: unmapped, mostTexts: mostTexts)
    }
  }
}

/// What is open on hosts that are added one by one, by the fixes that close it.
struct FixPlan {
  private var ranking: RankingBuilder
  private var open: OpenFailures
  private let catalog: Catalog

  init(_ reading: HostReading, _ judgement: Judgement) {
    ranking = RankingBuilder(by: .fix, judgement)
    open = OpenFailures(reading, judgement.policy)
    catalog = judgement.policy.catalog
  }

  mutating func add(_ host: JudgedHost) {
    ranking.add(host)
    open.add(host)
  }

  /// The most urgent fixes.
  ///
  /// - Parameter limit: Of so many fixes the findings are read.
  /// - Returns: The failures by fix, all failures ranked by fix, and how many are of checks that no edition knows.
  /// - Throws: The repository's errors.
  func fixes(limit: Int) throws -> (remedies: Remedies, ranking: Ranking, unmapped: Int) {
    let ranking = ranking.build()
    let fixes = Set(catalog.advice.fixes.map(\.id))
    let possible = open.possibleFixes()
    let chosen = ranking.entries.map(\.name).filter(possible.contains).prefix(limit)
    // Of the others it is said why there is nothing to change.
    let others = fixes.subtracting(possible)
    return (try open.remedies(of: Set(chosen).union(others)), ranking, open.unmapped)
  }
}

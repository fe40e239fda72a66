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
      var builder = RankingBuilder(by: .fix, judgement)
      var open = OpenFailures(reading, policy)
      let count = try forEach(reading) { host in
        builder.add(host.now)
        open.add(host.now)
      }
      guard count > 0 else { throw noRuns }
      let ranking = builder.build()
      let fixes = Set(catalog.advice.fixes.map(\.id))
      let possible = open.possibleFixes()
      let chosen = ranking.entries.map(\.name).filter(possible.contains).prefix(limit)
      // Of the others the shortlist says why there is nothing to change.
      let others = fixes.subtracting(possible)
      return Shortlist(
        try open.remedies(of: Set(chosen).union(others)), ranking: ranking,
        model: policy.threatModel(),
        limit: limit, own: own, unmapped: open.unmapped, mostTexts: mostTexts)
    }
  }
}

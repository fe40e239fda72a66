import BenchModel

/// Finds the benchmark of a run of Aqua docker-bench or kube-bench.
///
/// docker-bench prints its name in its first line, and kube-bench in its JSON; a few have one name. The rule among
/// those, or, without a name, among all, in this order:
///
/// 1. most of the run's (id, title) pairs known to the edition;
/// 2. fewest of the edition's own checks missing from the parts (1, 2 ...) that the run has; of a few lines that were cut
///    out of a log this says nothing, so an edition of a distribution or a cloud is not taken for it;
/// 3. fewest marks, such as `(Manual)`, that are not the edition's: a distribution changes these more than titles;
/// 4. an edition of the distribution whose paths the run names;
/// 5. an edition of CIS's own line;
/// 6. the newest; of editions of a line that have the same checks throughout, the first.
///
/// What 5 and 6 decide is a guess between editions that fit alike. Where an edition knows less than half of the pairs, the
/// ids alone decide, and that is a guess too.
struct BenchmarkInference {
  /// The edition of a run.
  struct Result {
    /// The position in ``BenchmarkCatalog/editions``.
    var edition: Int
    /// Other editions that fit as well.
    var rivals: [Int] = []
    /// The name that the run gives to its edition, if no edition is called so.
    var unlisted: String?
    /// How many of the run's pairs the edition knows, where that is too few to tell it by them.
    var fewKnown: Int?
  }

  let catalog: BenchmarkCatalog
  let checks: [KnownCheck]
  /// The line of the distribution whose paths the run names.
  var distribution: String?

  /// Finds the edition; nil if none knows any of the run's checks.
  ///
  /// - Parameter names: What the run calls its edition.
  /// - Returns: The edition, with others that fit as well, or nil.
  func result(named names: [String]) -> Result? {
    var matches = [Int](repeating: 0, count: catalog.editions.count)
    for check in checks {
      for edition in matches.indices where check.editions.contains(edition) {
        matches[edition] += 1
      }
    }
    let most = matches.max() ?? 0
    let named = matches.indices.filter { catalog.editions[$0].isCalled(names) }
    // A name that two benchmarks had at different times is only believed with its checks.
    if let best = named.map({ matches[$0] }).max(), best * 5 >= most * 4 {
      var result = choose(named.filter { matches[$0] == best })
      if let line = result.map({ catalog.editions[$0.edition].line }) {
        result?.rivals.removeAll { catalog.editions[$0].line == line }
      }
      return result
    }
    guard most > 0 else { return nil }
    if most * 2 < checks.count { return byIDs(matches) }
    var result = choose(matches.indices.filter { matches[$0] == most })
    if named.isEmpty { result?.unlisted = names.first }
    return result
  }

  /// The edition with most of the run's ids, one of CIS's own before others.
  private func byIDs(_ matches: [Int]) -> Result? {
    let ids = Set(checks.map(\.id))
    var counts = [Int](repeating: 0, count: catalog.editions.count)
    for id in ids {
      var editions = VersionSet()
      for row in catalog.rows where row.id == id { editions.formUnion(row.editions) }
      for edition in counts.indices where editions.contains(edition) { counts[edition] += 1 }
    }
    func isLess(_ one: Int, _ other: Int) -> Bool {
      func key(_ edition: Int) -> (Int, Int, Int) {
        (catalog.editions[edition].isCIS ? 1 : 0, counts[edition], matches[edition])
      }
      return key(one) <= key(other)
    }
    let candidates = counts.indices.filter { matches[$0] > 0 }
    return candidates.max(by: isLess).map { Result(edition: $0, fewKnown: matches[$0]) }
  }

  /// Whether two editions of a line have the same checks with the same controls throughout.
  private func areSame(_ one: Int, _ other: Int) -> Bool {
    one == other
      || (catalog.editions[one].line == catalog.editions[other].line
        && catalog.rows.allSatisfy { $0.editions.contains(one) == $0.editions.contains(other) })
  }

  /// How many of the run's titles have another mark behind them than those of an edition.
  private func wrongMarks(_ edition: Int) -> Int {
    let marks = catalog.editions[edition].marks
    if marks.isEmpty { return 0 }
    return checks.count { check in marks[check.id].map { !check.text.hasSuffix($0) } ?? false }
  }

  /// Chooses among editions that know equally many of the run's checks.
  private func choose(_ fitting: [Int]) -> Result? {
    let sections = Set(checks.map { check in String(check.id.prefix { $0 != "." && $0 != "-" }) })
    func missing(_ edition: Int) -> Int {
      var known: Set<String> = []
      for check in checks {
        guard let row = catalog.row(check.rows, in: edition) else { continue }
        let control = row.control.map { catalog.controls.all[$0].id }
        known.insert(control ?? row.id)
      }
      return sections.reduce(0) { $0 + (catalog.editions[edition].checks[$1]?.count ?? 0) }
        - known.count
    }
    func fewestMissing(_ editions: [Int]) -> (editions: [Int], count: Int) {
      let fewest = editions.map(missing).min() ?? 0
      return (editions.filter { missing($0) == fewest }, fewest)
    }
    var (best, fewest) = fewestMissing(fitting)
    /// Editions of other lines that would fit better if the run were whole.
    var others: [Int] = []
    let own = fitting.filter { catalog.editions[$0].isCIS }
    // A few lines that were cut out of a log tell no list of checks from another.
    if !own.isEmpty, !best.contains(where: own.contains), fewest * 4 > checks.count {
      others = best
      (best, fewest) = fewestMissing(own)
    }
    let isExcerpt = fewest * 2 > checks.count
    if let most = best.map(wrongMarks).min(), !isExcerpt || !best.contains(where: own.contains) {
      best = best.filter { wrongMarks($0) == most }
    }
    let named = best.filter { catalog.editions[$0].line == distribution }
    if !named.isEmpty { best = named }
    let bestOwn = best.filter { catalog.editions[$0].isCIS }
    guard let newest = bestOwn.last ?? best.last else { return nil }
    let edition = best.first { areSame($0, newest) } ?? newest
    // To which of those that are the same in all it belongs makes no difference.
    return Result(edition: edition, rivals: (best + others).filter { !areSame($0, edition) })
  }
}

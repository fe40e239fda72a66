import BenchModel

/// Finds the benchmark of a run of Aqua docker-bench or kube-bench.
///
/// docker-bench prints its name in its first line, and kube-bench in its JSON; a few have one name. The rule among
/// those, or, without a name, among all, in this order:
///
/// 1. most of the run's (id, title) pairs known to the edition;
/// 2. fewest of the edition's own checks missing from the parts (1, 2 ...) that the run has;
/// 3. fewest marks, such as `(Manual)`, that are not the edition's, of the few editions that differ in nothing else;
/// 4. an edition whose checks have controls;
/// 5. the newest.
///
/// What 4 and 5 decide is a guess between editions that fit alike.
struct BenchmarkInference {
  /// The edition of a run.
  struct Result {
    /// The position in ``BenchmarkCatalog/editions``.
    var edition: Int
    /// Other editions that fit as well.
    var rivals: [Int] = []
    /// The name that the run gives to its edition, if no edition is called so.
    var unlisted: String?
  }

  let catalog: BenchmarkCatalog
  let checks: [KnownCheck]

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
      if let edition = result?.edition, catalog.editions[edition].isMapped { result?.rivals = [] }
      return result
    }
    guard most > 0 else { return nil }
    var result = choose(matches.indices.filter { matches[$0] == most })
    if named.isEmpty { result?.unlisted = names.first }
    return result
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
        known.insert(catalog.editions[edition].isMapped ? control ?? row.id : row.id)
      }
      return sections.reduce(0) { $0 + (catalog.editions[edition].checks[$1]?.count ?? 0) }
        - known.count
    }
    guard let fewest = fitting.map(missing).min() else { return nil }
    var best = fitting.filter { missing($0) == fewest }
    if let most = best.map(wrongMarks).min() { best = best.filter { wrongMarks($0) == most } }
    guard let edition = best.last(where: { catalog.editions[$0].isMapped }) ?? best.last else {
      return nil
    }
    return Result(edition: edition, rivals: best.filter { $0 != edition })
  }
}

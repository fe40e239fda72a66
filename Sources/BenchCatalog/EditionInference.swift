import BenchModel

/// Finds the edition of a run, and the versions that it can be from, by what the run printed.
///
/// The printed version does not tell the numbering (v1.6.0 and v1.6.1 both print 1.6.0, and 40 of the
/// 131 ids that they share mean something else). The rule, in this order:
///
/// 1. most of the run's (id, title) pairs known to the edition;
/// 2. the edition has a version that prints the version that the run names;
/// 3. most titles known to the letter, marks such as `(Scored)` included;
/// 4. fewest of the edition's own pairs missing from the run.
///
/// On a tie the older edition is taken: all tied ones give the run's checks the same controls.
struct EditionInference {
  /// A check of the run with the rows of the catalogue that it may be.
  struct Candidate {
    var title: Title
    /// Rows with the check's id and title; of any edition.
    var rows: [Int]
    /// Whether the check has no title, or one that was cut off, so that only its id speaks.
    var isByID: Bool
  }

  let catalog: Catalog
  let candidates: [Candidate]
  /// The version that the run names, if it names one.
  let printedVersion: String?

  /// The position of the edition in ``Catalog/editions``, or nil if no check is known.
  func edition() -> Int? {
    var matches = [Int](repeating: 0, count: catalog.editions.count)
    var exact = matches
    var seen = [Set<String>](repeating: [], count: catalog.editions.count)
    for candidate in candidates {
      for row in Set(candidate.rows.map { catalog.rows[$0].edition }) { matches[row] += 1 }
      for number in candidate.rows {
        let row = catalog.rows[number]
        seen[row.edition].insert(row.id)
        if !candidate.isByID, row.title.exact == candidate.title.exact { exact[row.edition] += 1 }
      }
    }
    let scores = catalog.editions.indices.map { number in
      let edition = catalog.editions[number]
      return (
        matches: matches[number], printed: prints(edition) ? 1 : 0, exact: exact[number],
        missing: -(edition.checks.count - seen[number].count)
      )
    }
    var best: Int?
    for number in scores.indices where scores[number].matches > 0 {
      if let other = best, scores[other] >= scores[number] { continue }
      best = number
    }
    return best
  }

  private func prints(_ edition: Edition) -> Bool {
    guard let printedVersion else { return true }
    return catalog.versions.indices.contains {
      edition.versions.contains($0) && catalog.versions[$0].printed == printedVersion
    }
  }

  /// The versions that a run of an edition can be from.
  ///
  /// - Parameters:
  ///   - edition: The position of the edition.
  ///   - details: The versions of each line below a check that was recognised.
  /// - Returns: The versions, tagged ones alone where there are any: people run releases, or the newest
  ///   state of the tool, and seldom what a day of development left between two of them.
  func versions(of edition: Int, details: [VersionSet]) -> VersionSet {
    var set = catalog.editions[edition].versions
    if let printedVersion {
      var printing = VersionSet()
      for (position, version) in catalog.versions.enumerated()
      where version.printed == printedVersion {
        printing.insert(position)
      }
      set.narrow(to: printing)
    }
    for candidate in candidates where !candidate.isByID {
      var union = VersionSet()
      for number in candidate.rows {
        let row = catalog.rows[number]
        guard row.edition == edition, row.title.exact == candidate.title.exact else { continue }
        union.formUnion(row.versions)
      }
      if !union.isEmpty { set.narrow(to: union) }
    }
    for detail in details { set.narrow(to: detail) }
    var released = VersionSet()
    for (position, version) in catalog.versions.enumerated()
    where version.isTagged || position == catalog.versions.count - 1 {
      released.insert(position)
    }
    set.narrow(to: released)
    return set
  }
}

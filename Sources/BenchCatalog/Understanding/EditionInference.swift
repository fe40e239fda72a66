import BenchModel

/// Finds the edition of a run, and the versions that it can be from, by what the run printed.
///
/// The printed version does not tell the numbering (v1.6.0 and v1.6.1 both print 1.6.0, and 40 of the
/// 131 ids that they share mean something else). The rule, in this order:
///
/// 1. most of the run's (id, title) pairs known to the edition;
/// 2. the edition has a version that prints the version that the run names;
/// 3. most features of the output, such as a score, that some version of the edition has;
/// 4. most titles known to the letter, marks such as `(Scored)` included;
/// 5. the run can be from a release, and not only from the days between two of them;
/// 6. fewest of the edition's own pairs missing from the run;
/// 7. the newest edition.
///
/// An edition that knows less than half of the pairs is none. What 5 to 7 decide is a guess between editions that give the run's checks the same controls.
struct EditionInference {
  let catalog: ScriptCatalog
  let checks: [KnownTitle]
  /// The version that the run names, if it names one.
  let printedVersion: String?
  /// The versions that have each feature of the run's output.
  let features: [VersionSet]

  /// The edition that a run is of.
  struct Result {
    /// The position in ``ScriptCatalog/editions``.
    var edition: Int
    /// Other editions that fit as well.
    var rivals: [Int]
  }

  private struct Score {
    var matches = 0
    var printed = 0
    var features = 0
    var exact = 0
    var released = 0
    var missing = 0

    /// What the run itself tells.
    var evidence: (Int, Int, Int, Int) { (matches, printed, features, exact) }
    /// What decides where the run does not tell.
    var guess: (Int, Int) { (released, -missing) }
  }

  /// Finds the edition; nil if none knows any of the run's checks.
  func result() -> Result? {
    var scores = scores()
    let matched = scores.indices.filter { scores[$0].matches > 0 }
    guard let most = matched.map({ scores[$0].evidence }).max(by: <), isKnown(most.0) else {
      return nil
    }
    let fitting = matched.filter { scores[$0].evidence == most }
    if fitting.count > 1 {
      for number in fitting {
        let meets = narrowed(versions(of: number), to: []).meets(catalog.releases)
        scores[number].released = meets ? 1 : 0
      }
    }
    // The last of equals, which is the newest.
    guard let best = fitting.max(by: { scores[$0].guess <= scores[$1].guess }) else { return nil }
    let rivals = scores.indices.filter {
      $0 != best && scores[$0].evidence == scores[best].evidence
        && scores[$0].released >= scores[best].released
        // A run that lacks little of one edition and much of another is not of the other.
        && scores[$0].missing <= scores[best].missing + 10
    }
    return Result(edition: best, rivals: rivals)
  }

  /// Whether so many known pairs are enough of the run: of another tool of the family a few titles are the same.
  private func isKnown(_ matches: Int) -> Bool {
    matches * 2 >= checks.count { !$0.isHeading && $0.id.utf8.contains(0x2E) }
  }

  private func scores() -> [Score] {
    var scores = [Score](repeating: Score(), count: catalog.editions.count)
    for check in checks where check.editions != 0 {
      for number in scores.indices where check.editions >> UInt64(number) & 1 == 1 {
        scores[number].matches += 1
        scores[number].exact += Int(check.exactEditions >> UInt64(number) & 1)
      }
    }
    for (number, edition) in catalog.editions.enumerated() where scores[number].matches > 0 {
      scores[number].printed = prints(edition) ? 1 : 0
      scores[number].features = features.count { edition.versions.meets($0) }
      scores[number].missing = edition.checks.count - scores[number].matches
    }
    return scores
  }

  private func prints(_ edition: Edition) -> Bool {
    guard let printedVersion else { return true }
    return catalog.versions.enumerated().contains {
      $0.element.printed == printedVersion && edition.versions.contains($0.offset)
    }
  }

  /// The versions that a run of an edition can be from, by all but the lines below its checks.
  ///
  /// - Parameter edition: The position of the edition.
  /// - Returns: The versions.
  func versions(of edition: Int) -> VersionSet {
    var set = catalog.editions[edition].versions
    if let printedVersion {
      var printing = VersionSet()
      for (position, version) in catalog.versions.enumerated()
      where version.printed == printedVersion {
        printing.insert(position)
      }
      set.narrow(to: printing)
    }
    for check in checks {
      if let printing = check.versions(in: edition, catalog) { set.narrow(to: printing) }
    }
    for evidence in features { set.narrow(to: evidence) }
    return set
  }

  /// Narrows versions that a run can be from by the lines below its checks.
  ///
  /// - Parameters:
  ///   - versions: The versions by all else.
  ///   - details: The versions of each line below a check that was recognised.
  /// - Returns: The versions, tagged ones alone where there are any: people run releases, or the newest
  ///   state of the tool, and seldom what a day of development left between two of them.
  func narrowed(_ versions: VersionSet, to details: [VersionSet]) -> VersionSet {
    var set = versions
    for evidence in details { set.narrow(to: evidence) }
    set.narrow(to: catalog.releases)
    return set
  }
}

extension EditionInference {
  /// What a run prints beside its checks that tells its edition.
  struct Condition: Equatable {
    var printedVersion: String?
    var features: [VersionSet]
  }

  /// The edition that runs of the same checks are of, and the versions that each can be from.
  struct Known {
    let result: Result?
    private let inference: EditionInference
    private let versions: [VersionSet]

    /// Finds the edition.
    init(_ inference: EditionInference) {
      self.inference = inference
      result = inference.result()
      let editions = result.map { [$0.edition] + $0.rivals } ?? []
      versions = editions.map(inference.versions)
    }

    /// The versions that a run can be from; nil if its edition is not known.
    ///
    /// - Parameter details: The versions of each line below a check that was recognised.
    /// - Returns: Those of the edition and its rivals.
    func range(_ details: [VersionSet]) -> VersionSet? {
      guard result != nil else { return nil }
      return versions.reduce(into: VersionSet()) {
        $0.formUnion(inference.narrowed($1, to: details))
      }
    }
  }
}

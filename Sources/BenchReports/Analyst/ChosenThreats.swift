import BenchAnalysis
import BenchModel

/// The threats to a system that a document names.
///
/// In rounds, each category gives one threat: exposed ones first, then those that are not settled, of these the most severe.
/// Where a round has fewer places than categories, what is not settled and most severe has them. Where no run tells of the
/// system, the core threats of the model go first, as nothing else tells which matter.
struct ChosenThreats {
  /// In the order of the categories.
  let rows: [ThreatAssessment.Row]
  /// How many threats to the system the model has.
  let total: Int

  /// Chooses threats.
  ///
  /// - Parameters:
  ///   - system: The system.
  ///   - assessment: The threats with what is known of them.
  ///   - most: How many at most; nil for all.
  ///   - severity: How severe a threat is.
  init(
    to system: Threat.System, _ assessment: ThreatAssessment, most: Int?,
    severity: (Threat) -> Severity
  ) {
    let all = assessment.rows.filter { $0.threat.system == system }
    total = all.count
    let isKnown = all.contains { $0.hostCount > 0 }
    func facts(_ place: Int) -> (isOpen: Int, severity: Int, core: Int, category: Int) {
      let (threat, state) = (all[place].threat, all[place].state)
      return (
        isOpen: state == .exposed ? 0 : state.isUnsettled ? 1 : state == .mitigated ? 2 : 3,
        severity: -Int(severity(threat).rawValue), core: threat.isCore ? 0 : 1,
        category: Stride.allCases.firstIndex(of: threat.stride) ?? 0
      )
    }
    /// Within a category.
    func rank(_ place: Int) -> [Int] {
      let own = facts(place)
      return (isKnown ? [own.isOpen, own.severity, own.core] : [own.core, own.severity]) + [place]
    }
    /// Among the first ones of the categories.
    func worth(_ place: Int) -> [Int] {
      let own = facts(place)
      return isKnown
        ? [max(own.isOpen, 1), own.severity, own.isOpen, own.core, own.category]
        : [own.core, own.severity, own.category]
    }
    var left = all.indices.sorted { rank($0).lexicographicallyPrecedes(rank($1)) }
    var chosen: Set<Int> = []
    while !left.isEmpty, chosen.count < most ?? .max {
      var seen: Set<Stride> = []
      let round = left.filter { seen.insert(all[$0].threat.stride).inserted }
        .sorted { worth($0).lexicographicallyPrecedes(worth($1)) }
        .prefix((most ?? .max) - chosen.count)
      chosen.formUnion(round)
      left.removeAll(where: chosen.contains)
    }
    rows = Stride.allCases.flatMap { category in
      all.indices.filter { chosen.contains($0) && all[$0].threat.stride == category }
        .map { all[$0] }
    }
  }
}

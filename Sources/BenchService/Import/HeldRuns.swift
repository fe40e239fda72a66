import BenchEvidence
import BenchModel

/// The runs that were read from one stretch of a log, until it is known where that ends.
///
/// A stretch is a run with all that follows until the next; a document in which a logger wraps several runs is one stretch
/// of them all.
struct HeldRuns {
  private var runs: [(run: Run, lines: LineTally)] = []
  private var offset = 0
  /// How many runs of the same stretch were handed over before.
  private var earlier = 0
  /// The line of the last run whose bytes were too many to be kept.
  private(set) var tooLong: Int?
  /// Of a document that wraps more runs the evidence of those behind is not kept.
  private static let most = 256

  /// What a run is to those that are held.
  enum Next {
    case sameStretch
    /// Of the same stretch, of which as many runs are held as may be.
    case tooMany
    case newStretch
  }

  /// Tells what the next run of the log is to those that are held.
  func next(_ run: ParsedRun) -> Next {
    if runs.isEmpty { return .sameStretch }
    return run.offset > offset ? .newStretch : runs.count >= Self.most ? .tooMany : .sameStretch
  }

  /// Adds a run to the stretch.
  mutating func add(_ run: Run, _ parsed: ParsedRun) {
    if runs.isEmpty {
      if parsed.offset > offset { earlier = 0 }
      offset = max(offset, parsed.offset)
    }
    runs.append((run, parsed.tally))
  }

  /// Ends the stretch.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the stretch; nil where they are not known.
  ///   - cut: Cuts them; nil where no evidence is kept.
  ///   - isLast: Whether no run follows in the log.
  /// - Returns: The runs with their evidence.
  mutating func take(
    _ bytes: [UInt8]?, _ cut: EvidenceCut?, isLast: Bool
  ) -> [(run: Run, lines: LineTally)] {
    var taken = runs
    runs = []
    tooLong = nil
    guard !taken.isEmpty else { return [] }
    var evidence: Evidence?
    if let cut {
      evidence = bytes.map(cut.cut)
      if evidence == nil { tooLong = taken[0].run.line }
    }
    for index in taken.indices {
      taken[index].run.isFollowed = !isLast || index < taken.count - 1
      evidence?.place = earlier + index
      taken[index].run.evidence = evidence
    }
    earlier += taken.count
    return taken
  }
}

import BenchCatalog
import BenchHistory
import BenchModel
import BenchReports

/// The newest imported run of each host and system, and what changed with it.
///
/// Where the run before it is of the same import too, as in a folder of many days, both are compared while other files are
/// read, and neither is read back.
struct NewestRuns {
  /// A host, by the name that it has now, and what was checked.
  struct Place: Hashable {
    var host: String
    var system: Tool.System
  }

  /// A run as one side of a comparison.
  private struct Held {
    var id: Int64
    var side: ComparedRun
  }

  private struct Newest {
    var run: ImportedRun
    var order: RunOrder
    /// Nil where the repository may have it otherwise, or where it is held no longer.
    var held: Held?
    /// The newest run before it in this import.
    var before: Held?
  }

  /// What came of comparing two runs.
  private struct Settled {
    var head: Int64
    var base: Int64
    /// Nil where they have nothing in common.
    var summary: ImportedChange.Summary?
  }

  private let catalog: Catalog
  private var newest: [Place: Newest] = [:]
  private var settled: [Place: Settled] = [:]
  private var current: Place?
  /// What comes of comparing runs of equal content, by that.
  private var equal: [Int: ImportedChange.Summary] = [:]
  /// How many first runs of this import are held for the end.
  private var held = 0
  /// The findings of more are read again.
  private static let mostHeld = 200

  /// Creates a collection of no runs, which are compared by a catalogue.
  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The ids of the runs.
  var ids: [Int64] { newest.values.map(\.run.id) }

  /// Notes a run that was stored.
  mutating func note(_ run: Run, _ imported: ImportedRun, _ stored: StoreResult, at place: Place) {
    if let current, current != place { settle(current) }
    current = place
    let known = newest[place]
    guard known.map({ $0.order <= stored.order }) ?? true else { return }
    // One that took another's place may have kept that one's scope.
    let own =
      stored.status == .imported
      ? Held(
        id: stored.id,
        side: ComparedRun(
          release: run.release, isComplete: run.isComplete, scope: run.scope ?? .whole,
          findings: run.findings)) : nil
    newest[place] = Newest(run: imported, order: stored.order, held: own, before: known?.held)
  }

  /// Compares the newest run of a place with the one before, once the runs of another place follow.
  private mutating func settle(_ place: Place) {
    guard let pair = newest[place], let head = pair.held else { return }
    if let base = pair.before {
      let comparison = Comparison(from: base.side, to: head.side, catalog)
      settled[place] = Settled(
        head: head.id, base: base.id,
        summary: comparison.isMeaningful ? ImportedChange.Summary(comparison) : nil)
    } else if held < Self.mostHeld {
      held += 1
      return
    }
    newest[place]?.held = nil
    newest[place]?.before = nil
  }

  /// What changed on each host and system, by the hosts' names; of runs that were there already nothing.
  ///
  /// - Parameter writer: What the runs were stored with.
  /// - Returns: The changes.
  /// - Throws: The repository's errors.
  mutating func changes(in writer: any RunWriting) throws -> [ImportedChange] {
    if let current { settle(current) }
    let imported = newest.filter { $0.value.run.status != .present }
    guard let first = imported.first else { return [] }
    let history = try writer.history(
      RunFilter(host: imported.count == 1 ? first.key.host : nil))
    let hosts = Dictionary(history.hosts.map { ($0.name, $0) }) { first, _ in first }
    let sorted = imported.sorted {
      ($0.key.host, $0.value.run.id) < ($1.key.host, $1.value.run.id)
    }
    return try sorted.compactMap { place, newest in
      guard let host = hosts[place.host] else { return nil }
      return try change(place, newest, history.sequence(of: host), history)
    }
  }

  private mutating func change(
    _ place: Place, _ newest: Newest, _ sequence: RunSequence, _ history: any History
  ) throws -> ImportedChange? {
    guard let head = sequence.runs.first(where: { $0.id == newest.run.id }) else { return nil }
    let after = Self.side(newest.run, place)
    guard let base = sequence.run(before: head.id) else {
      return ImportedChange(head: after, base: nil, summary: nil)
    }
    let before = ImportedChange.Side(
      id: base.id, host: place.host, startedAt: base.startedAt, failures: 0)
    if let known = settled[place], known.head == head.id, known.base == base.id {
      return ImportedChange(head: after, base: before, summary: known.summary)
    }
    // Runs that found the same, as most do, are compared once.
    let isSame = head.hasSameContent(as: base)
    if isSame, let known = equal[head.snapshot] {
      return ImportedChange(head: after, base: before, summary: known)
    }
    let to = try newest.held?.side ?? history.compared(head)
    let comparison = Comparison(from: try history.compared(base), to: to, catalog)
    let summary = comparison.isMeaningful ? ImportedChange.Summary(comparison) : nil
    if isSame { equal[head.snapshot] = summary }
    return ImportedChange(head: after, base: before, summary: summary)
  }

  private static func side(_ run: ImportedRun, _ place: Place) -> ImportedChange.Side {
    ImportedChange.Side(
      id: run.id, host: place.host, startedAt: run.startedAt, failures: run.failures)
  }
}

package import BenchModel

/// The runs of a host in their order, and what they are to each other: the newest, the one before, the baseline.
package struct RunSequence: Sendable {
  /// The oldest first.
  package let runs: [HistoryRun]
  private let releases: [Int: Release]
  private let baselines: Set<Int>

  /// Creates a sequence.
  ///
  /// - Parameters:
  ///   - runs: The runs of one host, in their order.
  ///   - releases: The releases of the history, by their numbers.
  ///   - isBaseline: Whether a run is a baseline.
  package init(
    _ runs: [HistoryRun], releases: [Int: Release], isBaseline: (HistoryRun) -> Bool
  ) {
    self.runs = runs
    self.releases = releases
    baselines = Set(runs.indices.filter { isBaseline(runs[$0]) })
  }

  private func tool(_ place: Int) -> Tool { releases[runs[place].release]?.tool ?? Tool(name: "") }

  /// The newest run of a system, and what it may be measured against.
  package struct Latest: Sendable {
    package var head: HistoryRun
    package var system: Tool.System
    /// The run before it.
    package var base: HistoryRun?
    /// The host's baseline for the system, which may be the newest run itself.
    package var baseline: HistoryRun?
  }

  /// The newest run of each system that was checked, the newest first.
  package var latest: [Latest] {
    var seen: Set<Tool.System> = []
    var found: [Latest] = []
    // Most runs of a host are of one release, which needs to be looked at once.
    var release: Int?
    for place in runs.indices.reversed() where runs[place].release != release {
      release = runs[place].release
      let system = tool(place).system
      guard seen.insert(system).inserted else { continue }
      let baseline = baselines.sorted().last { tool($0).system == system }
      found.append(
        Latest(
          head: runs[place], system: system, base: before(place).map { runs[$0] },
          baseline: baseline.map { runs[$0] }))
    }
    return found
  }

  /// The run before one: the last of the same tool, or, where there is none, of one that checks the same, so that a host
  /// that was watched with another tool first keeps its history.
  package func run(before id: Int64) -> HistoryRun? {
    runs.firstIndex { $0.id == id }.flatMap(before).map { runs[$0] }
  }

  private func before(_ place: Int) -> Int? {
    let own = tool(place)
    let earlier = runs.indices[..<place]
    return earlier.last { runs[$0].release == runs[place].release || tool($0) == own }
      ?? earlier.last { tool($0).system == own.system }
  }
}

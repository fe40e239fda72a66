package import BenchModel
private import Synchronization

/// What a verdict was judged by: the logic of a control's check, which the tool changed over time.
package struct Criterion: Hashable, Sendable {
  /// The logic in our own words.
  package var says: String
  /// The version that it began with.
  package var since: String
}

/// When the logic behind each control's verdict changed, from `criteria.tsv` of each tool.
///
/// Kept apart from ``ScriptCatalog`` and ``BenchmarkCatalog``, so that a comparison can ask for it without loading the rest.
package struct Criteria: Sendable {
  /// The criteria of one tool, over its time axis: the versions of docker-bench-security, and the editions of the
  /// others, whose logs don't tell their version.
  private struct Axis: Sendable {
    var steps: [ControlID: [(position: Int, criterion: Criterion)]] = [:]
    var positions: [String: Int] = [:]
    var released: [Int] = []
    /// The line of each edition, of which another's criteria say nothing; versions are all of one.
    var lines: [String] = []
    /// The editions whose definition of a control changed between releases of the tool.
    var unsteady: [ControlID: Set<String>] = [:]
  }

  private let tools: [Tool: Axis]

  /// Reads the tables of all tools.
  init(_ catalog: Catalog) {
    var tools: [Tool: Axis] = [:]
    for facts in Tool.known {
      let tool = facts.tool
      let folder = tool.name + "/"
      let isVersions = facts.knowledge == .versions
      let names = catalog.table(folder + (isVersions ? "versions.tsv" : "editions.tsv"))
      let newest = isVersions ? names.newestState : nil
      var axis = Axis()
      for (position, fields) in names.body.enumerated() {
        axis.positions[String(fields[0])] = position
        axis.lines.append(isVersions ? "" : String(fields[1]))
        if !isVersions || !fields[4].isEmpty || position == newest {
          axis.released.append(position)
        }
      }
      for fields in catalog.table(folder + "criteria.tsv").body {
        guard let position = axis.positions[String(fields[1])] else { continue }
        axis.steps[String(fields[0]), default: []].append(
          (position, Criterion(says: String(fields[2]), since: String(fields[1]))))
      }
      for control in axis.steps.keys { axis.steps[control]?.sort { $0.position < $1.position } }
      for fields in catalog.table(folder + "releases.tsv").body {
        axis.unsteady[String(fields[0])] = Set(fields[1].split(separator: ",").map(String.init))
      }
      tools[tool] = axis
    }
    self.tools = tools
  }

  /// What was told of the two releases that were asked about last: a fleet is compared by few pairs.
  private final class Memo: Sendable {
    struct Pair: Equatable {
      var base: Release
      var head: Release
      var areReleasesEqual: Bool
    }

    private let known = Mutex<(pair: Pair, differences: [ControlID: Difference?])?>(nil)

    func difference(
      of control: ControlID, _ pair: Pair, _ make: () -> Difference?
    ) -> Difference? {
      known.withLock { known in
        if known?.pair != pair { known = (pair, [:]) }
        if let found = known?.differences[control] { return found }
        let made = make()
        known?.differences[control] = .some(made)
        return made
      }
    }
  }

  private let memo = Memo()

  /// The criteria that a control can have been judged by in a run of a release.
  package func criteria(of control: ControlID, in release: Release) -> [Criterion] {
    guard let axis = tools[release.tool], let steps = axis.steps[control],
      let first = axis.positions[release.earliest], let last = axis.positions[release.latest],
      first <= last
    else { return [] }
    // Where a release fits, only releases count, as when the range was made.
    let fitting = axis.released.filter { (first...last).contains($0) }
    let lines = [axis.lines[first], axis.lines[last]]
    let possible = (fitting.isEmpty ? Array(first...last) : fitting).filter {
      lines.contains(axis.lines[$0])
    }
    var found: [Criterion] = []
    for position in possible {
      let own = steps.filter { axis.lines[$0.position] == axis.lines[position] }
      guard let step = own.last(where: { $0.position <= position }) ?? own.first else { continue }
      if !found.contains(where: { $0.says == step.criterion.says }) { found.append(step.criterion) }
    }
    return found
  }

  /// What a tool has judged a control by since its first edition, oldest first.
  package func history(of control: ControlID, by tool: Tool) -> [Criterion] {
    tools[tool]?.steps[control]?.map(\.criterion) ?? []
  }

  /// What two releases may have judged a control by.
  package struct Difference: Hashable, Sendable {
    package var base: [Criterion]
    package var head: [Criterion]
  }

  /// Tells whether two releases can have judged a control by different logic.
  ///
  /// - Parameters:
  ///   - control: The control.
  ///   - base: One release.
  ///   - head: The other.
  ///   - areReleasesEqual: Whether runs of one edition are taken for runs of one release, where logs don't tell it.
  /// - Returns: The criteria of both, or nil if every version that the runs can be from judges alike.
  package func difference(
    _ control: ControlID, _ base: Release, _ head: Release, areReleasesEqual: Bool = true
  ) -> Difference? {
    let pair = Memo.Pair(base: base, head: head, areReleasesEqual: areReleasesEqual)
    return memo.difference(of: control, pair) {
      made(control, base, head, areReleasesEqual: areReleasesEqual)
    }
  }

  private func made(
    _ control: ControlID, _ base: Release, _ head: Release, areReleasesEqual: Bool
  ) -> Difference? {
    var difference = Difference(
      base: criteria(of: control, in: base), head: criteria(of: control, in: head))
    guard !difference.base.isEmpty, !difference.head.isEmpty else { return nil }
    let all = Set((difference.base + difference.head).map(\.says))
    if all.count > 1 { return difference }
    guard base.tool == head.tool, base.edition != head.edition || !areReleasesEqual,
      let unsteady = tools[base.tool]?.unsteady[control]
    else { return nil }
    let changed = [base.edition, head.edition].compactMap { $0 }.filter(unsteady.contains)
    guard let edition = changed.first else { return nil }
    let note = "; the definition in \(edition) changed between releases of \(base.tool)"
    difference.base[0].says += note
    difference.head[0].says += note
    return difference
  }
}

package import BenchCatalog
package import BenchModel

/// The numbers by which the checks of a history are known again: one for each control, and one for each check that no
/// edition knows, by its tool, id and title.
package struct CheckKeys: Sendable {
  /// What a number stands for.
  package struct Check: Hashable, Sendable {
    /// Nil for a check that no edition knows.
    package var control: ControlID?
    /// The id and title as printed.
    package var checkID: String
    package var title: String

    /// Creates a check.
    package init(control: ControlID?, checkID: String, title: String) {
      self.control = control
      self.checkID = checkID
      self.title = title
    }
  }

  package let criteria: Criteria
  /// The numbers are those of rows, so that lists serve as well as dictionaries, and faster.
  private var releases: [Release?]
  private var titles: [HistoryTitle?]
  private var keys: [Int]
  private var names: [String: Int] = [:]
  /// The number of the tool of each release.
  private var tools: [Int]
  package let toolCount: Int
  package private(set) var checks: [Check] = []

  /// Numbers the checks.
  ///
  /// - Parameters:
  ///   - titles: The checks of the history as printed, by their numbers.
  ///   - releases: The releases of the history, by their numbers.
  ///   - criteria: When the tools' logic changed.
  package init(
    titles: [Int32: HistoryTitle], releases: [Int: Release], criteria: Criteria = .embedded
  ) {
    self.criteria = criteria
    let last = (titles.keys.max().map(Int.init) ?? 0)
    self.titles = (0...max(last, 0)).map { titles[Int32(truncatingIfNeeded: $0)] }
    let lastRelease = releases.keys.max() ?? 0
    self.releases = (0...max(lastRelease, 0)).map { releases[$0] }
    let toolNames = Set(releases.values.map(\.tool)).sorted { $0.name < $1.name }
    toolCount = max(toolNames.count, 1)
    tools = self.releases.map { release in
      release.flatMap { toolNames.firstIndex(of: $0.tool) } ?? 0
    }
    keys = Array(repeating: 0, count: self.titles.count)
    for (number, title) in self.titles.enumerated() {
      guard let title else { continue }
      let name = Self.name(title.control, title.checkID, title.title)
      let key = names[name] ?? checks.count
      let check = Check(control: title.control, checkID: title.checkID, title: title.title)
      if key == checks.count { checks.append(check) } else { checks[key] = check }
      names[name] = key
      keys[number] = key
    }
  }

  /// How many numbers there are.
  package var count: Int { checks.count }

  /// The control of a number.
  package func control(_ key: Int) -> ControlID? { checks[key].control }

  private static func name(_ control: ControlID?, _ id: String, _ title: String) -> String {
    control ?? id + " " + Finding.withoutMarks(title)
  }

  /// The number of a finding's check; nil for one that the history does not have.
  package func key(_ finding: Finding) -> Int? {
    names[Self.name(finding.control, finding.checkID, finding.title)]
  }

  /// The number of a check as printed.
  func key(_ title: Int32) -> Int { keys.indices.contains(Int(title)) ? keys[Int(title)] : 0 }

  /// A check as printed.
  func check(_ title: Int32) -> Check {
    guard let known = self.title(title) else { return Check(control: nil, checkID: "", title: "") }
    return Check(control: known.control, checkID: known.checkID, title: known.title)
  }

  /// The release of a number.
  package func release(_ number: Int) -> Release {
    releases.indices.contains(number) ? releases[number] ?? Self.unknown : Self.unknown
  }

  /// The number of the tool that made a release.
  func tool(_ release: Int) -> Int { tools.indices.contains(release) ? tools[release] : 0 }

  private static let unknown = Release(
    tool: Tool(name: ""), printed: nil, edition: nil, earliest: "", latest: "")

  /// Whether a run of a scope can have left out what a check is about.
  func isLimited(_ key: Int, by scope: RunScope) -> Bool {
    guard !scope.isWhole, let control = checks[key].control else { return false }
    return Controls.embedded.control(control)?.itemKinds.contains(where: scope.limits) ?? false
  }

  /// Whether two runs print their common checks alike, to the letter.
  func areTitlesEqual(_ base: [HistoryFinding], _ head: [HistoryFinding]) -> Bool {
    var known: [String: Set<String>] = [:]
    for finding in base {
      guard let title = title(finding.title) else { continue }
      known[title.checkID, default: []].insert(title.title)
    }
    return head.allSatisfy { finding in
      guard let title = title(finding.title) else { return true }
      return known[title.checkID]?.contains(title.title) ?? true
    }
  }

  private func title(_ number: Int32) -> HistoryTitle? {
    titles.indices.contains(Int(number)) ? titles[Int(number)] : nil
  }
}

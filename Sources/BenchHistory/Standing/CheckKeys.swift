package import BenchCatalog
package import BenchModel

/// The numbers by which the checks of a history are known again: one for each ``FindingKey``.
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

    /// By what it is known again.
    package var key: FindingKey { FindingKey(control: control, checkID: checkID, title: title) }
  }

  /// What happens to the checks from run to run.
  package let rule: ChangeRule
  /// Tells one numbering from another.
  package final class Token: Sendable {}
  package let token = Token()
  /// The numbers are those of rows, so that lists serve as well as dictionaries, and faster.
  private var releases: [Release?]
  private var titles: [HistoryTitle?]
  /// -1 for a row that is not there.
  private var keys: [Int]
  private var numbers: [FindingKey: Int] = [:]
  /// The number of the tool, and of what it checks, of each release.
  private var tools: [Int]
  private var systems: [Int]
  package let toolCount: Int
  /// What the tools of the history check, by their numbers.
  package let allSystems: [Tool.System]
  package private(set) var checks: [Check] = []
  /// The section of each check.
  private var sections: [String] = []

  /// Numbers the checks.
  ///
  /// - Parameters:
  ///   - titles: The checks of the history as printed, by their numbers.
  ///   - releases: The releases of the history, by their numbers.
  ///   - catalog: What is known of controls, editions, and the tools' logic.
  package init(
    titles: [Int32: HistoryTitle], releases: [Int: Release], _ catalog: Catalog
  ) {
    rule = ChangeRule(catalog)
    let last = (titles.keys.max().map(Int.init) ?? 0)
    self.titles = (0...max(last, 0)).map { titles[Int32(truncatingIfNeeded: $0)] }
    let lastRelease = releases.keys.max() ?? 0
    self.releases = (0...max(lastRelease, 0)).map { releases[$0] }
    let toolNames = Set(releases.values.map(\.tool)).sorted { $0.name < $1.name }
    toolCount = max(toolNames.count, 1)
    tools = self.releases.map { release in
      release.flatMap { toolNames.firstIndex(of: $0.tool) } ?? 0
    }
    var allSystems: [Tool.System] = []
    for tool in toolNames where !allSystems.contains(tool.system) { allSystems.append(tool.system) }
    if allSystems.isEmpty { allSystems = [Self.unknown.tool.system] }
    systems = self.releases.map { release in
      release.flatMap { allSystems.firstIndex(of: $0.tool.system) } ?? 0
    }
    self.allSystems = allSystems
    keys = Array(repeating: -1, count: self.titles.count)
    for (number, title) in self.titles.enumerated() {
      guard let title else { continue }
      let name = title.key
      let key = numbers[name] ?? checks.count
      let check = Check(control: title.control, checkID: title.checkID, title: title.title)
      if key == checks.count { checks.append(check) } else { checks[key] = check }
      numbers[name] = key
      keys[number] = key
    }
    sections = checks.map { check in
      check.control.flatMap(catalog.controls.control)?.section ?? Self.unmapped
    }
  }

  /// The section of checks that no edition knows.
  private static let unmapped = "unmapped"

  /// How many numbers there are.
  package var count: Int { checks.count }

  /// The control of a number.
  package func control(_ key: Int) -> ControlID? { checks[key].control }

  /// The titles of checks by their numbers.
  package func titles(of checks: Set<Int>) -> Set<Int32> {
    Set(keys.indices.filter { checks.contains(keys[$0]) }.map { Int32(truncatingIfNeeded: $0) })
  }

  /// The section of a number's findings; see ``Finding/section``.
  package func section(_ key: Int) -> String { sections[key] }

  /// The number of a finding's check; nil for one that the history does not have.
  package func key(_ finding: Finding) -> Int? { numbers[finding.key] }

  /// The number of a check as printed.
  package func key(_ title: Int32) -> Int {
    has(title: title) ? keys[Int(title)] : 0
  }

  /// Whether a check was known when the checks were numbered.
  private func has(title: Int32) -> Bool {
    keys.indices.contains(Int(title)) && keys[Int(title)] >= 0
  }

  /// A check as printed.
  package func check(_ title: Int32) -> Check {
    guard let known = self.title(title) else { return Check(control: nil, checkID: "", title: "") }
    return Check(control: known.control, checkID: known.checkID, title: known.title)
  }

  /// The release of a number.
  package func release(_ number: Int) -> Release {
    releases.indices.contains(number) ? releases[number] ?? Self.unknown : Self.unknown
  }

  /// Whether the checks and releases of a record were known when the checks were numbered: those of a damaged database may
  /// not be.
  package func fits(_ record: StandingRecord) -> Bool {
    record.entries.allSatisfy { has(title: $0.title) }
      && record.runs.allSatisfy { has(release: $0.release) }
  }

  /// Whether a release was known when the checks were numbered.
  package func has(release number: Int) -> Bool {
    releases.indices.contains(number) && releases[number] != nil
  }

  /// The number of the tool that made a release.
  func tool(_ release: Int) -> Int { tools.indices.contains(release) ? tools[release] : 0 }

  /// The number of what the tool of a release checks.
  func system(_ release: Int) -> Int { systems.indices.contains(release) ? systems[release] : 0 }

  /// What stands for a release that a damaged database does not have.
  static let unknown = Release(
    tool: Tool(name: ""), printed: nil, edition: nil, earliest: "", latest: "")

  /// Ids and titles as printed.
  func printed(_ findings: [HistoryFinding]) -> some Sequence<(id: String, title: String)> {
    findings.lazy.compactMap { title($0.title) }.map { (id: $0.checkID, title: $0.title) }
  }

  private func title(_ number: Int32) -> HistoryTitle? {
    titles.indices.contains(Int(number)) ? titles[Int(number)] : nil
  }
}

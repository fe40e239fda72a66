import BenchModel

/// What is known of the checks of docker-bench-security, whose editions are told by the versions of its scripts: which id
/// means which control in which edition, and what the lines below a check mean.
package final class ScriptCatalog: Sendable {
  let controls: [Control]
  package let editions: [Edition]
  /// The versions, oldest first: the time axis of every other table.
  package let versions: [Version]
  /// The versions that people have: the tagged ones, and the newest that is more than a proposal.
  let releases: VersionSet
  let rows: [CheckRow]
  let rowsByKey: [[UInt8]: [Int]]
  let rowsByTitle: [[UInt8]: [Int]]
  let headings: Set<[UInt8]>
  /// The versions whose output has a feature, such as a score.
  let features: [String: VersionSet]
  let details: DetailTemplates
  let names: StableNames
  let startTimes: StartTimes

  /// Reads the tables of the tool.
  init(_ catalog: Catalog) {
    let folder = Tool.dockerBenchSecurity.name + "/"
    let known = catalog.controls
    controls = known.all
    let states = catalog.table(folder + "versions.tsv")
    let versions = states.body.map { fields in
      Version(
        label: String(fields[0]), date: String(fields[2]), printed: String(fields[3]),
        isTagged: !fields[4].isEmpty, edition: String(fields[5]))
    }
    let versionIndex = Self.index(versions.map(\.label))
    var releases = VersionSet()
    let newest = states.newestState
    for (position, version) in versions.enumerated()
    where version.isTagged || position == newest {
      releases.insert(position)
    }
    self.releases = releases
    let ranges = VersionRanges(index: versionIndex, count: versions.count)
    var editions: [Edition] = []
    var positions: [Substring: Int] = [:]
    var rows: [CheckRow] = []
    for fields in catalog.table(folder + "checks.tsv").body {
      let edition = positions[fields[0]] ?? editions.count
      if edition == editions.count {
        positions[fields[0]] = edition
        var own = VersionSet()
        for (position, version) in versions.enumerated() where version.edition == fields[0] {
          own.insert(position)
        }
        editions.append(Edition(name: String(fields[0]), versions: own, checks: []))
      }
      guard let control = known.position(fields[2]) else { continue }
      let id = String(fields[1])
      // A check has a row for each of its titles, and a team adds its rows at the end.
      if !editions[edition].checks.contains(where: { $0.id == id }) {
        editions[edition].checks.append((id, control))
      }
      rows.append(
        CheckRow(
          edition: edition, id: id, control: control, title: Title(fields[3]),
          printedTitle: String(fields[3]), versions: ranges.set(fields[4], fields[5]),
          results: CheckRow.Results(words: fields[6]), points: CheckRow.Points.list(fields[7])))
    }
    self.versions = versions
    self.editions = editions
    self.rows = rows
    var byKey: [[UInt8]: [Int]] = [:]
    var byTitle: [[UInt8]: [Int]] = [:]
    for (number, row) in rows.enumerated() {
      byKey[Self.key(Array(row.id.utf8)[...], row.title.core), default: []].append(number)
      byTitle[Array(row.title.core), default: []].append(number)
    }
    rowsByKey = byKey
    rowsByTitle = byTitle
    headings = Set(
      catalog.table(folder + "headings.tsv").body.map {
        Self.key(Array($0[1].utf8)[...], Title($0[2]).core)
      })
    var features: [String: VersionSet] = [:]
    for fields in catalog.table(folder + "features.tsv").body {
      features[String(fields[0])] = ranges.set(fields[1], fields[2])
    }
    self.features = features
    details = DetailTemplates(catalog.table(folder + "details.tsv"), ranges)
    names = catalog.names
    startTimes = catalog.startTimes
  }

  /// The titles that an edition prints for an id, latest last.
  package func titles(of id: String, in edition: String) -> [String] {
    rows.filter { $0.id == id && editions[$0.edition].name == edition }.map(\.printedTitle)
  }

  /// The rows of an id and a title; those of the title alone for a check printed without its id.
  func rows(id: String, title: Title) -> [Int] {
    if id.isEmpty { return rowsByTitle[Array(title.core)] ?? [] }
    return rowsByKey[Self.key(Array(id.utf8)[...], title.core)] ?? []
  }

  /// Joins an id and a title to the key that both are looked up by.
  static func key(_ id: ArraySlice<UInt8>, _ title: ArraySlice<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(id.count + title.count + 1)
    key.append(contentsOf: id)
    key.append(0)
    // Word processors make one dash of two.
    for byte in title where byte != 0x2D || key.last != 0x2D { key.append(byte) }
    return key
  }

  private static func index(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices)) { first, _ in first }
  }
}

/// Reads the two columns `since` and `until` of a table as a set of versions.
struct VersionRanges {
  var index: [String: Int]
  var count: Int

  /// The versions from one label to another, both included; an empty one is the end of the axis.
  func set(_ since: Substring, _ until: Substring) -> VersionSet {
    let first = index[String(since)] ?? 0
    let last = until.isEmpty ? count - 1 : index[String(until)] ?? count - 1
    return first <= last ? VersionSet(first...last) : VersionSet()
  }
}

extension CheckRow.Points {
  /// The most points that a check adds or takes away.
  private static let most = 100

  /// Whether a text can be read as points, or is empty.
  @Sendable static func isList(_ text: Substring) -> Bool {
    let points = list(text)
    return points.count == text.split(separator: "|", omittingEmptySubsequences: false).count
      - (text.isEmpty ? 1 : 0)
      && points.allSatisfy { (-most...most).contains($0.pass) && (-most...most).contains($0.warn) }
  }

  /// Reads `1/-1|0/0`.
  static func list(_ text: Substring) -> [CheckRow.Points] {
    text.split(separator: "|").compactMap { pair in
      let numbers = pair.split(separator: "/").compactMap { Int($0) }
      return numbers.count == 2 ? CheckRow.Points(pass: numbers[0], warn: numbers[1]) : nil
    }
  }
}

extension CheckRow.Results {
  fileprivate init(words: Substring) {
    self = []
    for word in words.split(separator: ",") {
      switch word {
      case "PASS": insert(.pass)
      case "WARN": insert(.warn)
      case "INFO": insert(.info)
      case "NOTE": insert(.note)
      default: break
      }
    }
  }
}

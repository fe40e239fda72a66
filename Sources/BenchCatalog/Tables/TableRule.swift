import BenchModel

/// What a table of a catalogue must look like.
///
/// The tables that are compiled in are tested by the same rules.
struct TableRule: Sendable {
  /// What the fields of a column may be.
  enum Content: Sendable {
    case any
    case filled
    /// One of these words.
    case word([String])
    /// Some of these words, or none, with commas between them.
    case words([String])
    /// A name that a column of another table has.
    case name(Column)
    /// Such a name, or nothing.
    case nameOrNone(Column)
    /// Several such names, with commas between them.
    case names(Column)
    case value(CatalogError.Expected, @Sendable (Substring) -> Bool)
  }

  /// A column of a table.
  struct Column: Hashable, Sendable {
    var path: String
    var number: Int
  }

  var path: String
  var columns: [(name: String, content: Content)]
  /// The columns that tell one row from all others; none where rows may repeat.
  var identity: [Int]
  /// Columns that must say the same wherever the first ones do.
  var agreement: (of: [Int], on: Int)?
  /// The columns with the first and the last version of a span.
  var span: (since: Int, until: Int)?
  /// The most rows.
  var limit = 100_000
  /// The most values of a column.
  var mostValues: (column: Int, count: Int)?

  /// The rules of all tables, those that others name before these.
  static let all: [TableRule] =
    shared
    + Tool.known.flatMap { facts in
      facts.knowledge == .versions
        ? scripts(facts.tool.name + "/") : benchmarks(facts.tool.name + "/")
    } + distributions(Tool.kubeBench.name + "/")

  /// The files of a catalogue that are no tables.
  static let others = ["threats/docker.yaml", "threats/kubernetes.yaml"]

  private static let control = Column(path: "controls.tsv", number: 0)
  private static let framework = Column(path: "frameworks/frameworks.tsv", number: 0)
  private static let kinds = ItemKind.allCases.map(\.name)

  private static let shared: [TableRule] = [
    TableRule(
      path: "controls.tsv",
      columns: [
        ("control", .filled), ("section", .filled),
        ("kind", .word(["automated", "manual", "inventory"])), ("scored", .word(["yes", "no"])),
        ("items", .words(kinds)), ("info", .word(["info", "notApplicable"])), ("title", .filled),
      ], identity: [0]),
    TableRule(
      path: "risks.tsv",
      columns: [
        ("control", .name(control)), ("severity", .word(Severity.descending.map(\.name))),
        ("why", .filled), ("stride", .value(.stride, isStride)), ("surface", .filled),
        ("attack", .any), ("nist", .any),
      ], identity: [0]),
    TableRule(
      path: "fixes.tsv",
      columns: [
        ("fix", .filled), ("kind", .filled), ("title", .filled), ("target", .any), ("value", .any),
        ("note", .any),
      ], identity: [0]),
    TableRule(
      path: "advice.tsv",
      columns: [
        ("control", .name(control)), ("rationale", .filled),
        ("fix", .name(Column(path: "fixes.tsv", number: 0))), ("impact", .filled),
        (
          "restart",
          .word([
            "none", "reload", "daemon", "container", "host", "static-pod", "kubelet", "node",
            "workload",
          ])
        ),
        ("effort", .word(["low", "medium", "high"])), ("verify", .filled),
      ], identity: [0]),
    TableRule(
      path: "sources.tsv",
      columns: [("source", .filled), ("citation", .filled), ("url", .any)], identity: [0]),
    TableRule(
      path: "frameworks/frameworks.tsv",
      columns: [
        ("framework", .filled), ("title", .filled), ("version", .filled), ("publisher", .filled),
        ("url", .filled), ("source", .filled),
      ], identity: [0]),
    TableRule(
      path: "frameworks/requirements.tsv",
      columns: [("framework", .name(framework)), ("requirement", .filled), ("name", .filled)],
      identity: [0, 1]),
    TableRule(
      path: "frameworks/controls.tsv",
      columns: [
        ("control", .name(control)), ("framework", .name(framework)),
        ("requirements", .names(Column(path: "frameworks/requirements.tsv", number: 1))),
        ("basis", .filled),
      ], identity: [0, 1]),
    TableRule(
      path: "names.tsv",
      columns: [
        ("kind", .word(["container", "image", "pod"])),
        ("pattern", .value(.namePattern, StableNames.isPattern)), ("stable", .filled),
        ("of", .any),
      ], identity: [0, 1]),
    TableRule(
      path: "random-names.tsv",
      columns: [("part", .word(["adjective", "surname"])), ("word", .filled)], identity: [0, 1]),
    TableRule(
      path: "dates/months.tsv",
      columns: [("word", .filled), ("month", .value(.month, isMonth))], identity: [0]),
    TableRule(
      path: "dates/zones.tsv",
      columns: [
        ("zone", .filled), ("offset", .value(.offset) { CivilTime.offset(String($0)) != nil }),
        ("note", .any),
      ], identity: [0]),
  ]

  private static func scripts(_ folder: String) -> [TableRule] {
    let version = Column(path: folder + "versions.tsv", number: 0)
    let edition = Column(path: folder + "versions.tsv", number: 5)
    let span: [(name: String, content: Content)] = [
      ("since", .nameOrNone(version)), ("until", .nameOrNone(version)),
    ]
    return [
      TableRule(
        path: folder + "versions.tsv",
        columns: [
          ("version", .filled), ("commit", .any), ("date", .filled), ("prints", .any),
          ("tag", .any), ("edition", .filled),
        ], identity: [0], limit: VersionSet.capacity, mostValues: (5, KnownTitle.mostEditions)),
      TableRule(
        path: folder + "checks.tsv",
        columns: [
          ("edition", .name(edition)), ("id", .filled), ("control", .name(control)),
          ("title", .filled),
        ] + span + [
          ("results", .words(["PASS", "WARN", "INFO", "NOTE"])),
          ("points", .value(.points, CheckRow.Points.isList)),
        ], identity: [], agreement: ([0, 1], 2), span: (4, 5)),
      TableRule(
        path: folder + "headings.tsv",
        columns: [("edition", .name(edition)), ("id", .filled), ("title", .any)], identity: []),
      TableRule(
        path: folder + "details.tsv",
        columns: [
          ("text", .value(.linePattern, DetailTemplates.isPattern)),
          ("kind", .word(kinds + ["none"])),
          ("outcome", .word([""] + Outcome.allCases.map(\.name))),
        ] + span, identity: [], span: (3, 4)),
      TableRule(
        path: folder + "features.tsv",
        columns: [("feature", .filled)] + span + [("what", .any)], identity: [0], span: (1, 2)),
      TableRule(
        path: folder + "criteria.tsv",
        columns: [("control", .name(control)), ("since", .name(version)), ("says", .filled)],
        identity: [0, 1]),
    ]
  }

  private static func benchmarks(_ folder: String) -> [TableRule] {
    let edition = Column(path: folder + "editions.tsv", number: 0)
    return [
      TableRule(
        path: folder + "editions.tsv",
        columns: [
          ("edition", .filled), ("line", .filled), ("printed", .any),
          ("from", .value(.kubernetesVersion, isMinor)),
          ("to", .value(.kubernetesVersion, isMinor)),
        ],
        identity: [0], limit: VersionSet.capacity),
      TableRule(
        path: folder + "checks.tsv",
        columns: [
          ("id", .filled), ("title", .filled), ("control", .nameOrNone(control)),
          ("editions", .names(edition)),
        ], identity: []),
      TableRule(
        path: folder + "criteria.tsv",
        columns: [("control", .name(control)), ("since", .name(edition)), ("says", .filled)],
        identity: [0, 1]),
      TableRule(
        path: folder + "parts.tsv",
        columns: [
          ("control", .name(control)), ("edition", .name(edition)),
          ("rule", .value(.partRule, PartRule.isRule)), ("why", .any),
        ], identity: [0, 1]),
      TableRule(
        path: folder + "marks.tsv",
        columns: [("edition", .name(edition)), ("mark", .filled), ("ids", .filled)],
        identity: [0, 1]),
      TableRule(
        path: folder + "releases.tsv",
        columns: [("control", .name(control)), ("editions", .names(edition))], identity: [0]),
    ]
  }

  private static func distributions(_ folder: String) -> [TableRule] {
    let distribution = Column(path: folder + "distributions.tsv", number: 0)
    let fix = Column(path: "fixes.tsv", number: 0)
    let layouts = Distribution.Layout.allCases.map(\.rawValue)
    return [
      TableRule(
        path: folder + "distributions.tsv",
        columns: [
          ("distribution", .filled), ("name", .filled), ("lines", .filled),
          ("flags", .word(layouts)), ("flags-file", .any), ("kubelet", .word(layouts)),
          ("kubelet-file", .any), ("restart", .filled),
        ], identity: [0]),
      TableRule(
        path: folder + "distribution-fixes.tsv",
        columns: [
          ("distribution", .name(distribution)), ("fix", .name(fix)), ("kind", .filled),
          ("target", .any), ("value", .any), ("note", .any),
        ], identity: [0, 1]),
      TableRule(
        path: folder + "paths.tsv",
        columns: [
          ("distribution", .name(distribution)), ("path", .filled), ("there", .any),
          ("note", .any),
        ], identity: [0, 1]),
      TableRule(
        path: folder + "fix-versions.tsv",
        columns: [
          ("fix", .name(fix)), ("from", .value(.kubernetesVersion, isMinor)),
          ("to", .value(.kubernetesVersion, isMinor)), ("source", .filled),
        ], identity: [0]),
    ]
  }

  @Sendable private static func isMinor(_ text: Substring) -> Bool {
    text.isEmpty || text.wholeMatch(of: /1\.\d{1,3}/) != nil
  }

  @Sendable private static func isMonth(_ text: Substring) -> Bool {
    Int(text).map((1...12).contains) ?? false
  }

  @Sendable private static func isStride(_ text: Substring) -> Bool {
    let entries = text.split(separator: ",", omittingEmptySubsequences: false)
    return (1...Stride.allCases.count).contains(entries.count)
      && entries.allSatisfy { entry in
        let parts = entry.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && Stride(name: parts[0]) != nil && !parts[1].isEmpty
      }
  }
}

package import BenchAnalysis
package import BenchHistory
package import BenchModel

/// A run in the documents that programs read.
package struct RunJSON: Encodable, Sendable {
  let id: String
  let host: String
  let tool: String
  let toolVersion: String?
  let edition: String?
  let earliestVersion: String?
  let latestVersion: String?
  let startedAt: String
  let startedAtSource: String
  let orderGuessed: Bool
  let complete: Bool
  let printedChecks: Int?
  let printedScore: Int?
  let counts: [String: Int]
  let unmapped: Int
  let labels: [String: String]
  let scope: String?
  let source: SourceJSON

  /// Describes a run.
  package init(_ run: RunSummary) {
    id = run.name
    host = run.host
    tool = run.release.tool.name
    toolVersion = run.release.printed
    edition = run.release.edition
    earliestVersion = run.release.earliest.isEmpty ? nil : run.release.earliest
    latestVersion = run.release.latest.isEmpty ? nil : run.release.latest
    startedAt = CivilTime.rfc3339(run.startedAt)
    startedAtSource = run.timeSource.name
    orderGuessed = run.isOrderGuessed
    complete = run.isComplete
    printedChecks = run.printedChecks
    printedScore = run.printedScore
    var counts: [String: Int] = [:]
    for outcome in Outcome.allCases { counts[outcome.name] = run.counts[outcome] ?? 0 }
    self.counts = counts
    unmapped = run.unmapped
    labels = run.labels
    scope = run.scope.isWhole ? nil : run.scope.text
    source = SourceJSON(path: run.path, line: run.line)
  }

  private enum Key: String, CodingKey {
    case id, host, tool, toolVersion, edition, earliestVersion, latestVersion, startedAt
    case startedAtSource, orderGuessed, complete, printedChecks, printedScore, counts, unmapped,
      labels, scope,
      source
  }

  /// Writes every key, with null for what is not known: a reader should not have to guess.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(host, forKey: .host)
    try container.encode(tool, forKey: .tool)
    try container.encode(toolVersion, forKey: .toolVersion)
    try container.encode(edition, forKey: .edition)
    try container.encode(earliestVersion, forKey: .earliestVersion)
    try container.encode(latestVersion, forKey: .latestVersion)
    try container.encode(startedAt, forKey: .startedAt)
    try container.encode(startedAtSource, forKey: .startedAtSource)
    try container.encode(orderGuessed, forKey: .orderGuessed)
    try container.encode(complete, forKey: .complete)
    try container.encode(printedChecks, forKey: .printedChecks)
    try container.encode(printedScore, forKey: .printedScore)
    try container.encode(counts, forKey: .counts)
    try container.encode(unmapped, forKey: .unmapped)
    try container.encode(labels, forKey: .labels)
    try container.encodeIfPresent(scope, forKey: .scope)
    try container.encode(source, forKey: .source)
  }
}

/// Where a run was read.
package struct SourceJSON: Encodable, Sendable {
  let path: String
  let line: Int

  /// Creates a place.
  package init(path: String, line: Int) {
    self.path = path
    self.line = line
  }
}

/// An item in the documents that programs read.
struct ItemJSON: Encodable {
  let kind: String
  let name: String
  let stableName: String
  let value: String?

  init(_ item: Item) {
    kind = item.kind.name
    name = item.name
    stableName = item.stableName
    value = item.value.isEmpty ? nil : item.value
  }
}

/// A finding in the documents that programs read.
struct FindingJSON: Encodable {
  let control: String
  let section: String
  let checkId: String
  let title: String
  let printed: String
  let outcome: String
  /// How bad a failure is by the policy; nil for what does not fail, and for a check without a severity.
  let severity: String?
  let line: Int
  let details: [String]
  let items: [ItemJSON]
  let itemsTruncated: Bool
  /// Whether the policy accepts the failure; nil where it says nothing.
  let waived: Bool?
  let waivedItems: [ItemJSON]?
  /// The outcome that an attestation gives; nil where there is none.
  let attested: String?

  init(_ finding: Finding, _ judged: JudgedFinding? = nil) {
    waived = judged?.isWaived == true ? true : nil
    waivedItems =
      judged?.waivedItems.isEmpty == false ? judged?.waivedItems.map(ItemJSON.init) : nil
    attested = judged?.attestation == nil ? nil : judged?.outcome.name
    control = finding.control ?? "unmapped"
    section = finding.section
    checkId = finding.checkID
    title = finding.title
    printed = finding.printed.word
    outcome = finding.outcome.name
    severity = finding.outcome == .fail ? judged?.severity?.name : nil
    line = finding.line
    details = finding.details
    items = finding.items.map(ItemJSON.init)
    itemsTruncated = finding.itemsTruncated
  }
}

/// `benchtrail.runs.v1`: the runs of the database.
package struct RunsJSON: Encodable, Sendable {
  let schema = "benchtrail.runs.v1"
  let runs: [RunJSON]

  /// Lists runs.
  package init(_ runs: [RunSummary]) { self.runs = runs.map(RunJSON.init) }
}

/// `benchtrail.run.v1`: a run with its findings.
package struct ShowJSON: Encodable {
  let schema = "benchtrail.run.v1"
  let run: RunJSON
  let findings: [FindingJSON]
  /// Nil where failures were not asked for.
  let stillOpen: [StillOpenJSON]?

  /// Describes a run with the findings that are asked for, and what the policy says of them.
  package init(
    _ run: RunSummary, _ findings: [Finding], stillOpen: [StillOpen]? = nil,
    judge: (Finding) -> JudgedFinding? = { _ in nil }
  ) {
    self.run = RunJSON(run)
    self.findings = findings.map { FindingJSON($0, judge($0)) }
    self.stillOpen = stillOpen?.map { StillOpenJSON($0, judge($0.finding)) }
  }
}

extension TimeSource {
  /// The name used in every machine format.
  package var name: String {
    switch self {
    case .log: "log"
    case .logWithoutMinutes: "logWithoutMinutes"
    case .given: "given"
    case .file: "file"
    }
  }
}

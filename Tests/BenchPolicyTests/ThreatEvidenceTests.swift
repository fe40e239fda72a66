import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchPolicy
import BenchTestSupport
import Foundation
import Testing

/// What is said of the default threats, against rules that are written here a second time.
struct `The state of a default threat` {
  private static let model = DefaultThreats.model(.embedded)

  /// What one run found: of each control all outcomes, as an edition may have it under two ids.
  private struct Evidence {
    var outcomes: [ControlID: Set<Outcome>]
    var tool: Tool
    /// Whether the run's benchmark has a check of a control.
    var asks: (ControlID) -> Bool = { _ in false }

    func isFailing(_ control: ControlID) -> Bool { outcomes[control]?.contains(.fail) == true }
    func isHolding(_ control: ControlID) -> Bool {
      outcomes[control]?.contains(.pass) == true && !isFailing(control)
    }
    func isBeside(_ control: ControlID) -> Bool { outcomes[control] == [.notApplicable] }
    func has(_ sign: Threat.Condition.Sign) -> Bool {
      outcomes[sign.control]?.contains(sign.outcome) == true && (sign.tool ?? tool) == tool
    }
  }

  /// The state by the table of docs/threats.md.
  private static func expected(_ threat: Threat, _ all: Evidence) -> ThreatState {
    let evidence = threat.evidence
    // What only one tool can judge, another has not judged.
    var found = all
    for (control, tool) in evidence.tools where tool != all.tool && all.outcomes[control] != nil {
      found.outcomes[control] = [.info]
    }
    let deciding =
      evidence.deciding
      + evidence.decidingWhereChecked.filter { found.outcomes[$0] != nil || found.asks($0) }
    let isShown = threat.condition?.shown.contains(where: all.has) ?? true
    let isRefuted = threat.condition?.refuted.contains(where: all.has) ?? false
    if isRefuted, !isShown { return .doesNotApply }
    if deciding.contains(where: found.isFailing) {
      if !isShown { return .unproven }
      return evidence.mitigating.contains(where: found.isHolding) ? .partlyMitigated : .exposed
    }
    if !deciding.isEmpty, deciding.allSatisfy(found.isBeside) { return .doesNotApply }
    guard deciding.contains(where: found.isHolding),
      deciding.allSatisfy({ found.isHolding($0) || found.isBeside($0) })
    else { return .unproven }
    return evidence.supporting.contains(where: found.isFailing) ? .partlyMitigated : .mitigated
  }

  private static func row(_ threat: Threat, _ found: Evidence) throws -> ThreatAssessment.Row {
    let findings = found.outcomes.flatMap { control, outcomes in
      outcomes.map { Example.finding(control, $0) }
    }
    var past = Past()
    past.add(
      id: 1, order: RunOrder(startedAt: 1), host: "h", findings: findings,
      release: Release(tool: found.tool, printed: nil, edition: nil, earliest: "", latest: ""))
    var assessment = ThreatAssessment(ThreatModel([threat]), .embedded)
    assessment.add(JudgedHost(past.host("h"), Judgement(Policy(), at: 0)))
    return try #require(assessment[threat.id])
  }

  private static func tool(_ threat: Threat) -> Tool {
    threat.system == .docker ? .dockerBenchSecurity : .kubeBench
  }

  /// Evidence with these outcomes, in which the condition of a threat is shown by another control where one can.
  private static func evidence(_ threat: Threat, _ outcomes: [ControlID: Outcome]) -> Evidence {
    var found = Evidence(outcomes: outcomes.mapValues { [$0] }, tool: tool(threat))
    guard let condition = threat.condition, !condition.shown.contains(where: found.has) else {
      return found
    }
    let sign =
      condition.shown.first { !threat.controls.contains($0.control) }
      ?? condition.shown.first { outcomes[$0.control] == nil }
    if let sign { found.outcomes[sign.control] = [sign.outcome] }
    return found
  }

  @Test(arguments: model.threats.map(\.id))
  func `follows from the roles of its controls`(id: String) throws {
    let threat = try #require(Self.model[id])
    let (deciding, evidence) = (threat.evidence.deciding, threat.evidence)
    func all(_ outcome: Outcome) -> [ControlID: Outcome] {
      Dictionary(uniqueKeysWithValues: deciding.map { ($0, outcome) })
    }
    func state(_ outcomes: [ControlID: Outcome]) throws -> ThreatState {
      let found = Self.evidence(threat, outcomes)
      let state = try Self.row(threat, found).state
      #expect(state == Self.expected(threat, found), "\(outcomes)")
      return state
    }
    let rest = try state(all(.pass))
    #expect(rest == .mitigated || (rest == .partlyMitigated && threat.condition != nil))
    for control in deciding {
      var outcomes = all(.pass)
      outcomes[control] = .fail
      #expect([.exposed, .unproven].contains(try state(outcomes)))
      outcomes[control] = .manual
      #expect(try state(outcomes) != .mitigated)
      outcomes[control] = nil
      // What is not said of it may be said by what shows the condition.
      let left = Self.evidence(threat, outcomes)
      #expect(try state(outcomes) != .mitigated || left.outcomes[control] != nil)
    }
    for control in evidence.supporting {
      #expect(
        ![.exposed, .mitigated].contains(try state([control: .fail])) || threat.condition != nil)
      #expect(try state(all(.pass).merging([control: .fail]) { $1 }) == .partlyMitigated)
    }
    for control in evidence.mitigating {
      #expect(try state(all(.fail).merging([control: .pass]) { $1 }) == .partlyMitigated)
    }
  }

  @Test(arguments: 0..<200)
  func `follows from any evidence`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let threat = try #require(Self.model.threats.randomElement(using: &generator))
    let signs = (threat.condition?.shown ?? []) + (threat.condition?.refuted ?? [])
    var outcomes: [ControlID: Set<Outcome>] = [:]
    for control in Set(threat.controls + signs.map(\.control)).sorted() {
      let outcome = (Outcome.allCases + [.pass, .pass, .pass]).randomElement(using: &generator)
      if let outcome, Int.random(in: 0..<8, using: &generator) > 0 { outcomes[control] = [outcome] }
    }
    // A host of which nothing was found has no run.
    outcomes["host-partition", default: [.pass]].formUnion([])
    let tools: [Tool] =
      threat.system == .docker ? [.aquaDockerBench, .dockerBenchSecurity] : [.kubeBench]
    let found = Evidence(
      outcomes: outcomes, tool: tools.randomElement(using: &generator) ?? .kubeBench)
    let row = try Self.row(threat, found)
    let isAsked =
      threat.system == .docker
      || threat.controls.contains {
        threat.isDecided(by: $0) && outcomes[$0] != nil
      }
    #expect(row.state == (isAsked ? Self.expected(threat, found) : .unproven), "\(threat.id)")
  }

  // MARK: Tables and logs

  /// A row of `threat-states.tsv`, which was written by sense and not by the rules.
  struct Line: Sendable, CustomTestStringConvertible {
    var threat: String
    var tool: Tool
    var outcomes: [ControlID: Set<Outcome>]
    var state: String
    var testDescription: String { "\(threat): \(state)" }
  }

  static let lines: [Line] =
    (try? Fixture.text("threat-states.tsv"))?.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let pairs = fields[2].split(separator: ",").map { $0.split(separator: " ").map(String.init) }
      let outcomes = pairs.compactMap { pair in
        Outcome.allCases.first { $0.name == pair[1] }.map { (pair[0], Set([$0])) }
      }
      return Line(
        threat: fields[0], tool: Tool(name: fields[1]),
        outcomes: Dictionary(outcomes) { $0.union($1) }, state: fields[3])
    } ?? []

  @Test(arguments: lines)
  func `is what an analyst would say`(line: Line) throws {
    let threat = try #require(Self.model[line.threat])
    #expect(line.outcomes.keys.allSatisfy { Catalog.embedded.controls.control($0) != nil })
    let row = try Self.row(threat, Evidence(outcomes: line.outcomes, tool: line.tool))
    #expect(row.state.name == line.state)
  }

  @Test func `is in the table for every threat`() {
    let known = Dictionary(grouping: Self.lines, by: \.threat)
    for threat in Self.model.threats {
      #expect((known[threat.id]?.count ?? 0) >= 3, "\(threat.id)")
    }
  }

  /// Compares what is said of all threats after a run with what its findings give.
  private static func check(_ run: Run, _ name: String) {
    var past = Past()
    past.add(
      id: 1, order: RunOrder(startedAt: run.startedAt), host: run.host, findings: run.findings,
      release: run.release)
    var outcomes: [ControlID: Set<Outcome>] = [:]
    for current in past.host(run.host).findings {
      if let control = current.control { outcomes[control, default: []].insert(current.outcome) }
    }
    let found = Evidence(
      outcomes: outcomes, tool: run.release.tool,
      asks: { Catalog.embedded.editions.has($0, run.release) })
    var assessment = ThreatAssessment(model, .embedded)
    assessment.add(JudgedHost(past.host(run.host), Judgement(Policy(), at: 0)))
    for row in assessment.rows
    where Tool.System.docker == run.release.tool.system
      ? row.threat.system == .docker : row.threat.system == .kubernetes
    {
      let isAsked =
        row.threat.system == .docker
        || row.threat.controls.contains { row.threat.isDecided(by: $0) && outcomes[$0] != nil }
      let state = isAsked ? expected(row.threat, found) : .unproven
      #expect(row.state == state, "\(name): \(row.threat.id)")
      if row.state == .mitigated {
        #expect(row.judged * 3 >= row.total, "\(row.threat.id)")
      }
    }
  }

  @Test(arguments: Fixture.texts + Fixture.aquaTexts)
  func `follows from a run`(fixture: String) throws {
    for run in Reading.runs(try Fixture.bytes(fixture)) { Self.check(run, fixture) }
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `follows from every run of the corpus`() throws {
    for folder in Corpus.folders {
      for log in folder.logs {
        for run in Reading.runs(try folder.bytes(log)) {
          Self.check(run, "\(folder.name)/\(log)")
        }
      }
    }
  }

  /// The paths of the logs in a folder and all below it.
  private static func logs(in folder: String) -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".json") || $0.hasSuffix(".log") }
      .filter { !$0.hasSuffix("meta.json") && !$0.hasSuffix("stderr.txt") }.sorted()
      .map { folder + "/" + $0 }
  }

  private static func check(logsIn folder: String) throws -> Int {
    var runs = 0
    // The tools wrote most of them in several forms, which say the same.
    let logs = logs(in: folder)
    let step = logs.count > 200 ? 4 : 1
    for path in stride(from: 0, to: logs.count, by: step).map({ logs[$0] }) {
      for run in Reading.runs(Array(try Data(contentsOf: URL(fileURLWithPath: path)))) {
        check(run, path)
        runs += 1
      }
    }
    return runs
  }

  @Test func `follows from every run of the samples`() throws {
    #expect(try Self.check(logsIn: Fixture.repository + "/samples") >= 8)
  }

  @Test(.enabled(if: Corpus.isPresent), arguments: ["aqua", "kube"])
  func `follows from every run of the other tools`(folder: String) throws {
    #expect(try Self.check(logsIn: (Corpus.shared ?? "") + "/corpus/" + folder) > 20)
  }
}

package import BenchAnalysis
import BenchModel

/// `benchtrail.threats.v1`: the threat model, against what the runs say.
package struct ThreatsJSON: Encodable {
  struct ThreatJSON: Encodable {
    let id: String
    let system: String
    let stride: String
    let severity: String?
    let core: Bool
    let title: String
    let description: String
    let components: [String]
    let countermeasure: String
    let techniques: [String]
    let sources: [String]
    let note: String?
    let condition: ConditionJSON?
    let controls: [String]
    let deciding: [String]
    let decidingWhereChecked: [String]
    let supporting: [String]
    let mitigating: [String]
    let tools: [String: String]
    let state: String
    let evidence: String
    let judged: Int
    let total: Int
    let hosts: [HostJSON]
    let withoutRun: [String]

    init(_ row: ThreatAssessment.Row) {
      let threat = row.threat
      id = threat.id
      system = threat.system.name
      stride = threat.stride.name
      severity = threat.severity?.name
      core = threat.isCore
      title = threat.title
      description = threat.description
      components = threat.components
      countermeasure = threat.countermeasure
      techniques = threat.techniques
      sources = threat.sources
      note = threat.note
      condition = threat.condition.map(ConditionJSON.init)
      controls = row.asked
      deciding = threat.evidence.deciding
      decidingWhereChecked = threat.evidence.decidingWhereChecked
      supporting = threat.evidence.supporting
      mitigating = threat.evidence.mitigating
      tools = threat.evidence.tools.mapValues(\.name)
      state = row.state.name
      evidence = ThreatSentence.text(row)
      judged = row.judged
      total = row.total
      hosts = row.hosts.map(HostJSON.init)
      withoutRun = row.withoutRun
    }
  }

  struct ConditionJSON: Encodable {
    let says: String
    let shown: [String]
    let refuted: [String]

    init(_ condition: Threat.Condition) {
      says = condition.says
      shown = condition.shown.map(\.text)
      refuted = condition.refuted.map(\.text)
    }
  }

  struct HostJSON: Encodable {
    let host: String
    let state: String
    let condition: String
    let open: [String]
    let accepted: [String]
    let passing: [String]
    let missing: [String]
    let unjudged: [UnjudgedJSON]

    init(_ host: ThreatAssessment.OnHost) {
      self.host = host.host
      state = host.state.name
      condition = host.isRefuted ? "refuted" : host.isConditionUnknown ? "unknown" : "holds"
      open = host.failing
      accepted = host.accepted
      passing = host.passing
      missing = host.missing
      unjudged = host.unjudged.map {
        UnjudgedJSON(control: $0.control, reason: $0.reason.name)
      }
    }
  }

  struct UnjudgedJSON: Encodable {
    let control: String
    let reason: String
  }

  let schema = "benchtrail.threats.v1"
  let threats: [ThreatJSON]

  /// Describes threats.
  package init(_ assessment: ThreatAssessment, system: Threat.System?) {
    threats = assessment.rows.filter { system == nil || $0.threat.system == system }
      .map(ThreatJSON.init)
  }
}

package import BenchAnalysis
import BenchModel

/// `benchtrail.gate.v1`: whether the gate failed, and why.
package struct GateJSON: Encodable {
  struct ReasonJSON: Encodable {
    let host: String
    let kind: String
    let message: String
    let control: String?
    let checkId: String?
    let title: String?
    let items: [ItemJSON]?
    let leftOut: Bool?
    let run: String?
    let source: SourceJSON?
  }

  struct HostJSON: Encodable {
    struct UnmeasuredJSON: Encodable {
      let system: String
      let reason: String
    }
    let host: String
    let state: String
    let reasons: Int
    let unmeasured: [UnmeasuredJSON]
  }

  let schema = "benchtrail.gate.v1"
  let passed: Bool
  let state: String
  /// What was asked for, by the policy's keys.
  let thresholds: [String]
  let firstRun: String
  let hosts: Int
  let hostStates: [HostJSON]
  let open: Int
  let waived: Int
  let nextExpiry: ExpiryJSON?
  let criterionChanged: Int
  let reasons: [ReasonJSON]

  /// Describes a gate.
  package init(_ gate: Gate) {
    passed = gate.state == .passed
    state = gate.state.rawValue
    thresholds = gate.thresholds.keys
    firstRun = gate.thresholds.firstRun.rawValue
    hosts = gate.hosts.count
    hostStates = gate.hosts.map { host in
      HostJSON(
        host: host.host, state: host.state.rawValue, reasons: host.reasons,
        unmeasured: host.unmeasured.map {
          HostJSON.UnmeasuredJSON(system: $0.system.name, reason: $0.reason.rawValue)
        })
    }
    open = gate.open
    waived = gate.waived
    nextExpiry = ExpiryJSON(gate.accepted)
    criterionChanged = gate.criterionChanged
    reasons = gate.reasons.map { reason in
      ReasonJSON(
        host: reason.host, kind: reason.kind.key, message: GateReport.words(reason),
        control: reason.finding.map { $0.control ?? "unmapped" },
        checkId: reason.finding?.checkID, title: reason.finding?.title,
        items: reason.finding == nil ? nil : reason.items.map(ItemJSON.init),
        leftOut: reason.finding == nil ? nil : reason.isLeftOut, run: reason.run?.name,
        source: reason.run.map {
          SourceJSON(path: $0.path, line: reason.finding?.line ?? $0.line)
        })
    }
  }
}

/// When accepted failures are open again next, in the documents that programs read.
struct ExpiryJSON: Encodable {
  /// The last day on which they are accepted.
  let day: String
  let findings: Int

  /// Describes what ends next; nil if nothing does.
  init?(_ accepted: Acceptances) {
    guard let end = accepted.nextEnd else { return nil }
    day = CivilTime.date(end - 1)
    findings = accepted.endingNext
  }
}

extension Gate.Reason.Kind {
  /// The key of the policy that asks for it.
  var key: String {
    switch self {
    case .newFailure: "new-failures"
    case .severity: "severity"
    case .compliance: "compliance"
    case .count: "counts"
    case .unmapped: "unmapped"
    case .incomplete: "incomplete"
    case .stale: "stale-days"
    case .lapsed: "lapsed-attestations"
    }
  }
}

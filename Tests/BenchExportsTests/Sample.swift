import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchTestSupport
import Foundation

@testable import BenchExports

/// Hosts that never change, for the snapshots.
enum Sample {
  /// 2026-12-31 at midnight, UTC.
  static let time: Int64 = 1_798_675_200

  static let context = ExportContext(
    toolVersion: "1.2.3", time: time, policyPath: "security/benchtrail.yaml")

  static let policy: Policy = {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control("image-user-created")), reason: "Rebuilt in spring",
        owner: "platform team", ticket: "SEC-12", end: time + 90 * 86_400, line: 4),
      Waiver(
        coverage: Coverage(.control("container-apparmor")), items: [Glob("ci-*")],
        reason: "Runs builds of our own, see [the wiki](https://example.com)", owner: "=ci",
        line: 11),
    ]
    policy.attestations = [
      Attestation(
        coverage: Coverage(.control("host-hardened")), decision: .pass, by: "alice",
        reason: "Reviewed against our baseline", end: time + 30 * 86_400, line: 20),
      Attestation(
        coverage: Coverage(.control("swarm-secrets-used")), decision: .pass, by: "bob",
        end: time - 1,
        line: 26),
    ]
    policy.severities = ["host-audit-daemon-json": .critical]
    return policy
  }()

  static let judgement = Judgement(policy, at: time)

  // MARK: A host as it is read

  /// The controls of the sample log that are exported: a few of each outcome and change.
  private static let kept: Set<ControlID> = [
    "host-partition", "host-hardened", "host-docker-group-trusted", "host-audit-daemon-json",
    "daemon-userland-proxy-disabled", "files-daemon-json-ownership", "image-user-created",
    "container-apparmor", "container-capabilities-restricted", "container-no-privileged",
    "container-no-docker-sock", "container-only-needed-ports", "swarm-secrets-used",
    "swarm-bind-interface",
  ]

  /// A host with two runs, of which the newer one leaves a control out.
  static func web() throws -> ExportHost { try webTrail().host("web-1", judgement) }

  /// The runs of that host.
  static func webTrail() throws -> Trail {
    let path = "samples/web-1/docker-bench-security.log"
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.repository + "/" + path))
    let runs = Reading.runs(Array(data)).enumerated().map { number, run in
      let findings = run.findings.filter { finding in
        finding.control.map(kept.contains) == true
          && !(number == 1 && finding.control == "container-no-docker-sock")
      }
      return stored(run, findings, id: Int64(0x1000 + number), path: path)
    }
    return Trail(runs)
  }

  private static func stored(
    _ run: Run, _ findings: [Finding], id: Int64, path: String
  ) -> StoredRun {
    var counts: [Outcome: Int] = [:]
    for finding in findings { counts[finding.outcome, default: 0] += 1 }
    return StoredRun(
      summary: RunSummary(
        id: id, host: run.host, release: run.release, startedAt: run.startedAt,
        timeSource: run.timeSource, form: run.form, isComplete: run.isComplete,
        printedChecks: run.printedChecks, printedScore: run.printedScore, path: path,
        line: run.line, labels: ["stage": "production", "a": "b"], counts: counts, unmapped: 0),
      findings: findings)
  }

  // MARK: A host whose names are an attacker's

  /// Names that some format could take for more than a name.
  static let hostileNames = [
    "web\u{1b}[31m\u{9b}2J\u{202e}gpj", "=1+1", "a;=cmd|' /C calc'!A0", "\t@SUM(A1)",
    "line\r\nbreak",
    "<script>alert(1)</script>", "[click](https://evil.example)", "{0} {1}", "]]><x/>", "a\"b\\c'd",
    "``` `code`", "nul\u{0}byte", "%2e%2e/../x", "ｆｕｌｌ", "zero\u{200b}width\u{3164}\u{FFFF}",
    "::error file=x::y", "# EOF", "*",
  ]

  static let hostileHost = "db\u{1b}]0;x\u{7}<b>-1/\u{202e}\",=2"

  static func finding(
    _ control: String?, _ outcome: Outcome, id: String, title: String = "A title as printed",
    items: [Item] = [], details: [String] = [], isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control,
      section: control.flatMap(Catalog.embedded.controls.control)?.section ?? "unmapped",
      checkID: id,
      title: title, printed: outcome == .pass ? .pass : .warn, outcome: outcome, line: 42,
      details: details, items: items, itemsTruncated: isTruncated)
  }

  static func item(_ name: String, _ kind: ItemKind = .container, value: String = "") -> Item {
    Item(kind: kind, name: name, stableName: name, value: value)
  }

  static func summary(
    _ host: String, id: Int64 = 0x2000, path: String = "logs/db-1.json", isComplete: Bool = true
  ) -> RunSummary {
    RunSummary(
      id: id, host: host,
      release: Release(
        tool: .dockerBenchSecurity, printed: "1.6.0", edition: "e11-cis1.6.0b", earliest: "v1.6.1",
        latest: "v1.6.1"),
      startedAt: time - 86_400, timeSource: .log, form: .json, isComplete: isComplete,
      printedChecks: nil, printedScore: nil, path: path, line: 1, counts: [.fail: 3], unmapped: 1)
  }

  /// A host of hostile names, whose run is cut off and was compared with none.
  static func hostile(
    _ names: [String] = hostileNames, host: String = hostileHost,
    path: String = "/var/log/../\u{1b}[2J<i>?x#y:z.log"
  ) -> ExportHost {
    let run = summary(host, path: path, isComplete: false)
    let findings = [
      finding(
        "container-no-privileged", .fail, id: "5.5",
        items: names.map { item($0) } + [item("twice", value: "80"), item("twice", value: "443")],
        details: names, isTruncated: true),
      finding(
        "container-apparmor", .fail, id: "5.2", items: [item("ci-runner"), item("api")]),
      finding("image-user-created", .fail, id: "4.1", items: [item("nginx", .image)]),
      finding("host-hardened", .manual, id: "1.2.1"),
      finding("swarm-secrets-used", .manual, id: "7.6"),
      finding("host-partition", .pass, id: "1.1.1"),
      finding("swarm-bind-interface", .notApplicable, id: "7.2"),
      finding(nil, .fail, id: "9.9", title: names.joined(separator: " ")),
      finding(nil, .info, id: "=9.10\u{202e}", title: "The same title"),
      finding(nil, .info, id: "=9.10\u{202e}", title: "The same title"),
    ]
    return ExportHost(
      name: host, runs: [run],
      findings: findings.map {
        ExportFinding(
          judgement.judge($0, host: host), ExportControls(policy), run: run,
          openSince: run.startedAt,
          isOpenFromStart: true)
      })
  }

  static func hosts() throws -> [ExportHost] { [try web(), hostile()] }

  // MARK: Exports

  /// The whole text of an export.
  static func text(
    _ format: ExportFormat, _ hosts: [ExportHost], for consumer: ExportConsumer? = nil,
    sendsAcceptance: Bool = false, metrics: ExportMetrics? = nil
  ) throws -> String {
    var exporter = try format.exporter(
      for: consumer, sendsAcceptance: sendsAcceptance, metrics: metrics)
    var text = ""
    let sink = ExportSink { text += String(decoding: $0, as: UTF8.self) }
    try exporter.begin(context, sink)
    for host in hosts { try exporter.add(host, sink) }
    try exporter.end(sink)
    try sink.drain()
    return text
  }

  /// An export that is a JSON document.
  static func object(
    _ format: ExportFormat, _ hosts: [ExportHost], for consumer: ExportConsumer? = nil,
    sendsAcceptance: Bool = false
  ) throws -> [String: Any] {
    try object(text(format, hosts, for: consumer, sendsAcceptance: sendsAcceptance))
  }

  /// A JSON object.
  static func object(_ text: some StringProtocol) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let object = value as? [String: Any] else { throw NoObject() }
    return object
  }

  /// An export that has a JSON document in each line.
  static func lines(_ format: ExportFormat, _ hosts: [ExportHost]) throws -> [[String: Any]] {
    try text(format, hosts).split(separator: "\n").map { try object($0) }
  }

  /// An export that is a JSON array of objects.
  static func array(_ format: ExportFormat, _ hosts: [ExportHost]) throws -> [[String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(text(format, hosts).utf8))
    guard let array = value as? [[String: Any]] else { throw NoObject() }
    return array
  }

  private struct NoObject: Error {}
}

extension ExportFinding {
  /// The finding as if its log said something else.
  func reading(_ change: (inout Finding) -> Void) -> ExportFinding {
    var found = shared.finding
    found.line = line
    change(&found)
    let other = SharedFinding(
      shared.judged, found, ExportControls(Sample.policy), release: shared.release, shared.state,
      change: shared.change, ceased: shared.ceased)
    return ExportFinding(other, origin, line: found.line, openSince: openSince)
  }
}

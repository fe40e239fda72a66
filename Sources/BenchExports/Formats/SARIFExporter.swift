import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes SARIF 2.1.0: a run for each host, a result for each item.
///
/// A result for each item rather than for each control: an alert can then be dismissed for one container, it closes when
/// that container is mended, and a waiver of one item is the suppression of one result. Alerts are known again by host,
/// control and item (`primaryLocationLineHash`, the only fingerprint that GitHub reads), never by number or line.
///
/// GitHub ignores `kind`, `baselineState` and `suppressions`, so the variant for it has only what is open. GitHub takes
/// 20 runs a file and 25,000 results a run, and shows 5,000: a host with more gets one result for each control. What is
/// above a limit even then is left out and counted, in a notification of the run and in ``notices``.
struct SARIFExporter: Exporter {
  /// GitHub's limits, from its page on SARIF support for code scanning.
  struct Limits {
    var runs = 20
    /// How many it shows of a run.
    var shownResults = 5_000
    var results = 25_000
    /// The size of a compressed file.
    var megabytes = 10
    /// That size, less what is on its way through the compressor when it is looked at.
    var bytes = 9_500_000
  }

  private let isForGitHub: Bool
  private let limits: Limits
  /// How large GitHub's file is.
  private let packed: PackedSize?
  private(set) var notices: [String] = []
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = 0
  /// The rules as written, which hosts share.
  private var known: SARIFRules.Known = [:]
  private var rendered = RenderedFindings<SARIFResults.Note>()
  private static var wording: Wording { SARIFResults.wording }

  /// Creates an exporter.
  init(for consumer: ExportConsumer? = nil, limits: Limits = Limits()) {
    isForGitHub = consumer == .github
    self.limits = limits
    packed = isForGitHub ? PackedSize() : nil
  }

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    var object = JSONObject()
    object.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    object.add("version", "2.1.0")
    try write(object.open + ",\"runs\":[")
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]}\n") }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    if isForGitHub, hosts == limits.runs { throw ExportError.tooManyHosts(limit: limits.runs) }
    let (limits, packed) = (self.limits, self.packed)
    let put = counted(write)
    let open = isForGitHub ? host.findings.filter(\.shared.judged.isOpen) : host.findings
    let isRolled = isForGitHub && Self.results(open) > limits.shownResults
    let findings = isRolled ? Array(open.prefix(limits.results)) : open
    let form = SARIFResults.Form(
      policyPath: context.policyPath, isForGitHub: isForGitHub, isRolled: isRolled)
    let results = findings.map { finding in
      // A host of so many results is rare: others don't share its form.
      isRolled
        ? SARIFResults.render(finding.shared, form)
        : rendered.of(finding.shared) { SARIFResults.render($0, form) }
    }
    let rules = SARIFRules(
      zip(findings, results).map { (id: $1.note.rule, finding: $0.shared) }, &known)
    var object = JSONObject()
    object.add("automationDetails", Self.automation(host))
    if !isForGitHub, context.policyPath?.hasPrefix("/") == true {
      // So that a relative reference to the policy can be followed.
      var root = JSONObject()
      root.add("uri", "file:///")
      var bases = JSONObject()
      bases.add("ROOT", root)
      object.add("originalUriBaseIds", bases)
    }
    if hosts == 0 { put.append("\n") } else { put.append(",\n") }
    put.append("{\"tool\":{\"driver\":")
    try rules.writeDriver(context.toolVersion, put)
    put.append("},")
    put.append(object.members)
    put.append(",\n\"results\":[")
    var writer = SARIFResults(host, rules, form)
    var dropped = 0
    for (finding, result) in zip(findings, results) {
      dropped += try writer.add(finding, result, put) {
        packed.map { $0.count < limits.bytes } ?? true
      }
      // A file for each host leaves nothing out.
      if dropped > 0, hosts > 0 { throw ExportError.tooLarge(megabytes: limits.megabytes) }
    }
    let left = leftOut(isRolled: isRolled, above: open.count - findings.count, dropped)
    var last = JSONObject()
    last.add("invocations", Self.invocations(host, left))
    put.append("\n],")
    put.append(last.members)
    put.append("}")
    // What was counted is handed on with its host.
    if put === write { try put.flush() } else { try put.drain() }
    notices += left.map { "\(Self.wording.name(host.name)): \($0)" }
    hosts += 1
  }

  /// How many results there are if each item is one.
  private static func results(_ findings: [ExportFinding]) -> Int {
    findings.reduce(0) { $0 + $1.shared.units().count { !$0.isWaived } }
  }

  /// A sink that counts what GitHub's file is large by; else the sink itself.
  private func counted(_ write: ExportSink) -> ExportSink {
    guard let packed else { return write }
    return ExportSink(pieceSize: 1 << 16) { piece in
      packed.add(piece)
      write.append(piece.bindMemory(to: UInt8.self))
      try write.flush()
    }
  }

  /// What is not as it would be without GitHub's limits, in sentences.
  private func leftOut(isRolled: Bool, above: Int, _ dropped: Int) -> [String] {
    var sentences: [String] = []
    if isRolled {
      sentences.append(
        "Each control has one result, not one for each item: GitHub shows \(limits.shownResults).")
    }
    if above > 0 {
      sentences.append("\(above) failures are left out: GitHub takes \(limits.results) of a run.")
    }
    if dropped > 0 {
      sentences.append(
        "\(dropped) results are left out: GitHub takes \(limits.megabytes) MB, compressed.")
    }
    return sentences
  }

  /// The category that an upload replaces the alerts of: without the host in it, the hosts' uploads would close each
  /// other's alerts.
  private static func automation(_ host: ExportHost) -> JSONObject {
    // What stands before the last slash is the category.
    let category = wording.name(host.name, limit: 120).escaping("/") { _ in "\\u002f" }
    var object = JSONObject()
    object.add("id", "benchtrail/\(category)/\(host.runs.first?.name ?? "none")")
    return object
  }

  private static func invocations(_ host: ExportHost, _ leftOut: [String]) -> [JSONObject] {
    host.runs.enumerated().map { number, run in
      var object = JSONObject()
      object.add("executionSuccessful", run.isComplete)
      object.add("machine", wording.name(host.name))
      object.add("startTimeUtc", Wording.time(run.startedAt))
      var notifications: [String] = []
      if !run.isComplete { notifications.append("The log is cut off: the run is incomplete.") }
      if number == 0 { notifications += leftOut }
      if !notifications.isEmpty {
        object.add("toolExecutionNotifications", notifications.map(notification))
      }
      var properties = JSONObject()
      properties.add("run", run.name)
      properties.add("tool", run.release.tool.name)
      properties.add("toolVersion", run.release.printed.map { wording.name($0) })
      properties.add("edition", run.release.edition)
      object.add("properties", properties)
      return object
    }
  }

  private static func notification(_ text: String) -> JSONObject {
    var message = JSONObject()
    message.add("text", text)
    var object = JSONObject()
    object.add("level", "warning")
    object.add("message", message)
    return object
  }
}

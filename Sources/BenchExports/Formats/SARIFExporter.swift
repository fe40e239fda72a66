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
/// 20 runs a file and 25,000 results a run, and shows 5,000: a host with more gets one result for each control, and
/// what is above the limit even then is counted in a notification.
struct SARIFExporter: Exporter {
  /// GitHub's limits, from its page on SARIF support for code scanning.
  static let gitHubRuns = 20
  static let gitHubResults = 5_000
  static let gitHubMostResults = 25_000

  private let isForGitHub: Bool
  private var context = ExportContext(toolVersion: "", time: 0)
  private var hosts = 0
  /// The rules as written, which are the same for every host.
  private var known: [String: JSONLiteral] = [:]
  private static var wording: Wording { SARIFResults.wording }

  /// Creates an exporter.
  init(for consumer: ExportConsumer? = nil) { isForGitHub = consumer == .github }

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    self.context = context
    var object = JSONObject()
    object.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    object.add("version", "2.1.0")
    try write(object.open + ",\"runs\":[")
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]}\n") }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    if isForGitHub, hosts == Self.gitHubRuns {
      throw ExportError.tooManyHosts(limit: Self.gitHubRuns)
    }
    let findings = isForGitHub ? host.findings.filter(\.judged.isOpen) : host.findings
    let rules = SARIFRules(findings, &known)
    var object = JSONObject()
    object.add("automationDetails", Self.automation(host))
    let rolled = isForGitHub ? Self.rolled(findings, host.name) : nil
    object.add(
      "invocations", Self.invocations(host, dropped: rolled.map { findings.count - $0 } ?? 0))
    if !isForGitHub {
      // So that a relative reference to a log can be followed.
      var root = JSONObject()
      root.add("uri", "file:///")
      var bases = JSONObject()
      bases.add("ROOT", root)
      object.add("originalUriBaseIds", bases)
    }
    var buffer = JSONBuffer()
    if hosts == 0 { buffer.append("\n") } else { buffer.append(",\n") }
    buffer.append("{\"tool\":{\"driver\":")
    try rules.writeDriver(context.toolVersion, to: &buffer, write)
    buffer.append("},")
    buffer.append(object.members)
    buffer.append(",\n\"results\":[")
    var results = SARIFResults(
      host, rules, policyPath: context.policyPath, isForGitHub: isForGitHub, in: buffer)
    for finding in findings.prefix(rolled ?? findings.count) {
      let all = finding.units(host.name)
      let units =
        rolled != nil
        ? [finding.whole(host.name)] : isForGitHub ? all.filter { !$0.isWaived } : all
      try results.add(finding, units, of: all, write)
    }
    try results.end(write)
    hosts += 1
  }

  /// How many findings GitHub gets as one result each, because there are too many items; nil if there aren't.
  private static func rolled(_ findings: [ExportFinding], _ host: String) -> Int? {
    let count = findings.reduce(0) { $0 + $1.units(host).count { !$0.isWaived } }
    return count > gitHubResults ? min(findings.count, gitHubMostResults) : nil
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

  private static func invocations(_ host: ExportHost, dropped: Int) -> [JSONObject] {
    host.runs.enumerated().map { number, run in
      var object = JSONObject()
      object.add("executionSuccessful", run.isComplete)
      object.add("machine", wording.name(host.name))
      object.add("startTimeUtc", Wording.time(run.startedAt))
      var notifications: [String] = []
      if !run.isComplete { notifications.append("The log is cut off: the run is incomplete.") }
      if number == 0, dropped > 0 {
        notifications.append("\(dropped) failures are left out: GitHub takes no more.")
      }
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

/// A path as a relative reference of RFC 3986, which is all that GitHub accepts.
enum RelativeURI {
  /// Percent-encodes a path, without what would lead out of the folder that it is looked up in.
  static func of(_ path: String) -> String {
    var parts: [String] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if !parts.isEmpty { parts.removeLast() }
      } else {
        parts.append(encoded(SafeText.clipped(String(part), to: 255)))
      }
    }
    return parts.isEmpty ? "unknown" : parts.joined(separator: "/")
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

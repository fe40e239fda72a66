import BenchHistory
import BenchModel
import BenchParsing
import BenchReports
import BenchService
import BenchTestSupport
import Foundation
import Testing

/// What becomes of logs that were captured, from the file to the runs.
struct `An imported capture` {
  private let repository = MemoryRepository()
  private let logs: LogFolder

  init() throws { logs = try LogFolder() }

  private static let node = [
    "[INFO] 4 Worker Node Security Configuration", "[INFO] 4.1 Worker Node Configuration Files",
    "[FAIL] 4.1.1 Ensure that the kubelet service file permissions are set to 600 or more restrictive (Automated)",
    "[PASS] 4.1.2 Ensure that the kubelet service file ownership is set to root:root (Automated)",
    "[FAIL] 4.1.9 If the kubelet config.yaml configuration file is being used validate permissions set to 600 or more restrictive (Automated)",
    "",
  ]

  @discardableResult
  private func imported(_ text: String, host: String = "h") throws -> ImportLogs.Result {
    try logs.write("log.txt", Array(text.utf8), changed: 0)
    return try ImportLogs(logs.reading(host: host)).run(into: repository)
  }

  /// The runs as they are kept: host, edition, how many findings and how many of them have no control.
  private func kept() -> [String] {
    repository.runs(RunFilter()).map { run in
      "\(run.host) \(run.release.edition ?? "-") \(run.unmapped)"
    }.sorted()
  }

  @Test func `is split by the hosts that its lines name`() throws {
    let mixed = Self.node.flatMap { line in ["node-1: " + line, "node-2: " + line] }
    let result = try imported(mixed.joined(separator: "\n"))
    #expect(kept().map { $0.prefix(6) } == ["node-1", "node-2"])
    guard case .hostsFromLog(["node-1", "node-2"], isSplit: true)? = result.notices.first?.kind
    else {
      Issue.record("\(result.notices)")
      return
    }
  }

  @Test func `keeps the host that a person named where its lines name one`() throws {
    try imported(Self.node.map { "node-1: " + $0 }.joined(separator: "\n"))
    #expect(kept().map { $0.prefix(2) } == ["h "])
  }

  @Test func `has the time of its first line where the tool prints none`() throws {
    let lines = Self.node.enumerated().map { "2026-03-01T10:00:0\($0.offset)Z " + $0.element }
    try imported(lines.joined(separator: "\n"))
    let run = try #require(repository.runs(RunFilter()).first)
    #expect(run.timeSource == .log)
    #expect(run.order.startedAt == 1_772_359_200)
  }

  @Test func `is one run where a document holds the log twice`() throws {
    let list = Self.node.map { "\"\($0)\"" }.joined(separator: ", ")
    let whole = Self.node.joined(separator: "\\n")
    try imported("{\"rc\": 0, \"stdout\": \"\(whole)\", \"stdout_lines\": [\(list)]}")
    #expect(kept().count == 1)
  }

  private static let service =
    "Ensure that the kubelet service file permissions are set to 600 or more restrictive (Automated)"
  private static let owner =
    "Ensure that the kubelet service file ownership is set to root:root (Automated)"
  /// A few lines of a log, which fit a vendor's short list best and tell nothing by that.
  private static let excerpt = node.dropLast().joined(separator: "\n")
  /// With a dash behind each id.
  private static let dashed = "[FAIL] 4.1.1 - \(service)\n[PASS] 4.1.2 - \(owner)\n"
  /// In a table with a column of results and one of ids.
  private static let table =
    "| Status | ID | Title |\n|---|---|---|\n| FAIL | 4.1.1 | \(service) |\n| PASS | 4.1.2 | \(owner) |\n"
    + "| FAIL | 4.1.9 | If the kubelet config.yaml configuration file is being used validate permissions set to 600 or more restrictive (Automated) |\n"

  @Test(arguments: [excerpt, dashed, table])
  func `has controls`(text: String) throws {
    try imported(text)
    let run = try #require(repository.runs(RunFilter()).first)
    #expect(run.release.tool == .kubeBench)
    #expect(run.unmapped == 0)
    #expect(run.release.edition?.hasPrefix("cis-") == true)
  }

  private static let totals =
    "57 checks PASS\n== Summary total ==\n57 checks PASS\n19 checks FAIL\n54 checks WARN\n0 checks INFO\n"
  private static let reversed: String = (1...9).reversed().map { "[PASS] 4.1.\($0) Title \($0)" }
    .joined(separator: "\n")
  private static let podman = """
    # Podman Security Bench v1.0.0
    Initializing 2026-11-23T03:49:27+00:00
    Section A - Check results
    [INFO] 2 - Podman service configuration
    [WARN] 2.1 - Ensure it (Automated)

    """
  private static let podmanJSON = """
    {"podmanbenchsecurity": "1.0.0", "start": 1795403847, "tests": [{"id": "4", "desc": "Images", "results": [
      {"id": "4.5", "desc": "Ensure Content trust for Docker is Enabled", "result": "WARN"}]}],
      "checks": 1, "score": -1, "end": 1795403850}
    """
  private static let refused: [(String, LogContent)] = [
    (totals, .totals), (reversed, .reversed), (podman, .relative("Podman Security Bench")),
    (podmanJSON, .relative("Podman Security Bench")),
    ("Initializing 2026-11-23T03:49:27+00:00\n", .beginning),
  ]

  @Test(arguments: refused)
  func `without a check of a known tool is refused`(text: String, content: LogContent) throws {
    let result = try imported(text)
    #expect(result.isRefused)
    #expect(repository.runs(RunFilter()).isEmpty)
    let found = result.notices.compactMap { notice in
      if case .noRun(let found) = notice.kind { found } else { nil as LogContent? }
    }
    #expect(found == [content])
  }

  @Test func `of a run with its count and without its score is whole`() throws {
    let log = """
      # Docker Bench for Security v1.6.0
      Initializing 2025-03-04T05:06:07+00:00
      Section A - Check results
      [INFO] 4 - Container Images and Build File
      [WARN] 4.5 - Ensure Content trust for Docker is Enabled (Automated)
      [PASS] 4.9 - Ensure that COPY is used instead of ADD in Dockerfiles (Manual)
      Section C - Score
      [INFO] Checks: 2

      """
    try imported(log)
    #expect(repository.runs(RunFilter()).first?.isComplete == true)
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `of each case has what a person reads in it`() throws {
    let folder = try #require(Corpus.shared) + "/cases/"
    let expected: [(file: String, runs: [String])] = [
      ("A1-ansible-stdout-twice.json", ["h cis-1.12 0"]),
      ("A2-minutes-equal-month.txt", ["h e07-cis1.2.0 0", "h e07-cis1.2.0 0"]),
      ("B1-ansible-v-one-line.txt", ["h cis-1.12 0"]),
      ("B2-ansible-one-line.txt", ["h cis-1.12 0"]),
      ("C1-ansible-yaml-callback.txt", ["h cis-1.12 0"]),
      ("C2-ansible-force-color.txt", ["h cis-1.12 0"]),
      ("C3-csv-export.txt", ["h cis-1.12 0"]),
      ("C4-markdown-list-of-code.txt", ["h cis-1.12 0"]),
      ("C6-html-entities.txt", ["h e11-cis1.6.0b 0"]),
      ("E1-dash-of-a-word-processor.txt", ["h e11-cis1.6.0b 0"]),
      ("F1-markdown-coloured-marks.txt", ["h cis-1.12 0"]),
      ("G1-configmap-json.json", ["h cis-1.12 0"]),
      ("G3-salt-json.json", ["node-1 cis-1.12 0", "node-2 cis-1.12 0"]),
      ("G8-kube-bench-report-yaml.txt", ["h cis-1.6 0"]),
      ("H1-report-list-hosts-and-time.json", ["node-1 cis-1.12 0", "node-2 cis-1.12 0"]),
      ("H3-interleaved-hosts.txt", ["web-1 e11-cis1.6.0b 0", "web-2 e11-cis1.6.0b 0"]),
      ("I1-own-container.txt", ["h e11-cis1.6.0b 0", "h e11-cis1.6.0b 0"]),
      ("J1-known-in-another-edition.txt", ["h cis-1.12 0"]),
      ("J2-checks-without-score.txt", ["h e11-cis1.6.0b 0"]),
      ("J3-only-a-summary.txt", []),
      ("K1-order-of-runs-in-one-file.txt", ["h cis-1.12 0", "h cis-1.12 0"]),
    ]
    for (file, runs) in expected {
      let repository = MemoryRepository()
      let logs = try LogFolder()
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + file)))
      try logs.write(file, bytes, changed: 0)
      _ = try ImportLogs(logs.reading(host: "h")).run(into: repository)
      let kept = repository.runs(RunFilter()).map {
        "\($0.host) \($0.release.edition ?? "-") \($0.unmapped)"
      }
      #expect(kept.sorted() == runs, "\(file)")
    }
  }
}

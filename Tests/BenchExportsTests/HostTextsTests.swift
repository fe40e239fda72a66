import BenchAnalysis
import BenchModel
import BenchTestSupport
import Testing

@testable import BenchExports

struct `A host's texts` {
  /// What hosts share is written of both as it is written of each alone.
  @Test(arguments: ExportFormat.allCases)
  func `fill what hosts share as if each were alone`(format: ExportFormat) throws {
    let first = try Sample.web()
    let controls = ExportControls(Sample.policy)
    func other(sharing: Bool) -> ExportHost {
      ExportHost(
        name: "db-2\"<&", runs: first.runs, bases: first.bases,
        findings: first.findings.map { finding in
          var run = finding.run
          run?.path = "logs/a b'<&\".log"
          run?.startedAt += 3_600
          let since = finding.openSince.map { $0 + 3_600 }
          if sharing {
            return ExportFinding(
              finding.shared, run.map(ExportRun.init), line: finding.line + 7, openSince: since)
          }
          var found = finding.shared.finding
          found.line = finding.line + 7
          return ExportFinding(
            Sample.judgement.judge(found, host: "web-1"), controls, run: run, openSince: since,
            isOpenFromStart: finding.shared.isOpenFromStart, isLeftOut: finding.shared.isLeftOut,
            isNew: finding.shared.isNew, isCompared: finding.shared.isCompared,
            change: finding.shared.change)
        })
    }
    let shared = try Sample.text(format, [first, other(sharing: true)])
    #expect(try shared == Sample.text(format, [first, other(sharing: false)]))
    #expect(try shared != Sample.text(format, [first]))
  }

  @Test func `fill each kind of gap`() throws {
    let run = Sample.summary("web-1", path: "log")
    let finding = ExportFinding(
      Sample.judgement.judge(Sample.finding("host-partition", .fail, id: "1.1.1"), host: "web-1"),
      ExportControls(Sample.policy), run: run, openSince: 5)
    let texts = HostTexts(
      "web-1", [Array("H".utf8)], run: { [Array($0.path.utf8)] }, since: { [Array("\($0)".utf8)] })
    var fingerprints = FingerprintTexts()
    let place = fingerprints.add(finding.shared.finding, nil)
    texts.begin(fingerprints)
    var text = TextBuffer()
    for gap: Gap in [
      .host(0), .run(0), .line, .place, .end, .since(0), .mark(place), .own(3), .fingerprint(place),
    ] {
      text.append(" ")
      text.append(gap)
    }
    text.append(".")
    var written = ""
    let sink = ExportSink { written += String(decoding: $0, as: UTF8.self) }
    texts.write(text, of: finding, to: sink) { sink.append(Int($0)) }
    try sink.drain()
    let hex = Fingerprint(["web-1", "host-partition"]).hex
    #expect(written == " H log 42 42 43 5 \(hex.prefix(16)) 3 \(hex).")
  }
}

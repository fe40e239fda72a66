import BenchModel
import BenchParsing
import BenchTestSupport
import CNettle
import Foundation
import Testing

@testable import BenchCatalog

/// What is read of the fixtures and the samples, and understood of it, pinned to the version of the readers.
struct `The readers' version` {
  /// What the readers of each version read, the newest last; add a line with each new version.
  private static let digests = [
    1: "883204e1cc86e14d51e6bedec607e235",
    2: "44c29dbc884a33d57b478adf1b042b60",
  ]

  private static func files() throws -> [String] {
    try ["Tests/Fixtures", "samples"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: Fixture.repository + "/" + folder)
        .map { folder + "/" + $0 }
    }.filter { [".txt", ".json", ".log"].contains(where: $0.hasSuffix) }.sorted()
  }

  /// All that a run says, in words that change only with it.
  private static func text(_ run: Run) -> String {
    let release = run.release
    var lines = [
      "\(run.host) \(release.tool) \(release.printed ?? "-") \(release.edition ?? "-") "
        + "\(release.earliest) \(release.latest)",
      "\(run.form) \(run.startedAt) \(run.timeSource) \(run.isComplete) \(run.line) "
        + "\(run.printedChecks ?? -1) \(run.printedScore.map(String.init) ?? "-")",
    ]
    for finding in run.findings {
      lines.append(
        "\(finding.control ?? "-") \(finding.section) \(finding.checkID) \(finding.title) "
          + "\(finding.printed.word) \(finding.outcome.name) \(finding.line) "
          + "\(finding.itemsTruncated)")
      lines += finding.details
      lines += finding.items.map { "\($0.kind.name) \($0.name) \($0.stableName) \($0.value)" }
    }
    return lines.joined(separator: "\n")
  }

  private static func digest(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var context = sha256_ctx()
    var digest = [UInt8](repeating: 0, count: 16)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    nettle_sha256_digest(&context, digest.count, &digest)
    return digest.map { String(format: "%02x", $0) }.joined()
  }

  @Test func `is raised when logs are read differently`() throws {
    var text = ""
    var runs = 0
    for file in try Self.files() {
      text += file + "\n"
      let bytes = Array(
        try Data(contentsOf: URL(fileURLWithPath: Fixture.repository + "/" + file)))
      for (run, diagnostics) in Reading.results(bytes) {
        runs += 1
        text += Self.text(run) + "\n"
        text += diagnostics.map { "\($0.line) \($0.kind)\n" }.joined()
      }
    }
    #expect(runs > 30)
    let digest = Self.digest(text)
    #expect(
      Self.digests[Understanding.readersVersion] == digest,
      "the readers read differently: raise Understanding.readersVersion and record the digest \(digest)"
    )
    #expect(Self.digests.keys.max() == Understanding.readersVersion)
    #expect(Set(Self.digests.values).count == Self.digests.count)
  }
}

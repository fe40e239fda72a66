import BenchModel
import BenchReports

/// A run as every document of BenchTrail has it, in the bytes of `RunJSON`.
///
/// An export of a fleet has two for each host, which Foundation's encoder takes longer for than for all else.
enum RunObject {
  /// Describes a run.
  ///
  /// - Throws: `EncodingError`
  static func make(_ run: RunSummary) throws -> JSONObject {
    var counts = JSONObject()
    counts.add("fail", run.counts[.fail] ?? 0)
    counts.add("info", run.counts[.info] ?? 0)
    counts.add("manual", run.counts[.manual] ?? 0)
    counts.add("notApplicable", run.counts[.notApplicable] ?? 0)
    counts.add("pass", run.counts[.pass] ?? 0)
    var source = JSONObject()
    source.add("line", run.line)
    source.add("path", try text(run.path))
    let release = run.release
    var object = JSONObject()
    object.add("complete", run.isComplete)
    object.add("counts", counts)
    object.add("earliestVersion", try release.earliest.isEmpty ? nil : text(release.earliest))
    object.add("edition", try release.edition.map(text))
    object.add("host", try text(run.host))
    object.add("id", run.name)
    object.add("labels", try labels(run.labels))
    object.add("latestVersion", try release.latest.isEmpty ? nil : text(release.latest))
    object.add("orderGuessed", run.isOrderGuessed)
    object.add("printedChecks", run.printedChecks)
    object.add("printedScore", run.printedScore)
    if !run.scope.isWhole { object.add("scope", try text(run.scope.text)) }
    object.add("source", source)
    object.add("startedAt", CivilTime.rfc3339(run.startedAt))
    object.add("startedAtSource", run.timeSource.name)
    object.add("tool", try text(release.tool.name))
    object.add("toolVersion", try release.printed.map(text))
    object.add("unmapped", run.unmapped)
    return object
  }

  private static func labels(_ labels: [String: String]) throws -> JSONLiteral {
    labels.isEmpty ? JSONLiteral("{}") : try encoded(labels)
  }

  /// A string as the encoder writes it, which has escapes of its own.
  private static func text(_ text: String) throws -> JSONLiteral {
    let isPlain = text.utf8.allSatisfy { byte in
      byte &- 0x20 < 0x5F && byte != 0x22 && byte != 0x5C
    }
    return isPlain ? JSONLiteral("\"\(text)\"") : try encoded(text)
  }

  private static func encoded(_ value: some Encodable) throws -> JSONLiteral {
    JSONLiteral(String(try JSONText.encode(value, isPretty: false).dropLast()))
  }
}

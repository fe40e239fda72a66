package import BenchModel

/// What a person said of a run that its log does not tell.
package struct RunContext: Sendable {
  package var host: String
  /// The time to take where the log has none, in seconds since 1970.
  package var fallbackTime: Int64
  /// Where that time comes from.
  package var fallbackSource: TimeSource

  /// Creates a context.
  package init(host: String, fallbackTime: Int64, fallbackSource: TimeSource) {
    self.host = host
    self.fallbackTime = fallbackTime
    self.fallbackSource = fallbackSource
  }
}

/// Turns what a log says to what it means: edition, controls, outcomes, items, time.
///
/// Text and JSON of one run give the same findings, although the tool prints different results in
/// each: a result that the text of a version never has is taken for the one that the text has in its
/// place (JSON's INFO for NOTE, 4.9's WARN of October 2018 for INFO, and others).
///
/// What was looked up is kept for the next run, so one normalizer should read many.
package final class Normalizer {
  /// What all tools share.
  private let shared: Catalog
  private let catalog: ScriptCatalog
  private let texts: KnownTexts
  private var results = KnownResults<CheckReading>()
  private var inferences = KnownLists<
    KnownTitle, EditionInference.Condition, EditionInference.Known
  >()
  /// What understands the tools that are known by their benchmarks, once it was asked for.
  private var benchmarks: [Tool: BenchmarkNormalizer] = [:]

  /// Creates a normalizer that knows what a catalogue knows.
  package init(catalog: Catalog) {
    shared = catalog
    self.catalog = catalog.scripts
    texts = KnownTexts(catalog.scripts)
  }

  /// Returns the run that a parsed run is, and what was noticed about it.
  package func normalize(
    _ parsed: ParsedRun, _ context: RunContext
  ) -> (run: Run, diagnostics: [Diagnostic]) {
    if let other = benchmarkNormalizer(parsed) { return other.normalize(parsed, context) }
    if let (other, run) = dashedBenchmark(parsed) { return other.normalize(run, context) }
    var diagnostics = parsed.diagnostics
    let version = parsed.toolVersion.isEmpty ? nil : parsed.string(parsed.toolVersion)
    let checks = results.readings(parsed) { check, rests in
      CheckReading(parsed, check, rests, texts, catalog)
    }
    let start = RunStart(parsed, catalog.startTimes)
    let features = RunFeatures(parsed, start.reading).names.compactMap { catalog.features[$0] }
    let condition = EditionInference.Condition(printedVersion: version, features: features)
    let inference = inferences.value(checks, condition, { $0.known }) { known in
      EditionInference.Known(
        EditionInference(
          catalog: catalog, checks: known, printedVersion: version, features: features))
    }
    let inferred = inference.result
    let edition = inferred?.edition
    var findings: [Finding] = []
    findings.reserveCapacity(checks.count)
    var marks: [SwarmState.Mark] = []
    marks.reserveCapacity(checks.count)
    var versions: [VersionSet] = []
    var points = (least: 0, most: 0)
    for (check, reading) in zip(parsed.checks, checks) {
      let meaning = reading.meaning(parsed, check, in: edition, texts, catalog)
      points.least += meaning.points.lowerBound
      points.most += meaning.points.upperBound
      for range in meaning.versions where versions.last != range { versions.append(range) }
      guard var finding = meaning.finding else { continue }
      finding.line = Int(check.line)
      if let kind = doubt(finding, check: reading.known, in: edition) {
        diagnostics.append(Diagnostic(kind, line: finding.line))
      }
      findings.append(finding)
      marks.append(meaning.swarm)
    }
    SwarmState(findings, marks).apply(to: &findings, marks)
    let range = inference.range(versions)
    let release = Release(
      tool: parsed.tool, printed: version, edition: edition.map { catalog.editions[$0].name },
      earliest: range?.first.map { catalog.versions[$0].label } ?? "",
      latest: range?.last.map { catalog.versions[$0].label } ?? "")
    if !findings.isEmpty, let doubt = doubt(inferred) {
      diagnostics.append(Diagnostic(doubt, line: parsed.line))
    }
    if let range, catalog.features["score-points"].map(range.isSubset) == true {
      checkScore(parsed, findings.count, points.least...points.most, &diagnostics)
    }
    let time = start.time(
      context, isMonthForMinutes: isMonthForMinutes(parsed, start.reading, range), &diagnostics)
    let isComplete = completeness(parsed, checks, findings, edition, &diagnostics)
    let run = Run(
      host: context.host, release: release, form: parsed.form, startedAt: time.seconds,
      timeSource: time.source, isComplete: isComplete, printedChecks: parsed.printedChecks,
      printedScore: parsed.printedScore, line: parsed.line, findings: findings)
    return (run, diagnostics)
  }

  /// What understands a run by the benchmarks of its tool; nil for a tool that is known by its versions.
  private func benchmarkNormalizer(_ parsed: ParsedRun) -> BenchmarkNormalizer? {
    guard case .benchmarks = parsed.tool.knowledge else { return nil }
    let own = benchmarkNormalizer(of: parsed.tool)
    guard !parsed.hasStart else { return own }
    // Without its beginning, a run of one tool looks like one of another.
    return benchmarks(of: parsed, knowingMoreThan: own.matches(parsed))?.normalizer ?? own
  }

  /// What understands a run of another tool that was written down with a dash behind each id, as docker-bench-security has
  /// one; nil where the run is docker-bench-security's.
  private func dashedBenchmark(_ parsed: ParsedRun) -> (BenchmarkNormalizer, ParsedRun)? {
    guard parsed.tool == .dockerBenchSecurity, parsed.form == .text, !parsed.hasStart,
      parsed.toolVersion.isEmpty, !parsed.hasSections
    else { return nil }
    let own = parsed.checks.count { check in !texts.title(parsed, check).rows.isEmpty }
    return benchmarks(of: parsed, knowingMoreThan: own).map {
      ($0.normalizer, parsed.withoutHeadings(as: $0.tool))
    }
  }

  /// The tool whose benchmarks know most of a run's checks, if that is more than a number.
  private func benchmarks(
    of parsed: ParsedRun, knowingMoreThan count: Int
  ) -> (normalizer: BenchmarkNormalizer, tool: Tool)? {
    var found: (normalizer: BenchmarkNormalizer, tool: Tool)?
    var most = count
    for catalog in shared.benchmarks {
      let normalizer = benchmarkNormalizer(of: catalog.tool)
      let matches = normalizer.matches(parsed)
      if matches > most { (found, most) = ((normalizer, catalog.tool), matches) }
    }
    return found
  }

  private func benchmarkNormalizer(of tool: Tool) -> BenchmarkNormalizer {
    if let known = benchmarks[tool] { return known }
    let made = BenchmarkNormalizer(tool, shared)
    benchmarks[tool] = made
    return made
  }

  /// What is to be said of a check that the run's edition does not have.
  private func doubt(
    _ finding: Finding, check: KnownTitle, in edition: Int?
  ) -> Diagnostic.Kind? {
    if let edition, !check.rows.isEmpty, check.row(in: edition, catalog) == nil {
      let others = Set(check.rows.map { catalog.rows[$0].edition }).sorted(by: >)
      return .checkOfOther(
        id: finding.checkID, own: catalog.editions[edition].name,
        others: others.map { catalog.editions[$0].name }, isMapped: finding.control != nil)
    }
    return finding.control == nil ? .unknownCheck(id: finding.checkID, title: finding.title) : nil
  }

  private func doubt(_ result: EditionInference.Result?) -> Diagnostic.Kind? {
    guard let result else { return .editionUnknown }
    guard !result.rivals.isEmpty else { return nil }
    return .editionGuessed(
      catalog.editions[result.edition].name, others: result.rivals.map { catalog.editions[$0].name }
    )
  }

  // MARK: - Completeness

  /// Tells whether a run is whole, and compares the tool's own total with what was read.
  private func completeness(
    _ parsed: ParsedRun, _ checks: [CheckReading], _ findings: [Finding], _ edition: Int?,
    _ diagnostics: inout [Diagnostic]
  ) -> Bool {
    if let printed = parsed.printedChecks, printed != findings.count {
      let kind = Diagnostic.Kind.checksDiffer(printed: printed, read: findings.count)
      // Flat JSON never has the one check that the tool writes only on some hosts.
      let isExpected = parsed.form == .json && parsed.checks.contains { $0.title.isEmpty }
      if !isExpected { diagnostics.append(Diagnostic(kind, line: parsed.line)) }
      if printed > findings.count, !isExpected {
        if !parsed.hasStart { diagnostics.append(Diagnostic(.headMissing, line: parsed.line)) }
        return false
      }
    }
    if parsed.isOverfull { return false }
    guard parsed.hasStart else {
      diagnostics.append(Diagnostic(.headMissing, line: parsed.line))
      return false
    }
    // The count is the last thing but one that the tool prints.
    if parsed.hasEnd || parsed.printedChecks == findings.count { return true }
    // Up to October 2017 the tool prints nothing at its end, and always runs all its checks.
    if parsed.form == .text, parsed.printedChecks == nil, let edition, let last = findings.last,
      catalog.features["score"]?.contains(catalog.editions[edition].versions.first ?? 0) == false,
      catalog.endsRun(control: last.control, edition: edition),
      checks.last?.known.isByID != true, parsed.details.last?.isCut != true
    {
      return true
    }
    if !diagnostics.contains(where: { $0.kind == .cutOff }) {
      diagnostics.append(
        Diagnostic(.cutOff, line: parsed.checks.last.map { Int($0.line) } ?? parsed.line))
    }
    return false
  }

  /// Compares the tool's score with the one that its results make.
  private func checkScore(
    _ parsed: ParsedRun, _ read: Int, _ points: ClosedRange<Int>, _ diagnostics: inout [Diagnostic]
  ) {
    guard let printed = parsed.printedScore, parsed.printedChecks == read,
      !points.contains(printed)
    else { return }
    let nearest = printed < points.lowerBound ? points.lowerBound : points.upperBound
    diagnostics.append(
      Diagnostic(.scoreDiffers(printed: printed, computed: nearest), line: parsed.line))
  }

  // MARK: - Time

  /// Whether the minutes of a run's start are its month: for ten days in March 2021 the format was `%H:%m:%S`.
  ///
  /// Any other version has such minutes by chance, once an hour. So the run must fit none: by its titles to the
  /// letter and all else that tells versions apart, and by the heading of its results, which all later ones print.
  private func isMonthForMinutes(
    _ parsed: ParsedRun, _ reading: StartTimes.Reading?, _ versions: VersionSet?
  ) -> Bool {
    guard let reading, reading.isISO, reading.minute == reading.month, !parsed.hasProvenMinutes,
      var versions, let affected = catalog.features["minutes-of-month"]
    else { return false }
    if !parsed.hasResultsHeading, let later = catalog.features["results-heading"] {
      versions = versions.subtracting(later)
    }
    return !versions.isEmpty && versions.isSubset(of: affected)
  }
}

extension ScriptCatalog {
  /// Whether a control is the last that every run of an edition ends with.
  func endsRun(control: ControlID?, edition: Int) -> Bool {
    guard let control,
      let last = editions[edition].checks.last(where: { check in
        let section = controls[check.control].section
        return section != "community" && section != "enterprise"
      })
    else { return false }
    return controls[last.control].id == control
  }
}

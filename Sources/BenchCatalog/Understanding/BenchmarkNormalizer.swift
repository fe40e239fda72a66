import BenchModel

/// Turns what a log says to what it means, for Aqua docker-bench, kube-bench and any tool that is known by its
/// benchmarks.
///
/// PASS is pass and FAIL is fail; WARN is a check that needs a person or could not be run, and INFO one that was
/// skipped, because its definition says so or because there is no swarm. The logs of these two have neither a host
/// nor a time.
final class BenchmarkNormalizer {
  private let checks: KnownChecks
  private let shared: Catalog
  private var results = KnownResults<BenchmarkReading>()
  private var inferences = KnownLists<KnownCheck, [String], BenchmarkInference.Result?>()
  private var catalog: BenchmarkCatalog { checks.catalog }

  init(_ tool: Tool, _ shared: Catalog) {
    self.shared = shared
    checks = KnownChecks(shared.benchmarks(of: tool) ?? BenchmarkCatalog(tool, shared))
  }

  /// How many of the run's checks are known.
  func matches(_ parsed: ParsedRun) -> Int {
    parsed.checks.count { !checks.check(parsed, $0, []).rows.isEmpty }
  }

  /// Returns the run that a parsed run is, and what was noticed about it.
  func normalize(_ parsed: ParsedRun, _ context: RunContext) -> (
    run: Run, diagnostics: [Diagnostic]
  ) {
    var diagnostics = parsed.diagnostics
    let known = results.readings(parsed) { check, rests in
      BenchmarkReading(checks.check(parsed, check, rests.filter { $0.detail == nil }))
    }
    let names = names(parsed)
    let told = names + ["", parsed.distribution ?? ""]
    let inferred = inferences.value(known, told, { $0.known }) { known in
      BenchmarkInference(catalog: catalog, checks: known, distribution: parsed.distribution)
        .result(named: names)
    }
    let edition = inferred?.edition
    let findings = findings(parsed, known, edition, &diagnostics)
    if !findings.isEmpty { note(inferred, findings, parsed, &diagnostics) }
    if parsed.isDaemonMissing { diagnostics.append(Diagnostic(.daemonMissing, line: parsed.line)) }
    let printed = Self.printedCounts(parsed)
    let areCountsEqual = compareCounts(parsed, &diagnostics)
    let isComplete = parsed.hasStart && parsed.hasEnd && !parsed.isOverfull && areCountsEqual
    if !parsed.hasStart {
      diagnostics.append(Diagnostic(.headMissing, line: parsed.line))
    } else if !parsed.hasEnd, !diagnostics.contains(where: { $0.kind == .cutOff }) {
      diagnostics.append(
        Diagnostic(.cutOff, line: parsed.checks.last.map { Int($0.line) } ?? parsed.line))
    }
    let time = RunStart(parsed, shared.startTimes).time(context, &diagnostics)
    let range = inferred.map { [$0.edition] + $0.rivals } ?? []
    let run = Run(
      host: context.host,
      release: Release(
        tool: catalog.tool, printed: nil, edition: edition.map { catalog.editions[$0].name },
        earliest: range.min().map { catalog.editions[$0].name } ?? "",
        latest: range.max().map { catalog.editions[$0].name } ?? ""),
      form: parsed.form, startedAt: time.seconds, timeSource: time.source,
      isComplete: isComplete, printedChecks: printed?.all, printedScore: nil, line: parsed.line,
      findings: findings)
    return (run, diagnostics)
  }

  /// What the run calls its edition: each target of kube-bench has a file of its own, which may name another.
  private func names(_ parsed: ParsedRun) -> [String] {
    guard case .benchmarks(let name) = catalog.tool.knowledge else { return [] }
    return parsed.targets.compactMap { target in
      let range = name == .headingID ? target.id : target.version
      return range.isEmpty ? nil : parsed.string(range)
    }
  }

  private func note(
    _ inferred: BenchmarkInference.Result?, _ findings: [Finding], _ parsed: ParsedRun,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard let inferred else {
      diagnostics.append(Diagnostic(.editionUnknown, line: parsed.line))
      return
    }
    let edition = catalog.editions[inferred.edition]
    if let known = inferred.fewKnown {
      diagnostics.append(
        Diagnostic(
          .editionByIDs(edition.name, known: known, of: findings.count), line: parsed.line))
    } else if let name = inferred.unlisted {
      diagnostics.append(Diagnostic(.editionUnlisted(name, taken: edition.name), line: parsed.line))
    } else if !inferred.rivals.isEmpty {
      let others = inferred.rivals.map { catalog.editions[$0].name }
      diagnostics.append(
        Diagnostic(.editionGuessed(edition.name, others: others), line: parsed.line))
    }
    let unmapped = findings.count { $0.control == nil }
    if unmapped * 2 > findings.count {
      diagnostics.append(
        Diagnostic(.editionUnmapped(edition.name, checks: unmapped), line: parsed.line))
    }
  }

  // MARK: - Findings

  private func findings(
    _ parsed: ParsedRun, _ known: [BenchmarkReading], _ edition: Int?,
    _ diagnostics: inout [Diagnostic]
  ) -> [Finding] {
    var findings: [Finding] = []
    findings.reserveCapacity(known.count)
    /// The parts of controls that the edition checks more than once, and where their finding is.
    var parts: [Int: (place: Int, parts: [(part: String, status: Status)])] = [:]
    for (check, reading) in zip(parsed.checks, known) {
      let meaning = reading.meaning(parsed, check, in: edition, catalog)
      var finding = meaning.finding
      finding.line = Int(check.line)
      if finding.control == nil, reading.known.rows.isEmpty {
        let kind = Diagnostic.Kind.unknownCheck(id: finding.checkID, title: finding.title)
        diagnostics.append(Diagnostic(kind, line: finding.line))
      }
      if let edition, !reading.known.rows.isEmpty,
        catalog.row(reading.known.rows, in: edition) == nil
      {
        let kind = Diagnostic.Kind.checkOfOther(
          id: finding.checkID, own: catalog.editions[edition].name,
          others: catalog.names(of: reading.known.editions), isMapped: finding.control != nil)
        diagnostics.append(Diagnostic(kind, line: finding.line))
      }
      guard let part = meaning.part else {
        findings.append(finding)
        continue
      }
      if let other = parts[part.control] {
        findings[other.place].details += finding.details
        if finding.itemsTruncated { findings[other.place].itemsTruncated = true }
        // Nothing but a made-up log repeats a part.
        if !other.parts.contains(where: { $0.part == part.letter && $0.status == check.status }) {
          parts[part.control]?.parts.append((part.letter, check.status))
        }
        findings[other.place].checkID = part.id
      } else {
        parts[part.control] = (findings.count, [(part.letter, check.status)])
        findings.append(finding)
      }
      guard let all = parts[part.control] else { continue }
      let status = part.rule.status(all.parts, isWhole: all.parts.count == part.count)
      findings[all.place].printed = status ?? all.parts[0].status
      findings[all.place].outcome = status.map(BenchmarkReading.outcome) ?? .info
    }
    return findings
  }

  // MARK: - Totals

  /// The tool's own counts over the whole run, if it printed any of the whole.
  private static func printedCounts(_ parsed: ParsedRun) -> ResultCounts? {
    if let totals = parsed.totals { return totals }
    var sum = ResultCounts()
    for target in parsed.targets {
      guard let printed = target.printed else { return nil }
      sum.add(printed)
    }
    return parsed.targets.isEmpty ? nil : sum
  }

  /// Compares the tool's own counts with what was read, of each target and in total.
  private func compareCounts(_ parsed: ParsedRun, _ diagnostics: inout [Diagnostic]) -> Bool {
    var isEqual = true
    func compare(
      _ target: @autoclosure () -> String, _ printed: ResultCounts?,
      _ checks: ArraySlice<ParsedCheck>
    ) {
      guard let printed else { return }
      let counts = ResultCounts(of: checks)
      guard counts != printed else { return }
      for (status, count, read) in [
        (Status.pass, printed.pass, counts.pass), (.fail, printed.fail, counts.fail),
        (.warn, printed.warn, counts.warn), (.info, printed.info, counts.info),
      ] where read != count {
        isEqual = false
        diagnostics.append(
          Diagnostic(
            .countDiffers(target: target(), status: status, printed: count, read: read),
            line: parsed.line))
      }
    }
    for (number, target) in parsed.targets.enumerated() {
      let end =
        number + 1 < parsed.targets.count
        ? parsed.targets[number + 1].firstCheck : parsed.checks.count
      let start = min(target.firstCheck, parsed.checks.count)
      compare(
        parsed.string(target.kind.isEmpty ? target.title : target.kind), target.printed,
        parsed.checks[start..<max(start, min(end, parsed.checks.count))])
    }
    compare("", parsed.totals, parsed.checks[...])
    return isEqual
  }
}

extension ResultCounts {
  /// Counts the results among checks.
  fileprivate init(of checks: ArraySlice<ParsedCheck>) {
    self.init()
    for check in checks {
      switch check.status {
      case .pass: pass += 1
      case .fail: fail += 1
      case .warn: warn += 1
      case .info: info += 1
      case .note, .absent: break
      }
    }
  }
}

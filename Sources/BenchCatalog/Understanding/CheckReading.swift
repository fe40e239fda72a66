import BenchModel

/// One check of a parsed run, with what is known of its id and title, and what it means in the edition that was asked
/// for last; kept for the next that is the same.
final class CheckReading {
  /// What a check means in an edition.
  final class Meaning {
    let edition: Int?
    /// The finding, but for its line; nil for a heading, and for a message of the tool that is no check.
    let finding: Finding?
    /// The versions that print the lines below the check.
    let versions: [VersionSet]
    /// The least and the most that the check can have added to the score.
    let points: ClosedRange<Int>
    let swarm: SwarmState.Mark

    fileprivate init(
      edition: Int?, finding: Finding?, versions: [VersionSet], points: ClosedRange<Int>,
      condition: Title.Condition?
    ) {
      self.edition = edition
      self.finding = finding
      self.versions = versions
      self.points = points
      swarm = SwarmState.Mark(finding, condition)
    }
  }

  let known: KnownTitle
  private let status: Status
  private let wrapped: WrappedText?
  private var last: Meaning?

  /// Reads a check.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - check: The check.
  ///   - rests: The unmarked lines that follow it.
  ///   - texts: What was looked up already.
  ///   - catalog: What is known of the checks.
  init(
    _ parsed: ParsedRun, _ check: ParsedCheck, _ rests: [ParsedRest], _ texts: KnownTexts,
    _ catalog: ScriptCatalog
  ) {
    status = check.status
    let known = texts.title(parsed, check)
    let wrapped = rests.isEmpty ? nil : WrappedText(parsed, rests, catalog)
    self.wrapped = wrapped
    self.known = wrapped?.title(check, known) ?? known
  }

  /// Returns what the check means in an edition.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - check: The check, as this run has it.
  ///   - edition: The edition's position, or nil if no check of the run is known.
  ///   - texts: What was looked up already.
  ///   - catalog: What is known of the checks.
  /// - Returns: The meaning.
  func meaning(
    _ parsed: ParsedRun, _ check: ParsedCheck, in edition: Int?, _ texts: KnownTexts,
    _ catalog: ScriptCatalog
  ) -> Meaning {
    if let last, last.edition == edition { return last }
    var versions: [VersionSet] = []
    let finding = finding(parsed, check, in: edition, texts, catalog, &versions)
    let meaning = Meaning(
      edition: edition, finding: finding, versions: versions, points: points(in: edition, catalog),
      condition: known.title.condition)
    last = meaning
    return meaning
  }

  private func finding(
    _ parsed: ParsedRun, _ check: ParsedCheck, in edition: Int?, _ texts: KnownTexts,
    _ catalog: ScriptCatalog, _ versions: inout [VersionSet]
  ) -> Finding? {
    guard let row = known.row(in: edition, catalog) ?? known.onlyRow(besides: edition, catalog)
    else {
      // A section's number has no dot, and no edition has a check without one.
      if known.isHeading || !known.id.utf8.contains(UInt8(ascii: ".")) { return nil }
      return unmapped(parsed, check)
    }
    let control = catalog.controls[row.control]
    var details = DetailReading(control: control, catalog: catalog, texts: texts)
    for (number, detail) in zip(Int(check.firstDetail)..., parsed.details(of: check)) {
      let text = wrapped?.detail(detail, number: number) ?? parsed.string(detail.text)
      details.read(text, detail.form, isCut: detail.isCut, &versions)
    }
    return Finding(
      control: control.id, section: control.section,
      checkID: known.id.isEmpty ? row.id : known.id,
      title: known.text.isEmpty ? row.printedTitle : known.text, printed: status,
      outcome: outcome(row, control, details), line: Int(check.line), details: details.lines,
      items: details.items, itemsTruncated: details.isTruncated)
  }

  private func unmapped(_ parsed: ParsedRun, _ check: ParsedCheck) -> Finding {
    let outcome: Outcome =
      switch status {
      case .pass: .pass
      case .warn, .fail: .fail
      case .note: .manual
      case .info, .absent: .info
      }
    return Finding(
      control: nil, section: "unmapped", checkID: known.id, title: known.text,
      printed: status, outcome: outcome, line: Int(check.line),
      details: parsed.texts(below: check), itemsTruncated: parsed.isShortened(check))
  }

  private func points(in edition: Int?, _ catalog: ScriptCatalog) -> ClosedRange<Int> {
    guard let row = known.row(in: edition, catalog) else { return 0...0 }
    let points = row.points.map { points in
      switch inText(row.results) {
      case .pass: points.pass
      case .warn, .fail: points.warn
      case .note, .info, .absent: 0
      }
    }
    return (points.min() ?? 0)...(points.max() ?? 0)
  }

  private func outcome(_ row: CheckRow, _ control: Control, _ details: DetailReading) -> Outcome {
    switch inText(row.results) {
    case .pass: details.outcome == .info ? .info : .pass
    case .warn, .fail: .fail
    case .note: .manual
    case .info, .absent: details.outcome ?? control.infoOutcome
    }
  }

  /// The word that the text of the same run has: JSON's may be another one.
  private func inText(_ results: CheckRow.Results) -> Status {
    switch status {
    case .info where !results.contains(.info):
      if results.contains(.note), !results.contains(.warn) { return .note }
      return results.contains(.warn) ? .warn : .info
    case .note where !results.contains(.note) && results.contains(.info): return .info
    case .warn where !results.contains(.warn) && results.contains(.info): return .info
    default: return status
    }
  }
}

import BenchModel

/// One check of a parsed run, with what is known of its id and title.
struct CheckReading {
  /// What a marked line turned out to be.
  enum Meaning {
    case finding(Finding)
    case heading
    /// A message of the tool that is no check.
    case message
  }

  let known: KnownTitle
  private let check: ParsedCheck
  private let wrapped: WrappedText?

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
    self.check = check
    let known = texts.title(parsed, check)
    let wrapped = rests.isEmpty ? nil : WrappedText(parsed, rests, catalog)
    self.wrapped = wrapped
    self.known = wrapped?.title(check, known) ?? known
  }

  /// Returns the finding that the check is in an edition.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - edition: The edition's position, or nil if no check of the run is known.
  ///   - texts: What was looked up already.
  ///   - catalog: What is known of the checks.
  ///   - versions: Gets those that print the lines below the check.
  /// - Returns: The finding, or what else the line is.
  func finding(
    _ parsed: ParsedRun, in edition: Int?, _ texts: KnownTexts, _ catalog: ScriptCatalog,
    _ versions: inout [VersionSet]
  ) -> Meaning {
    guard let row = known.row(in: edition, catalog) else {
      // A section's number has no dot, and no edition has a check without one.
      if known.isHeading || !known.id.utf8.contains(UInt8(ascii: ".")) {
        return known.id.isEmpty ? .message : .heading
      }
      return .finding(unmapped(parsed))
    }
    let control = catalog.controls[row.control]
    var details = DetailReading(control: control, catalog: catalog, texts: texts)
    for (number, detail) in zip(Int(check.firstDetail)..., parsed.details(of: check)) {
      let text = wrapped?.detail(detail, number: number) ?? parsed.string(detail.text)
      details.read(text, detail.form, isCut: detail.isCut, &versions)
    }
    return .finding(
      Finding(
        control: control.id, section: control.section,
        checkID: known.id.isEmpty ? row.id : known.id,
        title: known.text.isEmpty ? row.printedTitle : known.text, printed: check.status,
        outcome: outcome(row, control, details), line: Int(check.line), details: details.lines,
        items: details.items, itemsTruncated: details.isTruncated))
  }

  private func unmapped(_ parsed: ParsedRun) -> Finding {
    let outcome: Outcome =
      switch check.status {
      case .pass: .pass
      case .warn, .fail: .fail
      case .note: .manual
      case .info, .absent: .info
      }
    return Finding(
      control: nil, section: "unmapped", checkID: known.id, title: known.text,
      printed: check.status, outcome: outcome, line: Int(check.line),
      details: parsed.details(of: check).map { parsed.string($0.text) })
  }

  /// The least and the most that the check can have added to the score of a run of an edition.
  func points(in edition: Int?, _ catalog: ScriptCatalog) -> ClosedRange<Int> {
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
    switch check.status {
    case .info where !results.contains(.info):
      if results.contains(.note), !results.contains(.warn) { return .note }
      return results.contains(.warn) ? .warn : .info
    case .note where !results.contains(.note) && results.contains(.info): return .info
    case .warn where !results.contains(.warn) && results.contains(.info): return .info
    default: return check.status
    }
  }
}

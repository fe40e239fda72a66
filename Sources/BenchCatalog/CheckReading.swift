import BenchModel

/// One check of a parsed run, looked up in the catalogue.
struct CheckReading {
  /// What a marked line turned out to be.
  enum Meaning {
    case finding(Finding)
    case heading
    /// A message of the tool that is no check.
    case message
  }

  let candidate: EditionInference.Candidate
  let id: String
  let status: Status
  let line: Int
  private let printedTitle: String
  private let isHeading: Bool
  private let details: [(text: String, form: ParsedDetail.Form, isCut: Bool)]

  init(_ parsed: ParsedRun, _ check: ParsedCheck, _ catalog: Catalog) {
    let title = parsed.withBytes(check.title) { text in
      parsed.withBytes(check.id) { Title(text, id: $0) }
    }
    // One version's JSON has `c.1` for the first community check.
    let printedID = parsed.string(check.id)
    let id = printedID.hasPrefix("c.") ? "C" + printedID.dropFirst() : printedID
    self.id = id
    status = check.status
    line = Int(check.line)
    printedTitle = String(decoding: title.exact, as: UTF8.self)
    let key = Catalog.key(Array(id.utf8)[...], title.core)
    var rows = catalog.rowsByKey[key] ?? []
    var isByID = false
    if id.isEmpty {
      rows = catalog.rowsByTitle[Array(title.core)] ?? []
    } else if rows.isEmpty, title.exact.isEmpty || check.isCut {
      isByID = true
      rows = catalog.rows.indices.filter {
        catalog.rows[$0].id == id && catalog.rows[$0].title.exact.starts(with: title.exact)
      }
    }
    candidate = EditionInference.Candidate(title: title, rows: rows, isByID: isByID)
    isHeading = catalog.headings.contains(key)
    details = parsed.details(of: check).map {
      (parsed.string($0.text), $0.form, $0.isCut)
    }
  }

  /// What the run itself added to the title.
  var condition: Title.Condition? { candidate.title.condition }

  /// Returns the finding that the check is in an edition.
  ///
  /// - Parameters:
  ///   - edition: The edition's position, or nil if no check of the run is known.
  ///   - catalog: What is known of the checks.
  ///   - versions: Gets the versions that print the lines below the check.
  func finding(in edition: Int?, _ catalog: Catalog, _ versions: inout [VersionSet]) -> Meaning {
    let own = candidate.rows.first { catalog.rows[$0].edition == edition }
    guard let own else {
      // A section's number has no dot, and no edition has a check without one.
      if isHeading || !id.contains(".") { return id.isEmpty ? .message : .heading }
      return .finding(unmapped())
    }
    let row = catalog.rows[own]
    let control = catalog.controls[row.control]
    var evidence = Evidence(control: control, catalog: catalog)
    for detail in details { evidence.read(detail.text, detail.form, isCut: detail.isCut) }
    versions += evidence.versions
    let finding = Finding(
      control: control.id, section: control.section, checkID: id.isEmpty ? row.id : id,
      title: candidate.title.exact.isEmpty ? row.printedTitle : printedTitle, printed: status,
      outcome: outcome(row, control, evidence), line: line, details: evidence.lines,
      items: evidence.items, itemsTruncated: evidence.isTruncated)
    return .finding(finding)
  }

  private func unmapped() -> Finding {
    let outcome: Outcome =
      switch status {
      case .pass: .pass
      case .warn, .fail: .fail
      case .note: .manual
      case .info, .absent: .info
      }
    return Finding(
      control: nil, section: "unmapped", checkID: id, title: printedTitle, printed: status, outcome: outcome, line: line,
      details: details.map(\.text))
  }

  private func outcome(_ row: CheckRow, _ control: Control, _ evidence: Evidence) -> Outcome {
    switch inText(row.results) {
    case .pass: evidence.outcome == .info ? .info : .pass
    case .warn, .fail: .fail
    case .note: .manual
    case .info, .absent: evidence.outcome ?? control.infoOutcome
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

import BenchModel

/// One check of a tool that is known by its benchmarks, with what is known of it, and what it means in the benchmark
/// that was asked for last; kept for the next that is the same.
final class BenchmarkReading {
  /// What a check means in a benchmark.
  final class Meaning {
    /// How the check is one of several that make the finding of a control.
    struct Part {
      let control: Int
      let rule: PartRule
      /// The id of the whole, and the letter of the part.
      let id: String
      let letter: String
      /// How many parts there are.
      let count: Int
    }

    let edition: Int?
    /// The finding, but for its line.
    let finding: Finding
    let part: Part?

    fileprivate init(edition: Int?, finding: Finding, part: Part?) {
      self.edition = edition
      self.finding = finding
      self.part = part
    }
  }

  let known: KnownCheck
  private var last: Meaning?

  /// Creates what is known of a check.
  init(_ known: KnownCheck) { self.known = known }

  /// Returns what the check means in a benchmark.
  ///
  /// - Parameters:
  ///   - parsed: The run.
  ///   - check: The check, as this run has it.
  ///   - edition: The benchmark's position, or nil if no check of the run is known.
  ///   - catalog: What is known of the checks.
  /// - Returns: The meaning.
  func meaning(
    _ parsed: ParsedRun, _ check: ParsedCheck, in edition: Int?, _ catalog: BenchmarkCatalog
  ) -> Meaning {
    if let last, last.edition == edition { return last }
    let meaning = makeMeaning(parsed, check, in: edition, catalog)
    last = meaning
    return meaning
  }

  private func makeMeaning(
    _ parsed: ParsedRun, _ check: ParsedCheck, in edition: Int?, _ catalog: BenchmarkCatalog
  ) -> Meaning {
    var finding = Finding(
      control: nil, section: "unmapped", checkID: known.id, title: known.text,
      printed: check.status, outcome: Self.outcome(check.status), line: Int(check.line),
      details: parsed.texts(below: check), itemsTruncated: parsed.isShortened(check))
    guard let edition,
      let control = catalog.row(known.rows, in: edition)?.control
        ?? (catalog.row(known.rows, in: edition) == nil ? catalog.onlyControl(known.rows) : nil)
    else { return Meaning(edition: edition, finding: finding, part: nil) }
    finding.control = catalog.controls.all[control].id
    finding.section = catalog.controls.all[control].section
    guard let rule = catalog.rule(control, in: edition), let part = PartRule.split(known.id) else {
      return Meaning(edition: edition, finding: finding, part: nil)
    }
    finding.details.insert("\(check.status.word) \(known.id)", at: 0)
    return Meaning(
      edition: edition, finding: finding,
      part: Meaning.Part(
        control: control, rule: rule, id: part.id, letter: part.part,
        count: catalog.partCount(control, in: edition)))
  }

  /// What a word means by itself.
  static func outcome(_ status: Status) -> Outcome {
    switch status {
    case .pass: .pass
    case .fail: .fail
    case .warn, .note: .manual
    case .info: .notApplicable
    case .absent: .info
    }
  }
}

import BenchHistory
import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes a finding a row, as RFC 4180 has it: CR LF, quotes doubled.
///
/// What a spreadsheet would take for a formula, or a name that it would take for a number or a date, begins with an
/// apostrophe. An id of digits and dots has a word before it, because a spreadsheet reads `5.10` as the number 5.1, the id of
/// another check, and `4.5.4` as a day in May. Control characters are spelled out, so a row is a line. There is no byte order
/// mark: it would become part of the first column's name everywhere but in Excel.
struct CSVExporter: Exporter {
  /// The columns.
  static let header = [
    "host", "control", "section", "check_id", "title", "wanted", "outcome", "verdict", "severity",
    "stride", "techniques", "nist_sp_800_190", "waived", "waivers", "attestation", "open_since",
    "new", "left_out", "change", "criterion_changed", "item_count", "items", "waived_items", "fix",
    "effort", "tool", "edition", "run", "run_started_at", "path", "line", "fingerprint",
  ]

  /// The most characters of a cell: Excel cuts at 32,767 without a word.
  static let cellLimit = 32_000

  private static let wording = Wording()
  /// What stands in a list has no sign of the list.
  private static let lists = Wording(markup: listMarkup)
  /// The bar, and the sign by which characters are spelled out.
  private static let listMarkup = "|\\"

  private var rendered = RenderedFindings<Void>()

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    try write(Self.header.map(Self.cell).joined(separator: ",") + "\r\n")
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    func cell(_ text: String) -> [UInt8] { Array(Self.cell(text).utf8) }
    let texts = HostTexts(
      host.name, [cell(Self.name(host.name))],
      run: { run in
        [
          cell(Self.id("run", run.name)), cell(Wording.time(run.startedAt)),
          cell(Self.name(run.path)),
        ]
      },
      since: { [cell(Wording.time($0))] })
    for finding in host.findings {
      let rendered = rendered.of(finding.shared, Self.render)
      texts.begin(rendered.fingerprints)
      texts.write(rendered.texts[0], of: finding, to: write)
      try write.flush()
    }
  }

  mutating func end(_ write: ExportSink) throws {}

  /// A cell: a text, or what each host has there.
  private enum Cell {
    case text(String)
    case gap(Gap)
  }

  private static func render(_ finding: SharedFinding) -> RenderedFinding<Void> {
    var fingerprints = FingerprintTexts()
    let fingerprint = fingerprints.add(finding.finding, nil)
    func run(_ place: Int32) -> Cell { finding.hasRun ? .gap(.run(place)) : .text("") }
    let cells: [Cell] =
      [.gap(.host(0))] + self.cells(finding).map { .text($0) } + [
        run(0), run(1), run(2), .gap(.line), .gap(.fingerprint(fingerprint)),
      ]
    var row = TextBuffer()
    for (number, cell) in cells.enumerated() {
      if number > 0 { row.append(",") }
      switch cell {
      case .text where number == sinceColumn && finding.hasSince: row.append(.since(0))
      case .text(let text): row.append(raw: self.cell(text))
      case .gap(let gap): row.append(gap)
      }
    }
    row.append("\r\n")
    return RenderedFinding([row], fingerprints, ())
  }

  private static let sinceColumn = header.firstIndex(of: "open_since")

  /// The cells that all hosts have alike, between the first and the last ones.
  private static func cells(_ finding: SharedFinding) -> [String] {
    let (found, judged) = (finding.finding, finding.judged)
    return [
      finding.slug, name(found.section), id("check", found.checkID), name(found.title),
      finding.control?.title ?? "",
      found.outcome.name, finding.verdict.name, judged.severity?.name ?? "",
      finding.stride.map(\.name).joined(separator: " "),
      finding.risk?.techniques.joined(separator: " ") ?? "",
      id("section", finding.risk?.nist ?? ""),
      yes(judged.isWaived), finding.waivers.map(lists.waiver).joined(separator: " | "),
      finding.attestation.map(wording.attestation) ?? "",
      "", yes(finding.isNew), yes(finding.isLeftOut),
      finding.change?.change.rawValue ?? "",
      finding.change.map { yes($0.isCriterionChanged) } ?? "", String(found.items.count),
      items(found.items), items(judged.isWaived ? found.items : judged.waivedItems),
      finding.advice?.fix.title ?? "", finding.advice?.effort ?? "",
      finding.release?.tool.name ?? "", finding.release?.edition ?? "",
    ]
  }

  /// A name as a spreadsheet keeps it.
  private static func name(_ text: String) -> String {
    SheetText.name(SafeText.spelled(text, keepsLinks: true))
  }

  private static func yes(_ flag: Bool) -> String { flag ? "yes" : "no" }

  /// An id that no spreadsheet takes for a number or a date.
  ///
  /// Quotes say nothing of a cell's type, an apostrophe stays in sight, and `="5.10"` is a formula, which programs would
  /// read as one; a word is text everywhere, and is taken off again easily.
  private static func id(_ kind: String, _ id: String) -> String {
    id.isEmpty ? "" : kind + " " + id
  }

  /// Items as they are printed, with a bar between them; a bar or backslash of their own is spelled out.
  private static func items(_ items: [Item]) -> String {
    var text = ""
    for item in items {
      // There is no need to join what is cut off again.
      guard text.utf8.count <= 4 * cellLimit else { break }
      if !text.isEmpty { text += " | " }
      let label = item.name + (item.value.isEmpty ? "" : ": " + item.value)
      text += SheetText.name(SafeText.spelled(label, markup: listMarkup, keepsLinks: true))
    }
    return text
  }

  static func cell(_ text: String) -> String {
    let text = SafeText.clipped(
      SheetText.inert(SafeText.spelled(text, keepsLinks: true)), to: cellLimit)
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x3B, 0x27].contains($0) }
    return needsQuotes ? "\"" + text.escaping("\"") { _ in "\"\"" } + "\"" : text
  }
}

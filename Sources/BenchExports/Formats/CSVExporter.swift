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

  /// Enough for a piece that is worth handing on.
  private static let pieceSize = 1 << 16

  private static let wording = Wording()
  /// What stands in a list has no sign of the list.
  private static let lists = Wording(markup: listMarkup)
  /// The bar, and the sign by which characters are spelled out.
  private static let listMarkup = "|\\"

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws {
    try write(Self.row(Self.header))
  }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    var rows = ""
    let name = Self.name(host.name)
    for finding in host.findings {
      rows += Self.row(Self.cells(finding, host.name, name))
      guard rows.utf8.count >= Self.pieceSize else { continue }
      try write(rows)
      rows = ""
    }
    if !rows.isEmpty { try write(rows) }
  }

  mutating func end(_ write: ExportSink) throws {}

  private static func cells(
    _ finding: ExportFinding, _ host: String, _ hostName: String
  ) -> [String] {
    let (found, judged) = (finding.finding, finding.judged)
    return [
      hostName, finding.slug, name(found.section), id("check", found.checkID), name(found.title),
      finding.control?.title ?? "",
      found.outcome.name, finding.verdict.name, judged.severity?.name ?? "",
      finding.stride.map(\.name).joined(separator: " "),
      finding.risk?.techniques.joined(separator: " ") ?? "",
      id("section", finding.risk?.nist ?? ""),
      yes(judged.isWaived), finding.waivers.map(lists.waiver).joined(separator: " | "),
      finding.attestation.map(wording.attestation) ?? "",
      finding.openSince.map(Wording.time) ?? "", yes(finding.isNew), yes(finding.isLeftOut),
      finding.change?.change.rawValue ?? "",
      finding.change.map { yes($0.isCriterionChanged) } ?? "", String(found.items.count),
      items(found.items), items(judged.isWaived ? found.items : judged.waivedItems),
      finding.advice?.fix.title ?? "", finding.advice?.effort ?? "",
      finding.run?.release.tool.name ?? "", finding.run?.release.edition ?? "",
      id("run", finding.run?.name ?? ""), finding.run.map { Wording.time($0.startedAt) } ?? "",
      finding.run.map { name($0.path) } ?? "", String(found.line),
      Fingerprint(host, found, nil).hex,
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

  private static func row(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  static func cell(_ text: String) -> String {
    let text = SafeText.clipped(
      SheetText.inert(SafeText.spelled(text, keepsLinks: true)), to: cellLimit)
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x3B, 0x27].contains($0) }
    return needsQuotes ? "\"" + text.escaping("\"") { _ in "\"\"" } + "\"" : text
  }
}

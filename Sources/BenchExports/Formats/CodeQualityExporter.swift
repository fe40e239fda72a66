import BenchAnalysis
import BenchCatalog
import BenchModel

/// Writes GitLab's Code Quality report: an entry for each item that is open.
///
/// GitLab has no word for an accepted risk: whatever is in the file counts as a fault. So only what nobody has accepted is
/// written, as for GitHub. An entry is known again by its fingerprint alone; of two with the same one GitLab keeps the
/// last, and at the first entry that it does not understand it drops all that follow. A merge request's page escapes HTML
/// in a description, but takes `%{...}` for a style and drops it, so braces are spelled out.
struct CodeQualityExporter: Exporter {
  private static let wording = Wording(markup: "{}")
  private static let descriptionLimit = 1_000

  /// What is kept of a finding beside the texts of its entries: their descriptions before and behind the host's name, where
  /// these may be cut.
  private typealias Note = [(before: String, behind: String)?]

  private var rendered = RenderedFindings<Note>()
  private var isFirst = true

  /// The gap for a description that may be cut.
  private static let description = Gap.own(-1)

  mutating func begin(_ context: ExportContext, _ write: ExportSink) throws { try write("[") }

  mutating func add(_ host: ExportHost, _ write: ExportSink) throws {
    let name = Self.wording.name(host.name)
    let texts = HostTexts(
      host.name, [name.insideJSON, RelativeURI.of(host: host.name).insideJSON], run: { _ in [] },
      since: { _ in [] })
    var seen = Occurrences<Fingerprint>()
    for finding in host.findings where finding.shared.judged.isOpen {
      let rendered = rendered.of(finding.shared, Self.render)
      texts.begin(rendered.fingerprints)
      for (entry, description) in zip(rendered.texts, rendered.note) {
        if isFirst { write.append("\n") } else { write.append(",\n") }
        isFirst = false
        texts.write(entry, of: finding, to: write) { gap in
          if Gap.own(gap) == Self.description, let description {
            let text = description.before + name + description.behind
            write.append(SafeText.clipped(text, to: Self.descriptionLimit).insideJSON)
            return
          }
          // A check that nobody knows may be in a log twice.
          let number = seen.next(texts.fingerprints[Int(gap)])
          if number > 1 {
            write.append("-")
            write.append(number)
          }
        }
        try write.flush()
      }
    }
  }

  mutating func end(_ write: ExportSink) throws { try write("\n]\n") }

  /// The entries of a finding.
  private static func render(_ finding: SharedFinding) -> RenderedFinding<Note> {
    var (entries, fingerprints, note) = ([TextBuffer](), FingerprintTexts(), Note())
    for unit in finding.units() where !unit.isWaived {
      let sentence = wording.sentence(finding, [unit])
      let before = sentence.before
      var behind = sentence.behind
      if finding.isLeftOut {
        behind += " The newest run left it out; it is known from a run before."
      }
      if let advice = finding.advice { behind += " Fix: \(advice.fix.title)." }
      let count = (before + behind).unicodeScalars.count
      let isWhole = count + SafeText.nameLimit <= descriptionLimit
      let place = fingerprints.add(finding.finding, unit.item)
      var json = TextBuffer()
      json.append("{\"description\":\"")
      if isWhole {
        json.append(inside: before)
        json.append(.host(0))
        json.append(inside: behind)
      } else {
        json.append(description)
      }
      json.append("\",\"fingerprint\":\"")
      json.append(.fingerprint(place))
      json.append(.own(place))
      json.append("\",\"check_name\":")
      json.append(quoted: SARIFRules.id(finding))
      json.append(",\"severity\":")
      json.append(quoted: severity(finding.severity))
      json.append(",\"location\":{\"path\":\"")
      json.append(.host(1))
      json.append("\",\"lines\":{\"begin\":")
      json.append(.place)
      json.append("}}}")
      entries.append(json)
      note.append(isWhole ? nil : (before: before, behind: behind))
    }
    return RenderedFinding(entries, fingerprints, note)
  }

  /// GitLab's word: its page shows `blocker` with the sign of critical, `critical` with that of high, and so on.
  private static func severity(_ severity: Severity?) -> String {
    switch severity {
    case .critical: "blocker"
    case .high: "critical"
    case .medium: "major"
    case .low: "minor"
    case nil: "unknown"
    }
  }
}

import BenchModel

/// A line below a check, understood once and kept.
final class KnownDetail {
  /// The items that it names.
  let items: [Item]
  let outcome: Outcome?
  let versions: VersionSet?

  init(_ text: String, _ catalog: ScriptCatalog, _ texts: KnownTexts) {
    let match = catalog.details.match(text)
    outcome = match?.outcome
    versions = match?.versions
    items =
      match?.kind.map { kind in
        match?.names.compactMap {
          texts.item(kind, $0, value: match?.value ?? "")
        } ?? []
      } ?? []
  }
}

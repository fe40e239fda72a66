import BenchModel

/// An id and a title as printed, looked up in the catalogue once and kept: the logs of a fleet repeat them.
final class KnownTitle {
  let id: String
  let title: Title
  /// The title as text, without the id and without what the run added.
  let text: String
  /// The rows of the catalogue with the id and title; of any edition.
  let rows: [Int]
  /// Whether the check has no title, or one that was cut off, so that only its id speaks.
  let isByID: Bool
  let isHeading: Bool
  /// The editions that know the pair, a bit each, and those that know it to the letter.
  let editions: UInt64
  let exactEditions: UInt64

  /// The most editions that have a bit.
  static let mostEditions = 64

  /// Looks a check up.
  ///
  /// - Parameters:
  ///   - id: The id; empty for a check printed without one.
  ///   - title: The title.
  ///   - isCut: Whether the log ends inside the title.
  ///   - catalog: What is known of the checks.
  init(id: String, title: Title, isCut: Bool, _ catalog: ScriptCatalog) {
    self.id = id
    self.title = title
    text = String(decoding: title.exact, as: UTF8.self)
    var rows = catalog.rows(id: id, title: title)
    var isByID = false
    if !id.isEmpty, rows.isEmpty, title.exact.isEmpty || isCut {
      isByID = true
      rows = catalog.rows.indices.filter { number in
        let whole = catalog.rows[number].title.exact
        // The log ends in the title, or in what the run added to it.
        return catalog.rows[number].id == id
          && (whole.starts(with: title.exact)
            || title.exact.starts(with: whole + Array(" (".utf8)))
      }
    }
    var (editions, exactEditions): (UInt64, UInt64) = (0, 0)
    for number in rows {
      let row = catalog.rows[number]
      let bit = UInt64(1) << UInt64(row.edition & 63)
      editions |= bit
      if !isByID, row.title.exact == title.exact { exactEditions |= bit }
    }
    self.rows = rows
    self.isByID = isByID
    self.editions = editions
    self.exactEditions = exactEditions
    isHeading = catalog.headings.contains(ScriptCatalog.key(Array(id.utf8)[...], title.core))
  }

  /// The row of an edition.
  func row(in edition: Int?, _ catalog: ScriptCatalog) -> CheckRow? {
    guard let edition, editions >> UInt64(edition & 63) & 1 == 1 else { return nil }
    for number in rows where catalog.rows[number].edition == edition { return catalog.rows[number] }
    return nil
  }

  /// The newest row of other editions, where these agree in the control; nil without an edition.
  func onlyRow(besides edition: Int?, _ catalog: ScriptCatalog) -> CheckRow? {
    guard edition != nil, !isByID, let last = rows.last,
      Set(rows.map { catalog.rows[$0].control }).count == 1
    else { return nil }
    return catalog.rows[last]
  }

  /// The versions of an edition that print the title to the letter.
  func versions(in edition: Int, _ catalog: ScriptCatalog) -> VersionSet? {
    guard exactEditions >> UInt64(edition & 63) & 1 == 1 else { return nil }
    var union = VersionSet()
    for number in rows {
      let row = catalog.rows[number]
      if row.edition == edition, row.title.exact == title.exact { union.formUnion(row.versions) }
    }
    return union
  }
}

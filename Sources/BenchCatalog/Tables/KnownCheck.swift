import BenchModel

/// An id and a title of Aqua docker-bench or kube-bench, looked up once and kept: the logs of a fleet repeat them.
final class KnownCheck {
  let id: String
  /// The title as printed, without blanks at its ends.
  let text: String
  /// The rows of the catalogue with the id and title.
  let rows: [Int]
  /// The editions that have the check.
  let editions: VersionSet

  /// Looks a check up.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - title: The title; where the log ends in it, its beginning.
  ///   - isCut: Whether the log ends in it.
  ///   - catalog: What is known of the checks.
  init(id: String, title: Title, isCut: Bool, _ catalog: BenchmarkCatalog) {
    self.id = id
    text = String(decoding: title.exact, as: UTF8.self)
    var rows = catalog.rows(id: id, title: title)
    if rows.isEmpty, isCut {
      rows = catalog.rows.indices.filter { number in
        let whole = catalog.rows[number].title.utf8
        // The log ends in the title, or in the mark behind it.
        return catalog.rows[number].id == id
          && (whole.starts(with: title.exact)
            || title.exact.starts(with: Array(whole) + Array(" (".utf8)))
      }
    }
    self.rows = rows
    editions = rows.reduce(into: VersionSet()) { $0.formUnion(catalog.rows[$1].editions) }
  }
}

/// What was looked up already, up to a bound that keeps hostile logs from filling the memory.
final class KnownChecks {
  let catalog: BenchmarkCatalog
  private var checks: [Key: KnownCheck] = [:]
  private static let most = 20_000

  private struct Key: Hashable {
    var bytes: [UInt8] = []

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  init(_ catalog: BenchmarkCatalog) { self.catalog = catalog }

  /// Looks up a check, and what a terminal's width may have broken off its title.
  func check(_ parsed: ParsedRun, _ check: ParsedCheck, _ rests: [ParsedRest]) -> KnownCheck {
    var key = Key()
    key.bytes.reserveCapacity(Int(check.id.count &+ check.title.count) + 2)
    parsed.withBytes(check.id) { key.bytes.append(contentsOf: $0) }
    key.bytes.append(check.isCut ? 1 : 0)
    parsed.withBytes(check.title) { key.bytes.append(contentsOf: $0) }
    let own = checks[key] ?? look(parsed, check, parsed.withBytes(check.title) { Array($0) })
    if checks.count >= Self.most { checks = [:] }
    checks[key] = own
    guard own.rows.isEmpty, !rests.isEmpty else { return own }
    for joined in WrappedText.joinings(parsed, parsed.withBytes(check.title) { Array($0) }, rests) {
      let whole = look(parsed, check, joined.text)
      if !whole.rows.isEmpty { return whole }
    }
    return own
  }

  private func look(_ parsed: ParsedRun, _ check: ParsedCheck, _ title: [UInt8]) -> KnownCheck {
    let title = title.withUnsafeBufferPointer {
      Title($0, id: UnsafeBufferPointer(start: nil, count: 0))
    }
    return KnownCheck(id: parsed.string(check.id), title: title, isCut: check.isCut, catalog)
  }
}

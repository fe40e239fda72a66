import BenchModel

/// What was looked up already, up to a bound that keeps hostile logs from filling the memory.
final class KnownTexts {
  private let catalog: Catalog
  private var titles: [Key: KnownTitle] = [:]
  private var details: [String: KnownDetail] = [:]
  private static let most = 20_000

  /// An id and a title as bytes, which are hashed at once: an array would hash them one by one.
  private struct Key: Hashable {
    var bytes: [UInt8] = []

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// Looks up the id and the title of a check as printed.
  func title(_ parsed: ParsedRun, _ check: ParsedCheck) -> KnownTitle {
    var key = Key()
    key.bytes.reserveCapacity(Int(check.id.count &+ check.title.count) + 2)
    parsed.withBytes(check.id) { key.bytes.append(contentsOf: $0) }
    key.bytes.append(check.isCut ? 1 : 0)
    parsed.withBytes(check.title) { key.bytes.append(contentsOf: $0) }
    if let known = titles[key] { return known }
    let printed = parsed.string(check.id)
    // One version's JSON has `c.1` for the first community check.
    let id = printed.hasPrefix("c.") ? "C" + printed.dropFirst() : printed
    let title = parsed.withBytes(check.title) { text in
      parsed.withBytes(check.id) { Title(text, id: $0) }
    }
    let known = KnownTitle(id: id, title: title, isCut: check.isCut, catalog)
    if titles.count >= Self.most { titles = [:] }
    titles[key] = known
    return known
  }

  /// Looks up a line below a check.
  func detail(_ text: String) -> KnownDetail {
    if let known = details[text] { return known }
    let known = KnownDetail(text, catalog)
    if details.count >= Self.most { details = [:] }
    details[text] = known
    return known
  }
}

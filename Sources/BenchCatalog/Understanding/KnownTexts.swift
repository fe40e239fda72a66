import BenchModel

/// What was looked up already, up to a bound that keeps hostile logs from filling the memory.
final class KnownTexts {
  private let catalog: ScriptCatalog
  private var titles: [Key: KnownTitle] = [:]
  private var details: [String: KnownDetail] = [:]
  private var stableNames: [ItemKind: [String: String]] = [:]
  private static let most = 20_000

  /// An id and a title as bytes, which are hashed at once: an array would hash them one by one.
  private struct Key: Hashable {
    var bytes: [UInt8] = []

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  init(_ catalog: ScriptCatalog) { self.catalog = catalog }

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

  /// Makes an item of a name as printed; nil if nothing is left of it.
  ///
  /// Images are printed as Go prints lists: `[nginx:1.25 web:latest]` is one image with two tags.
  func item(_ kind: ItemKind, _ printed: Substring, value: Substring = "") -> Item? {
    var name = printed
    while name.utf8.first == 0x20 { name = name.dropFirst() }
    while name.utf8.last == 0x20 { name = name.dropLast() }
    if kind == .image, name.utf8.first == 0x5B, name.utf8.last == 0x5D {
      name = name.dropFirst().dropLast()
    }
    guard !name.isEmpty else { return nil }
    let whole = String(name)
    return Item(
      kind: kind, name: whole, stableName: stableName(whole, kind), value: String(value))
  }

  private func stableName(_ name: String, _ kind: ItemKind) -> String {
    if let known = stableNames[kind]?[name] { return known }
    let stable = catalog.names.fold(name, kind: kind)
    if stableNames[kind]?.count ?? 0 >= Self.most { stableNames[kind] = [:] }
    stableNames[kind, default: [:]][name] = stable
    return stable
  }

  /// Looks up a line below a check.
  func detail(_ text: String) -> KnownDetail {
    if let known = details[text] { return known }
    let known = KnownDetail(text, catalog, self)
    if details.count >= Self.most { details = [:] }
    details[text] = known
    return known
  }
}

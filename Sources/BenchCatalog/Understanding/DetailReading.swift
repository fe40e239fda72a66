import BenchModel

/// What stands below a check: its lines, the items that they name, and what they say of the result.
struct DetailReading {
  private let control: Control
  private let catalog: ScriptCatalog
  private let texts: KnownTexts
  private(set) var lines: [String] = []
  private(set) var items: [Item] = []
  private(set) var isTruncated = false
  /// What the lines make of the check's INFO (or PASS), if they change its meaning.
  private(set) var outcome: Outcome?
  /// The items again, once there are too many to look through.
  private var known: Set<Item> = []
  /// The parts of an image's list of tags, whose blanks JSON takes for the ends of items.
  private var openList: String?

  init(control: Control, catalog: ScriptCatalog, texts: KnownTexts) {
    self.control = control
    self.catalog = catalog
    self.texts = texts
  }

  /// Reads a line of text, or what JSON has in its place.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - form: Where it stands.
  ///   - isCut: Whether the log ends in it.
  ///   - versions: Gets the versions that print such a line.
  mutating func read(
    _ text: String, _ form: ParsedDetail.Form, isCut: Bool, _ versions: inout [VersionSet]
  ) {
    switch form {
    case .line:
      lines.append(text)
      // The name at the end of a log that was cut off may be part of another.
      if isCut { isTruncated = true } else { readLine(text, &versions) }
    case .summary:
      lines.append(text)
      readSummary(text)
    case .item:
      readItem(text)
    case .leftOut:
      isTruncated = true
    }
  }

  private mutating func readLine(_ text: String, _ versions: inout [VersionSet]) {
    let detail = texts.detail(text)
    if let range = detail.versions, versions.last != range { versions.append(range) }
    if let outcome = detail.outcome { self.outcome = outcome }
    for item in detail.items { add(item) }
  }

  /// Reads the `details` of a JSON result: a text of its own, or the text and then the items again.
  private mutating func readSummary(_ text: String) {
    guard let match = catalog.details.match(text) else { return }
    if let outcome = match.outcome { self.outcome = outcome }
    if match.kind == .file, let name = match.names.first { add(.file, String(name)) }
  }

  private mutating func readItem(_ text: String) {
    let text = Self.trim(text)
    if text == "(truncated)" {
      isTruncated = true
      return
    }
    guard let kind = control.itemKinds.first, !text.isEmpty else { return }
    switch kind {
    case .user: readUsers(text)
    case .image: readImage(text)
    case .network:
      // JSON takes the blank in `ingress (swarm)` for the end of an item.
      if text != "(swarm)" { add(.network, text) }
    case .container: readContainer(text)
    case .file: add(.file, text)
    }
  }

  /// Reads `docker:x:105:alice,jenkins` or `alice,jenkins`; flat JSON has the first without a level.
  private mutating func readUsers(_ text: String) {
    var list = Substring(text)
    if list.hasPrefix("docker:") {
      let fields = list.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
      list = fields.count == 4 ? fields[3] : ""
    }
    for name in list.split(separator: ",") { add(.user, String(name)) }
  }

  /// Reads `[nginx:1.25`, then `web:latest]`, as the one image that they are.
  private mutating func readImage(_ text: String) {
    if let open = openList {
      let joined = open + " " + text
      // A list that nothing closes is one of no tool.
      let isDone = text.hasSuffix("]") || joined.utf8.count > 4_096
      openList = isDone ? nil : joined
      if isDone { add(.image, joined) }
    } else if text.hasPrefix("["), !text.hasSuffix("]") {
      openList = text
    } else {
      add(.image, text)
    }
  }

  /// Reads `web:80` of nested JSON, `80 in web` of flat JSON, or the name alone.
  private mutating func readContainer(_ text: String) {
    let words = text.split(separator: " ")
    if words.count == 3, words[1] == "in" {
      add(.container, String(words[2]), value: String(words[0]))
    } else if let colon = text.firstIndex(of: ":") {
      // A container's name has no colon, an address or a path may.
      let (first, rest) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
      if Self.isNetworkID(first) {
        add(.container, rest)
      } else {
        add(.container, first, value: rest)
      }
    } else {
      add(Self.isNetworkID(text) ? .network : .container, text)
    }
  }

  /// Whether a text is the id of a network: JSON has `id:web` for docker0, and flat JSON the id alone.
  private static func isNetworkID(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
  }

  private mutating func add(_ kind: ItemKind, _ printed: String, value: String = "") {
    if let item = texts.item(kind, printed[...], value: value[...]) { add(item) }
  }

  private mutating func add(_ item: Item) {
    if items.count < 16 {
      if !items.contains(item) { items.append(item) }
      return
    }
    if known.isEmpty { known = Set(items) }
    if known.insert(item).inserted { items.append(item) }
  }

  private static func trim(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

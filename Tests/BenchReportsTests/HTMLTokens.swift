/// The elements and texts of an HTML text, as a browser would take them; strict about what our pages never have.
struct HTMLTokens {
  /// Why a text is not what our renderer may write.
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  struct Element {
    var name: String
    var attributes: [String: String]
    /// The text up to the next tag, with its entities.
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var isInText = false
  private static let void: Set = ["meta", "br", "input"]
  private static let raw: Set = ["script", "style"]

  /// Cuts a text into elements, and checks that each is closed within the one that it is in.
  ///
  /// - Throws: ``Malformed``
  init(_ text: String) throws {
    var rest = Substring(text)
    var open: [String] = []
    while let tag = rest.firstIndex(of: "<") {
      add(rest[..<tag])
      rest = rest[rest.index(after: tag)...]
      if rest.hasPrefix("!DOCTYPE html>") {
        rest = rest.dropFirst("!DOCTYPE html>".count)
        continue
      }
      if rest.first == "/" {
        let name = rest.dropFirst().prefix { $0 != ">" }
        guard open.popLast() == String(name) else { throw Malformed(description: "</\(name)>") }
        rest = rest.dropFirst(name.count + 2)
        isInText = false
        continue
      }
      let (element, isClosed) = try Self.element(&rest)
      elements.append(element)
      isInText = true
      if isClosed || Self.void.contains(element.name) { continue }
      guard Self.raw.contains(element.name) else {
        open.append(element.name)
        continue
      }
      guard let end = rest.firstRange(of: "</\(element.name)>") else {
        throw Malformed(description: "<\(element.name)> has no end")
      }
      elements[elements.count - 1].text = String(rest[..<end.lowerBound])
      rest = rest[end.upperBound...]
      isInText = false
    }
    add(rest)
    guard open.isEmpty else { throw Malformed(description: "\(open) not closed") }
  }

  private mutating func add(_ text: Substring) {
    guard isInText, !elements.isEmpty else { return }
    elements[elements.count - 1].text += text
  }

  private static func isName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
  }

  private static func element(_ rest: inout Substring) throws -> (Element, isClosed: Bool) {
    let name = rest.prefix(while: isName)
    guard name.first?.isLetter == true else {
      throw Malformed(description: "<\(rest.prefix(20))")
    }
    rest = rest.dropFirst(name.count)
    var element = Element(name: String(name), attributes: [:])
    while true {
      let blanks = rest.prefix { $0 == " " }.count
      rest = rest.dropFirst(blanks)
      if rest.first == ">" {
        rest = rest.dropFirst()
        return (element, false)
      }
      if rest.hasPrefix("/>") {
        rest = rest.dropFirst(2)
        return (element, true)
      }
      let key = rest.prefix(while: isName)
      rest = rest.dropFirst(key.count)
      guard !key.isEmpty, blanks > 0, rest.hasPrefix("=\"") else {
        throw Malformed(description: "<\(name) \(key)\(rest.prefix(20))")
      }
      let value = rest.dropFirst(2).prefix { $0 != "\"" }
      rest = rest.dropFirst(value.count + 3)
      guard element.attributes.updateValue(String(value), forKey: String(key)) == nil else {
        throw Malformed(description: "<\(name)> has \(key) twice")
      }
    }
  }

  /// The elements of a name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The levels of the headings, in their order.
  var headings: [Int] {
    elements.compactMap { element in
      guard element.name.count == 2, element.name.first == "h" else { return nil }
      return element.name.last?.wholeNumberValue
    }
  }
}

extension HTMLTokens {
  /// What our pages have: no element that loads, and no attribute that runs.
  private static let known: [String: Set<String>] = [
    "html": ["lang"], "head": [], "meta": ["charset", "http-equiv", "content", "name"],
    "title": ["id"], "style": [], "body": [], "br": [], "a": ["class", "href"], "header": ["class"],
    "p": ["class", "hidden", "aria-hidden"], "nav": ["aria-label"], "ol": ["class"],
    "ul": ["class"], "li": ["id", "class"],
    "main": ["id"], "footer": [], "script": [], "h1": [], "h2": [], "h3": [],
    "section": ["id", "class", "aria-label"], "article": ["class"], "small": [], "b": [],
    "details": [
      "class", "open", "data-severity", "data-state", "data-stride", "data-surface", "data-host",
    ],
    "summary": [], "dl": [], "dt": [], "dd": [], "caption": [], "kbd": ["aria-hidden"],
    "button": ["type", "class", "aria-pressed", "data-value", "hidden"],
    "input": ["type", "aria-label", "aria-keyshortcuts", "placeholder"],
    "div": ["class", "tabindex", "role", "aria-label", "hidden", "data-filter"],
    "table": ["class"], "thead": [], "tbody": [], "tr": [], "th": ["scope", "class"],
    "td": ["class"], "span": ["class", "aria-hidden", "role", "aria-live"], "pre": [], "code": [],
    "figure": ["class"], "figcaption": ["id"], "g": ["class"],
    "svg": [
      "class", "viewBox", "role", "aria-label", "aria-labelledby", "aria-hidden",
      "preserveAspectRatio",
    ],
    "desc": ["id"], "rect": ["class", "x", "width", "height", "rx"],
    "polygon": ["class", "points"],
    "polyline": ["points"],
    "path": ["class", "d"], "text": ["class", "x", "y", "dy", "text-anchor"],
    "circle": ["class", "cx", "cy", "r"],
  ]

  /// The elements and attributes that none of our pages has, and links that lead out of the page.
  var strangers: [String] {
    elements.flatMap { element -> [String] in
      guard let attributes = Self.known[element.name] else { return ["<\(element.name)>"] }
      return element.attributes.compactMap { name, value in
        if !attributes.contains(name) { return "\(element.name) \(name)" }
        return name == "href" && !value.hasPrefix("#") ? "\(element.name) \(value)" : nil
      }
    }
  }
}

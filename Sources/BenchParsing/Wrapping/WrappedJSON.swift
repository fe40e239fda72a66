import BenchModel

/// Documents of JSON with logs, however deep: the answers of a cloud's API, a ConfigMap, the lines of a log driver.
///
/// No list of shapes is needed: the strings that hold a tool's lines are under some key, and whatever stands under that key
/// is the log's. What is not a string but the tool's own JSON is cut out as it stands.
enum WrappedJSON {
  /// A document, with the host that the line before it names.
  struct Document {
    var tree: JSONTree
    var host: String?
  }

  /// What a text has of JSON.
  enum Found {
    case nothing
    /// Nothing but documents that tools wrote.
    case toolDocuments
    case logs([WrappedLog])
  }

  /// Finds the logs of the documents of a text; nothing where a tool's lines stand outside them.
  static func find(in lines: LogLines) -> Found {
    lines.text.withUnsafeBufferPointer { text in
      guard let documents = documents(in: lines, text) else { return .nothing }
      if documents.allSatisfy({ $0.host == nil && ToolJSON.isDocument($0.tree, text) }) {
        return .toolDocuments
      }
      var keys: Set<String> = []
      for document in documents { addKeys(of: document.tree, under: "", text, &keys) }
      var collector = JSONLogs(lines, text, keys: keys)
      for document in documents { collector.add(document) }
      return collector.logs.isEmpty ? .nothing : .logs(collector.logs)
    }
  }

  // MARK: - Documents

  private static func documents(in lines: LogLines, _ text: Bytes) -> [Document]? {
    var documents: [Document] = []
    var index = 0
    var host: String?
    while index < lines.count {
      let range = lines.range(index)
      let line = text.part(range)
      index += 1
      guard let start = start(in: line) else {
        if let header = HostHeader(line) {
          host = header.host
        } else if Mark(in: line) != nil {
          return nil
        }
        continue
      }
      let before = line.part(0, start)
      if let header = HostHeader(line) {
        host = header.host
      } else if let found = LinePrefix.pod.read(before) ?? LinePrefix.syslog.read(before) {
        host = found.host
      }
      var place = range.lowerBound + start
      var isRead = false
      while let found = JSONTree.read(text, from: place) {
        documents.append(Document(tree: found.tree, host: host))
        isRead = true
        place = found.end
        while place < text.count, text[place] == ASCII.comma || text[place] == ASCII.space {
          place += 1
        }
        guard place < text.count, text[place] == ASCII.openBrace else { break }
      }
      if isRead {
        index = max(index, lines.line(at: place) + 1)
      } else if Mark(in: line) != nil {
        return nil
      }
    }
    return documents.isEmpty ? nil : documents
  }

  /// Where in a line a document begins.
  private static func start(in line: Bytes) -> Int? {
    if RawLine.opensJSON(line) { return line.firstIndex { $0 > ASCII.space } }
    if line.hasSuffix("=> {") { return line.count - 1 }
    let starts = [line.firstIndex(of: "{\""), line.firstIndex(of: "[{\"")].compactMap(\.self)
    guard let start = starts.min() else { return nil }
    // Behind a mark it is what a command printed.
    return Mark(in: line.part(0, start)) == nil ? start : nil
  }

  // MARK: - Keys

  /// Collects the keys under which lines of a tool stand.
  private static func addKeys(
    of tree: JSONTree, under key: String, _ text: Bytes, _ keys: inout Set<String>
  ) {
    switch tree {
    case .object(let members, _):
      if ToolJSON.isDocument(tree, text) { return }
      for member in members { addKeys(of: member.value, under: member.key, text, &keys) }
    case .array(let items, _):
      for item in items { addKeys(of: item, under: key, text, &keys) }
    case .string(let range):
      if !keys.contains(key), isTelling(text.part(range)) { keys.insert(key) }
    case .bare: break
    }
  }

  /// Whether a string has a line of a tool, or a document of one.
  private static func isTelling(_ string: Bytes) -> Bool {
    let words: [StaticString] = ["Initializing ", "# Docker Bench for Security", "== Summary"]
    return Mark(in: string) != nil || ToolJSON.hasEscapedKey(string)
      || words.contains { string.firstIndex(of: $0) != nil }
  }
}

/// Tells the documents that the tools write.
enum ToolJSON {
  /// Keys that none but the tools write; the last one is of docker-bench-security's flat JSON.
  private static let keys: [StaticString] = [
    "\"dockerbenchsecurity\"", "\"Controls\"", "\"test_number\"", "\"node_type\"", "\"1.1\": \"",
  ]
  private static let escapedKeys: [StaticString] = [
    "\\\"dockerbenchsecurity\\\"", "\\\"Controls\\\"", "\\\"test_number\\\"", "\\\"node_type\\\"",
    "\\\"1.1\\\": \\\"",
  ]

  /// Where the first of the tools' own keys stands; nil where none does.
  static func firstKey(in text: Bytes) -> Int? { keys.compactMap { text.firstIndex(of: $0) }.min() }

  /// Whether one of the tools' own keys stands in a string whose quotation marks are escaped.
  static func hasEscapedKey(_ string: Bytes) -> Bool { firstEscapedKey(in: string) != nil }

  /// Where the first of the tools' own keys stands in a string whose quotation marks are escaped.
  static func firstEscapedKey(in string: Bytes) -> Int? {
    escapedKeys.compactMap { string.firstIndex(of: $0) }.min()
  }

  /// Whether a document is a run of a tool, or a part of one.
  static func isDocument(_ tree: JSONTree, _ text: Bytes) -> Bool {
    switch tree {
    case .object(let members, _):
      if tree.has("dockerbenchsecurity") || tree.has("Controls") || tree.has("test_number") {
        return true
      }
      if case .array(let sections, _)? = tree["sections"], let first = sections.first {
        return first.has("tests")
      }
      if case .array? = tree["tests"] { return true }
      if tree.has("node_type") || (tree.has("version") && tree.has("tests")) { return true }
      return members.count(where: { isFlat($0.key, $0.value, text) }) > 2
    case .array(let items, _):
      return !items.isEmpty
        && items.allSatisfy { item in
          if case .object = item { isDocument(item, text) } else { false }
        }
    case .string, .bare: return false
    }
  }

  /// Whether a member is a check of docker-bench-security's flat JSON: `"5.4": "WARN: web"`.
  private static func isFlat(_ key: String, _ value: JSONTree, _ text: Bytes) -> Bool {
    guard case .string(let range) = value, let first = key.utf8.first, ASCII.isDigit(first),
      key.utf8.allSatisfy({ ASCII.isDigit($0) || $0 == ASCII.dot })
    else { return false }
    let value = text.part(range)
    let levels: [StaticString] = ["WARN", "PASS", "INFO", "NOTE"]
    return levels.contains { value.has($0, at: 0) }
  }
}

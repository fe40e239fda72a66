import Yams

/// Documents of YAML with logs: reports of an operator, ConfigMaps, what Ansible and Salt print.
enum WrappedYAML {
  /// The documents as JSON, in which each value is in the line that it has; nil where there are none.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    guard let first = (0..<lines.count).first(where: { isContent(lines, $0) }) else { return nil }
    // What stands under a bar is read as it is, line by line.
    let isReport = lines.text.withUnsafeBufferPointer {
      $0.firstIndex(of: "kind: CISKubeBenchReport") != nil
    }
    if lines.withLine(first, opensDocument),
      isReport || !(0..<lines.count).contains(where: { isBlock(lines, $0) })
    {
      return log(lines, 0..<lines.count, indent: 0, host: nil).map { [$0] }
    }
    return blocks(in: lines)
  }

  /// What Ansible's YAML prints under the line of each host.
  private static func blocks(in lines: LogLines) -> [WrappedLog]? {
    var logs: [WrappedLog] = []
    var index = 0
    while index < lines.count {
      let host = lines.withLine(index) { line in
        line.trimmed().hasSuffix("=>") || line.trimmed().hasSuffix(">>")
          ? HostHeader(line)?.host : nil
      }
      index += 1
      guard let host, index < lines.count else { continue }
      let indent = lines.withLine(index) { line in line.prefix { $0 == ASCII.space }.count }
      guard indent > 0 else { continue }
      let start = index
      while index < lines.count,
        lines.withLine(
          index,
          { line in
            line.trimmed().isEmpty || line.prefix { $0 == ASCII.space }.count >= indent
          })
      {
        index += 1
      }
      if let log = log(lines, start..<index, indent: indent, host: host) { logs.append(log) }
    }
    return logs.isEmpty ? nil : logs
  }

  private static func isContent(_ lines: LogLines, _ index: Int) -> Bool {
    lines.withLine(index) { line in
      !line.trimmed().isEmpty && line.first != ASCII.hash && !line.has("---", at: 0)
    }
  }

  /// Whether the text of a value begins behind a line, as it stands.
  private static func isBlock(_ lines: LogLines, _ index: Int) -> Bool {
    lines.withLine(index) { line in
      [": |", ": |-", ": |+"].contains { (end: StaticString) in line.trimmed().hasSuffix(end) }
    }
  }

  /// Whether a line may begin a document: the key of a map, or an item of a list.
  private static func opensDocument(_ line: Bytes) -> Bool {
    if line.has("- ", at: 0) { return true }
    let start = line.first == ASCII.openBrace ? 1 : 0
    var end = start
    while end < line.count, line[end] > ASCII.space, line[end] != ASCII.colon { end += 1 }
    return end > start && line.has(":", at: end)
      && (end + 1 == line.count || line[end + 1] == ASCII.space)
  }

  /// The JSON of some lines; nil where they are no YAML, or where the lines of a log stand in them as they are.
  private static func log(
    _ lines: LogLines, _ range: Range<Int>, indent: Int, host: String?
  ) -> WrappedLog? {
    var text: [UInt8] = []
    var hasMark = false
    for index in range {
      lines.withLine(index) { line in
        let line = line.part(min(indent, line.prefix { $0 == ASCII.space }.count), line.count)
        if !hasMark,
          Mark(in: line) != nil || line.firstIndex(of: "test_number") != nil
            || ToolJSON.firstKey(in: line) != nil
        {
          hasMark = true
        }
        text.append(contentsOf: line)
        text.append(ASCII.lineFeed)
      }
    }
    guard hasMark,
      let nodes = try? Yams.compose_all(yaml: String(decoding: text, as: UTF8.self))
    else { return nil }
    // Anchors that refer to each other would make much of little.
    var json = LinedJSON(limit: text.count * 4 + 4_096)
    var isMap = false
    for node in nodes {
      if node.scalar == nil { isMap = true }
      json.add(node, depth: 0)
    }
    guard isMap, !json.isFull else { return nil }
    var log = WrappedLog(host: host)
    for (number, line) in json.text.split(
      separator: ASCII.lineFeed, omittingEmptySubsequences: false
    ).enumerated() {
      let place = min(range.lowerBound + number, range.upperBound - 1)
      log.add(line, number: lines.number(place), offset: lines.offset(range.lowerBound))
    }
    return log
  }
}

/// Writes YAML as JSON, with as many line feeds before each value as it had.
private struct LinedJSON {
  private(set) var text: [UInt8] = []
  private var line = 1
  private let limit: Int
  private static let deepest = 64

  /// Creates a text that is not continued past a number of bytes.
  init(limit: Int) { self.limit = limit }

  /// Whether the text was not continued.
  var isFull: Bool { text.count >= limit }

  mutating func add(_ node: Node, depth: Int) {
    if isFull { return }
    if let mark = node.mark {
      while line < mark.line {
        text.append(ASCII.lineFeed)
        line += 1
      }
    }
    guard depth < Self.deepest else { return text.append(contentsOf: "null".utf8) }
    switch node {
    case .scalar(let scalar): add(scalar.string, isPlain: scalar.style == .plain)
    case .mapping(let mapping):
      text.append(ASCII.openBrace)
      for (number, member) in mapping.enumerated() {
        if number > 0 { text.append(ASCII.comma) }
        // A key is a string, whatever it looks like.
        add(member.key.string ?? "", isPlain: false)
        text.append(ASCII.colon)
        add(member.value, depth: depth + 1)
      }
      text.append(ASCII.closeBrace)
    case .sequence(let sequence):
      text.append(ASCII.openBracket)
      for (number, item) in sequence.enumerated() {
        if number > 0 { text.append(ASCII.comma) }
        add(item, depth: depth + 1)
      }
      text.append(ASCII.closeBracket)
    case .alias: text.append(contentsOf: "null".utf8)
    }
  }

  /// What is not quoted and looks like a count is one, and everything else is a string.
  private mutating func add(_ scalar: String, isPlain: Bool) {
    if isPlain, !scalar.isEmpty, scalar.utf8.count < 10, scalar.utf8.allSatisfy(ASCII.isDigit) {
      return text.append(contentsOf: scalar.utf8)
    }
    text.append(ASCII.quote)
    for byte in scalar.utf8 {
      switch byte {
      case ASCII.quote, ASCII.backslash: text += [ASCII.backslash, byte]
      case ASCII.lineFeed: text.append(contentsOf: "\\n".utf8)
      case ASCII.tab: text.append(contentsOf: "\\t".utf8)
      case ASCII.escape: text.append(contentsOf: "\\u001b".utf8)
      case 0..<ASCII.space: break
      default: text.append(byte)
      }
    }
    text.append(ASCII.quote)
  }
}

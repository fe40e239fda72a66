import BenchModel

/// Collects the logs of documents of JSON: of each host its lines, and each longer text by itself.
struct JSONLogs {
  private(set) var logs: [WrappedLog] = []
  private let lines: LogLines
  private let text: Bytes
  /// The keys under which lines of a tool stand.
  private let keys: Set<String>
  /// The logs that are put together of single lines, by host.
  private var records: [String?: Int] = [:]
  /// The texts of the document and of the record that is being read.
  private var seenTexts: Set<Seen> = []
  private var seenLines: Set<Seen> = []
  /// Whether a string without a line feed is the first part of a longer line, as Docker cuts them.
  private let hasParts: Bool
  private var isPart: Set<Int> = []

  private struct Seen: Hashable {
    var host: String?
    var text: [UInt8]
  }

  /// What the objects around a value say of it.
  private struct Context {
    var host: String?
    var time: Int64?
    /// Where in the text the outermost document begins.
    var start: Int
    var depth = 0
  }

  init(_ lines: LogLines, _ text: Bytes, keys: Set<String>) {
    self.lines = lines
    self.text = text
    self.keys = keys
    hasParts = keys.contains("log") && text.firstIndex(of: "\\n\",\"stream\"") != nil
  }

  /// Adds the logs of a document.
  mutating func add(_ document: WrappedJSON.Document) {
    // What one host printed is told by several tasks.
    if document.host == nil { seenTexts = [] }
    seenLines = []
    let context = Context(host: document.host, start: document.tree.range.lowerBound)
    add(document.tree, under: "", context)
  }

  // MARK: - Values

  private mutating func add(_ tree: JSONTree, under key: String, _ context: Context) {
    var context = context
    context.depth += 1
    switch tree {
    case .object(let members, _):
      context.host = JSONSource.host(of: tree, text) ?? context.host
      context.time = JSONSource.time(of: tree, text) ?? context.time
      if ToolJSON.isDocument(tree, text) { return addDocument(tree, context) }
      // Where the line before the document names the host, no key does.
      let areHosts =
        context.host == nil
        && JSONSource.areHosts(members, under: key, depth: context.depth, keys)
      for member in members {
        var own = context
        if areHosts { own.host = member.key }
        add(member.value, under: member.key, own)
      }
    case .array(let items, _):
      if ToolJSON.isDocument(tree, text) { return addDocument(tree, context) }
      addArray(items, under: key, context)
    case .string(let range):
      if keys.contains(key) { addText([range], context) }
    case .bare: break
    }
  }

  private mutating func addArray(_ items: [JSONTree], under key: String, _ context: Context) {
    let strings = items.compactMap { item -> Range<Int>? in
      if case .string(let range) = item { range } else { nil }
    }
    guard strings.count == items.count, !strings.isEmpty else {
      for item in items {
        switch item {
        case .object, .array: seenLines = []
        case .string, .bare: break
        }
        add(item, under: key, context)
      }
      return
    }
    guard keys.contains(key) else { return }
    // Loki has pairs of a time and a line.
    if strings.count == 2, text.part(strings[0]).count > 15,
      text.part(strings[0]).allSatisfy(ASCII.isDigit)
    {
      var context = context
      context.time = CivilTime.epoch(String(decoding: text.part(strings[0]), as: UTF8.self))
      return addText([strings[1]], context)
    }
    addText(strings, context)
  }

  // MARK: - Logs

  /// Adds a document that a tool wrote, as it stands.
  private mutating func addDocument(_ tree: JSONTree, _ context: Context) {
    let first = lines.line(at: tree.range.lowerBound)
    var log = WrappedLog(host: context.host)
    let piece = text.part(tree.range)
    var start = 0
    var index = first
    while start <= piece.count {
      let end = piece[start...].firstIndex(of: ASCII.lineFeed) ?? piece.count
      log.add(
        piece.part(start, end), number: lines.number(index), offset: offset(context),
        time: context.time)
      start = end + 1
      index += 1
    }
    logs.append(log)
  }

  /// Adds a text: one string, or the lines of a list.
  private mutating func addText(_ strings: [Range<Int>], _ context: Context) {
    var decoded = strings.map { JSONText.encoded(Array(text.part($0))) }
    let isPart = hasParts && strings.count == 1 && decoded[0].last != ASCII.lineFeed
    for index in decoded.indices {
      while let last = decoded[index].last,
        last == ASCII.lineFeed || last == ASCII.carriageReturn
      {
        decoded[index].removeLast()
      }
    }
    let whole = Array(decoded.joined(separator: [ASCII.lineFeed]))
    if whole.contains(ASCII.lineFeed) {
      guard seenTexts.insert(Seen(host: context.host, text: Self.bare(whole))).inserted else {
        return
      }
      var log = WrappedLog(host: context.host)
      for (range, string) in zip(strings, decoded) { add(string, at: range, context, to: &log) }
      logs.append(log)
      return
    }
    if !whole.isEmpty, !seenLines.insert(Seen(host: context.host, text: whole)).inserted { return }
    let place = records[context.host] ?? logs.count
    if place == logs.count {
      logs.append(WrappedLog(host: context.host))
      records[context.host] = place
    }
    if self.isPart.contains(place) {
      logs[place].text.removeLast()
      logs[place].text += whole
      logs[place].text.append(ASCII.lineFeed)
    } else if let range = strings.first {
      // Taken out while it grows: with a second reference to it, each line would copy all lines before.
      var log = WrappedLog()
      swap(&log, &logs[place])
      add(whole, at: range, context, to: &log)
      swap(&log, &logs[place])
    }
    if isPart { self.isPart.insert(place) } else { self.isPart.remove(place) }
  }

  private func add(
    _ string: [UInt8], at range: Range<Int>, _ context: Context, to log: inout WrappedLog
  ) {
    let number = lines.number(lines.line(at: range.lowerBound))
    for line in string.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
      log.add(line, number: number, offset: offset(context), time: context.time)
    }
  }

  private func offset(_ context: Context) -> Int { lines.offset(lines.line(at: context.start)) }

  /// A text without the blanks that a list of its lines may lack.
  private static func bare(_ text: [UInt8]) -> [UInt8] {
    text.filter { $0 > ASCII.space }
  }
}

/// What documents of JSON say of where and when their logs are from.
enum JSONSource {
  private static let hostKeys = [
    "_HOSTNAME", "hostname", "HOSTNAME", "nodeName", "node_name", "host", "node", "minion",
    "InstanceId", "instanceId", "instance_id", "computer", "Computer", "PSComputerName",
    "host_name",
    "compute.googleapis.com/resource_name", "resource_name", "instance", "target", "logStreamName",
    "pod_name", "podName", "pod",
  ]
  /// Objects that say it in place of the one that they are in.
  private static let inner = [
    "labels", "kubernetes", "resource", "stream", "host", "agent", "fields", "result", "_source",
    "jsonPayload",
  ]
  private static let timeKeys = [
    "updateTimestamp", "@timestamp", "timestamp", "Timestamp", "time", "_time", "ts", "eventTime",
    "__REALTIME_TIMESTAMP", "creationTimestamp", "start",
  ]
  /// Keys of objects that hold what one host printed.
  private static let fieldKeys: Set<String> = [
    "stdout", "stderr", "stdout_lines", "output", "Output", "log", "logs", "message", "Message",
    "msg", "content", "Content", "body", "text", "data", "result", "results", "report", "raw",
    "line", "lines", "value", "values", "items", "events", "hits", "streams", "plays", "tasks",
    "StandardOutputContent", "StandardErrorContent", "_raw", "textPayload", "MESSAGE", "event",
    "response", "payload", "details", "return", "hosts", "ok", "changed",
  ]

  /// The host that an object names.
  static func host(of tree: JSONTree, _ text: Bytes) -> String? {
    if tree["kind"]?.string(in: text) == "CISKubeBenchReport" {
      return tree["metadata"]?["name"]?.string(in: text).flatMap(name)
    }
    // Each of a list of ConfigMaps has the report of one host.
    if tree["kind"]?.string(in: text) == "ConfigMap", tree.has("data") {
      return tree["metadata"]?["name"]?.string(in: text).flatMap(name)
    }
    for key in hostKeys {
      if let value = tree[key]?.string(in: text).flatMap(name) { return value }
    }
    for key in inner {
      guard let object = tree[key], case .object = object else { continue }
      if let host = host(of: object, text) { return host }
      if key == "host", let name = object["name"]?.string(in: text).flatMap(name) { return name }
    }
    return nil
  }

  /// Whether a column or a field is one of hosts.
  static func isHostKey(_ key: String) -> Bool {
    hostKeys.contains(key) || hostKeys.contains(key.lowercased())
  }

  /// Whether a column or a field is one of times.
  static func isTimeKey(_ key: String) -> Bool {
    timeKeys.contains(key) || timeKeys.contains(key.lowercased())
  }

  /// A text that may be the name of a host; nil for another.
  static func name(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { line in
      HostName(line, at: 0).flatMap { $0.end == line.count && $0.hasLetter ? text : nil }
    }
  }

  /// The time that an object gives, in seconds since 1970.
  static func time(of tree: JSONTree, _ text: Bytes) -> Int64? {
    for key in timeKeys {
      if let value = tree[key]?.string(in: text), let time = seconds(value) { return time }
    }
    for key in ["report", "metadata", "_source", "result"] {
      guard let object = tree[key], case .object = object else { continue }
      if let time = time(of: object, text) { return time }
    }
    return nil
  }

  /// A time as a text or a number, in seconds since 1970.
  static func seconds(_ text: String) -> Int64? {
    if let seconds = CivilTime.epoch(text) {
      return CivilTime.isPlausible(seconds) ? seconds : nil
    }
    return LineTime.seconds(text)
  }

  /// Whether the keys of an object are names of hosts: those under `hosts`, and those of an outermost object that has a log
  /// under each, as Salt prints it.
  static func areHosts(
    _ members: [(key: String, value: JSONTree)], under key: String, depth: Int, _ keys: Set<String>
  ) -> Bool {
    guard !members.isEmpty else { return false }
    if key == "hosts" { return true }
    guard depth == 1 || (members.count > 1 && key != "data") else { return false }
    return members.allSatisfy { member in
      isHost(member.key) && (keys.contains(member.key) || hasLog(member.value, keys))
    }
  }

  /// Whether a key may be the name of a host, and is none of a field or of a file.
  private static func isHost(_ key: String) -> Bool {
    let words = ["stdout", "stderr", "output", "result", "lines", "report", "log"]
    let lower = key.lowercased()
    return name(key) != nil && !fieldKeys.contains(key) && !words.contains(where: lower.contains)
      && ![".txt", ".json", ".yaml", ".yml"].contains(where: lower.hasSuffix)
  }

  private static func hasLog(_ tree: JSONTree, _ keys: Set<String>) -> Bool {
    switch tree {
    case .object(let members, _):
      members.contains { keys.contains($0.key) || hasLog($0.value, keys) }
    case .array(let items, _): items.contains { hasLog($0, keys) }
    case .string, .bare: false
    }
  }
}

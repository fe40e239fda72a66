import BenchModel

/// A text with the lines of several hosts, or of one that it names.
enum HostLines {
  /// So many hosts are told apart.
  private static let mostHosts = 10_000

  /// A log for each host, in the order in which they come; nil where the text names none.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    headed(lines) ?? prefixed(lines)
  }

  // MARK: - Headers

  /// The logs of hosts that are named in lines of their own.
  private static func headed(_ lines: LogLines) -> [WrappedLog]? {
    var logs: [WrappedLog] = []
    var places: [String: Int] = [:]
    var current: Int?
    var isMarked = false
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        if let host = header(line, index, lines) {
          if places[host] == nil, logs.count < mostHosts {
            places[host] = logs.count
            logs.append(WrappedLog(host: host))
          }
          current = places[host]
          // The first line of the log may stand behind the header.
          if let current, let mark = Mark(in: line), mark.start > 0 {
            let start = Mark.withoutColor(line, before: mark.start)
            logs[current].add(
              line.part(start, line.count), number: lines.number(index),
              offset: lines.offset(index))
          }
          return
        }
        guard let current else { return }
        if !isMarked, Mark(in: line) != nil { isMarked = true }
        logs[current].add(line, number: lines.number(index), offset: lines.offset(index))
      }
    }
    guard isMarked, current != nil else { return nil }
    return placed(logs.filter { !$0.numbers.isEmpty })
  }

  /// The host that a line alone names.
  private static func header(_ line: Bytes, _ index: Int, _ lines: LogLines) -> String? {
    if let header = HostHeader(line) { return header.host }
    if index + 1 < lines.count,
      let host = lines.withLine(index + 1, { HostHeader.salt(line, before: $0) })
    {
      return host
    }
    // Between two lines of dashes, as dshbak and clush have it.
    guard index > 0, index + 1 < lines.count, lines.withLine(index - 1, isRule),
      lines.withLine(index + 1, isRule), let name = HostName(line, at: 0), name.end == line.count
    else { return nil }
    return name.text
  }

  /// Whether a line is nothing but dashes.
  static func isRule(_ line: Bytes) -> Bool {
    line.count > 7 && line.allSatisfy { $0 == ASCII.dash }
  }

  // MARK: - Prefixes

  /// The logs of hosts that are named before each line.
  private static func prefixed(_ lines: LogLines) -> [WrappedLog]? {
    var marked: [Int] = []
    for index in 0..<lines.count
    where lines.withLine(index, { Mark(in: $0).map { $0.start > 0 } ?? false }) {
      marked.append(index)
    }
    guard marked.count > 2 else { return nil }
    for prefix in LinePrefix.allCases {
      guard let hosts = hosts(of: marked, in: lines, by: prefix) else { continue }
      if hosts.count > 1 { return split(lines, by: prefix, hosts) }
      guard prefix.namesHost, let host = hosts.first else { continue }
      return [annotated(lines, by: prefix, host)]
    }
    return nil
  }

  /// The hosts before marked lines, if nearly all have one right before their marks.
  private static func hosts(
    of marked: [Int], in lines: LogLines, by prefix: LinePrefix
  ) -> Set<String>? {
    var counts: [String: Int] = [:]
    var missed = 0
    for index in marked {
      let found = lines.withLine(index) { line -> String? in
        guard let found = prefix.read(line), let mark = Mark(in: line) else { return nil }
        let between = line.part(found.end, Mark.withoutColor(line, before: mark.start))
        return between.allSatisfy({ $0 == ASCII.space }) ? found.host : nil
      }
      if let found {
        counts[found, default: 0] += 1
      } else {
        missed += 1
        if missed * 20 > marked.count { return nil }
      }
      if counts.count > mostHosts { return nil }
    }
    // A word that stands before one line alone is no host.
    let hosts = Set(counts.filter { $0.value > 1 }.keys)
    return hosts.count == counts.count ? hosts : nil
  }

  private static func split(
    _ lines: LogLines, by prefix: LinePrefix, _ hosts: Set<String>
  ) -> [WrappedLog] {
    var logs: [WrappedLog] = []
    var places: [String: Int] = [:]
    var current: Int?
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        var (text, time) = (line, nil as Int64?)
        if let found = prefix.read(line), hosts.contains(found.host) {
          if places[found.host] == nil {
            places[found.host] = logs.count
            logs.append(WrappedLog(host: found.host))
          }
          current = places[found.host]
          (text, time) = (line.part(found.end, line.count), found.time)
        }
        guard let current else { return }
        logs[current].add(
          text, number: lines.number(index), offset: lines.offset(index), time: time)
      }
    }
    return placed(logs)
  }

  /// The log of one host, whose lines the reader takes as they are.
  private static func annotated(
    _ lines: LogLines, by prefix: LinePrefix, _ host: String
  ) -> WrappedLog {
    var log = WrappedLog(host: host)
    log.isUnwrapped = true
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        log.add(
          line, number: lines.number(index), offset: lines.offset(index),
          time: prefix.read(line)?.time)
      }
    }
    return log
  }

  /// Logs whose lines stand among those of others: all of the text is the place of each.
  private static func placed(_ logs: [WrappedLog]) -> [WrappedLog] {
    guard logs.count > 1 else { return logs }
    return logs.map { log in
      var log = log
      log.offsets = []
      return log
    }
  }
}

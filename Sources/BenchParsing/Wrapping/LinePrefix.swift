import BenchModel

/// What a capture puts before each line to name where it is from.
enum LinePrefix: CaseIterable {
  /// `[pod/kube-bench-x7k2p/kube-bench] `, of `kubectl logs --prefix`.
  case pod
  /// `bench.1.k3v9x2@web-1    | `, of `docker service logs`.
  case task
  /// `bench-1  | `, of `docker compose logs`.
  case service
  /// `<134>1 2026-11-23T03:20:07Z web-1 bench 42 - - `, of RFC 5424.
  case syslogProtocol
  /// `Nov 23 03:20:07 web-1 bench[42]: `, of syslog and journald.
  case syslog
  /// `{host="web-1", job="bench"} `, of Loki.
  case labels
  /// `[web-1] out: `, of Fabric.
  case fabric
  /// `null_resource.web[0] (remote-exec): `, of Terraform.
  case provisioner
  /// `[web-1] `, of kubetail and Jenkins.
  case bracket
  /// `web-1: `, of pdsh, clush and `argo logs`, also without a blank, of `xargs` and `grep`.
  case colon
  /// `kube-bench-x7k2p kube-bench `, of stern.
  case stern
  /// `default kube-bench-x7k2p kube-bench `, of stern over all namespaces.
  case sternNamespaces
  /// `web-1 `, with a blank or a tab.
  case word

  /// What was read before a line.
  struct Found {
    var host: String
    /// In seconds since 1970.
    var time: Int64?
    /// The index of what the host printed.
    var end: Int
  }

  /// Whether one source alone shows that its name is a host's: a word before a line may be anything.
  var namesHost: Bool {
    switch self {
    case .pod, .task, .syslogProtocol, .syslog: true
    default: false
    }
  }

  /// Reads what stands before a line; nil where something else does.
  func read(_ line: Bytes) -> Found? {
    let (time, start) = LineTime.read(line, at: 0)
    guard var found = name(line, at: start) else { return nil }
    if self != .syslogProtocol, self != .syslog {
      let (second, end) = LineTime.read(line, at: found.end)
      found.end = end
      found.time = time ?? second
    } else {
      found.time = found.time ?? time
    }
    return found
  }

  private func name(_ line: Bytes, at start: Int) -> Found? {
    switch self {
    case .pod:
      guard line.has("[pod/", at: start), let name = HostName(line, at: start + 5),
        line.has("/", at: name.end), let container = HostName(line, at: name.end + 1),
        line.has("] ", at: container.end) || container.end + 1 == line.count
      else { return nil }
      return Found(host: name.text, end: min(container.end + 2, line.count))
    case .task:
      guard let name = HostName(line, at: start), line.has("@", at: name.end),
        let node = HostName(line, at: name.end + 1), let end = Self.bar(line, at: node.end)
      else { return nil }
      return Found(host: node.text, end: end)
    case .service:
      guard let name = HostName(line, at: start), let end = Self.bar(line, at: name.end) else {
        return nil
      }
      return Found(host: name.text, end: end)
    case .syslogProtocol: return Self.syslogProtocol(line)
    case .syslog: return start > 0 ? Self.syslog(line, at: start) : nil
    case .labels: return Self.labels(line, at: start)
    case .fabric:
      guard line.has("[", at: start), let name = HostName(line, at: start + 1),
        line.has("] out: ", at: name.end) || line.has("] out:", at: name.end)
      else { return nil }
      return Found(host: name.text, end: min(name.end + 7, line.count))
    case .provisioner:
      guard
        let end = line.firstIndex(of: " (remote-exec): ") ?? line.firstIndex(of: " (local-exec): "),
        end > start, end < 200, let colon = line.part(end, line.count).firstIndex(of: ASCII.colon)
      else { return nil }
      return Found(
        host: String(decoding: line.part(start, end), as: UTF8.self), end: end + colon + 2)
    case .bracket:
      guard line.has("[", at: start), let name = HostName(line, at: start + 1), name.hasLetter,
        line.has("]", at: name.end), Mark(in: line.part(start, name.end + 1)) == nil
      else { return nil }
      let end = name.end + 1
      return Found(host: name.text, end: line.has(" ", at: end) ? end + 1 : end)
    case .colon:
      guard let name = HostName(line, at: start), name.hasLetter, line.has(":", at: name.end) else {
        return nil
      }
      let end = name.end + 1
      return Found(host: name.text, end: line.has(" ", at: end) ? end + 1 : end)
    case .stern:
      guard let name = HostName(line, at: start), name.hasLetter, line.has(" ", at: name.end),
        let container = HostName(line, at: name.end + 1), container.hasLetter,
        container.end == line.count || line[container.end] == ASCII.space
      else { return nil }
      return Found(host: name.text, end: min(container.end + 1, line.count))
    case .sternNamespaces:
      guard let space = HostName(line, at: start), line.has(" ", at: space.end),
        let found = Self.stern.name(line, at: space.end + 1)
      else { return nil }
      return found
    case .word:
      guard let name = HostName(line, at: start), name.hasLetter,
        name.end == line.count || line[name.end] == ASCII.space || line[name.end] == ASCII.tab
      else { return nil }
      return Found(host: name.text, end: min(name.end + 1, line.count))
    }
  }

  /// The index behind `  | `.
  private static func bar(_ line: Bytes, at start: Int) -> Int? {
    var index = start
    while index < line.count, line[index] == ASCII.space { index += 1 }
    guard index > start, index < line.count, line[index] == ASCII.pipe else { return nil }
    return line.has(" ", at: index + 1) ? index + 2 : index + 1
  }

  private static func labels(_ line: Bytes, at start: Int) -> Found? {
    guard line.has("{", at: start), let end = line.firstIndex(of: "} ", from: start) else {
      return nil
    }
    let keys: [StaticString] = ["host=\"", "node=\"", "hostname=\"", "instance=\"", "pod=\""]
    for key in keys {
      guard let place = line.firstIndex(of: key, from: start), place < end,
        let name = HostName(line, at: place + key.utf8CodeUnitCount)
      else { continue }
      return Found(host: name.text, end: end + 2)
    }
    return nil
  }

  private static func syslogProtocol(_ line: Bytes) -> Found? {
    guard line.first == UInt8(ascii: "<"),
      let close = line.part(0, 6).firstIndex(of: UInt8(ascii: ">")),
      line.has("1 ", at: close + 1)
    else { return nil }
    let (time, start) = LineTime.read(line, at: close + 3)
    guard start > close + 3, let name = HostName(line, at: start) else { return nil }
    var index = name.end
    // The program, its process and the kind of message, and structured data.
    for _ in 0..<3 {
      guard line.has(" ", at: index) else { return nil }
      index += 1
      while index < line.count, line[index] != ASCII.space { index += 1 }
    }
    guard line.has(" -", at: index) || line.has(" [", at: index) else { return nil }
    if line.has(" -", at: index) {
      index += 2
    } else {
      guard let end = line.firstIndex(of: "] ", from: index) else { return nil }
      index = end + 1
    }
    return Found(host: name.text, time: time, end: min(index + 1, line.count))
  }

  /// `web-1 bench[42]: `, behind the time.
  private static func syslog(_ line: Bytes, at start: Int) -> Found? {
    guard let name = HostName(line, at: start), line.has(" ", at: name.end) else { return nil }
    var index = name.end + 1
    while index < line.count, line[index] != ASCII.colon, line[index] != ASCII.space,
      index - name.end < 128
    {
      index += 1
    }
    guard index > name.end + 1, line.has(":", at: index),
      index + 1 == line.count || line[index + 1] == ASCII.space
    else { return nil }
    return Found(host: name.text, end: min(index + 2, line.count))
  }
}

/// The time that a capture puts before a line.
enum LineTime {
  private static let months: [StaticString] = [
    "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec ",
  ]

  /// Reads the time at an index.
  ///
  /// - Returns: Seconds since 1970, or nil for a time without a year; and the index behind it, or the same one where there
  ///   is no time.
  static func read(_ line: Bytes, at start: Int) -> (time: Int64?, end: Int) {
    if months.contains(where: { line.has($0, at: start) }), clock(line, at: start + 7) {
      return (nil, behind(line, start + 15))
    }
    guard start + 19 <= line.count, line.has("-", at: start + 4), line.has("-", at: start + 7),
      clock(line, at: start + 11)
    else { return (nil, start) }
    var end = start + 19
    while end < line.count, isPartOfTime(line[end]) { end += 1 }
    guard end == line.count || line[end] <= ASCII.space else { return (nil, start) }
    let text = String(decoding: line.part(start, end), as: UTF8.self)
    return (seconds(text), behind(line, end))
  }

  /// The seconds since 1970 of a time in ISO 8601; nil for another text.
  static func seconds(_ text: String) -> Int64? {
    var text = text
    if let space = text.dropFirst(10).first, space == " " {
      text = text.prefix(10) + "T" + text.dropFirst(11)
    }
    guard let time = CivilTime(text, ignoringTail: true), CivilTime.isPlausible(time.seconds) else {
      return nil
    }
    return time.seconds
  }

  /// Whether `12:34:56` stands at an index.
  private static func clock(_ line: Bytes, at start: Int) -> Bool {
    start + 8 <= line.count
      && [0, 1, 3, 4, 6, 7].allSatisfy { ASCII.isDigit(line[start + $0]) }
      && line[start + 2] == ASCII.colon && line[start + 5] == ASCII.colon
  }

  /// Whether a byte may stand behind the seconds: a fraction, or a zone.
  private static func isPartOfTime(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || byte == ASCII.dot || byte == ASCII.comma || byte == ASCII.colon
      || byte == ASCII.dash || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "Z")
  }

  private static func behind(_ line: Bytes, _ end: Int) -> Int {
    line.has(" ", at: end) ? end + 1 : end
  }
}

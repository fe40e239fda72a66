import BenchModel

/// A line that a program prints before what a host printed: `node-1 | CHANGED | rc=0 >>`.
struct HostHeader {
  var host: String

  /// Reads a line; nil for one of another form.
  init?(_ line: Bytes) {
    let whole = line
    let line = line.trimmed()
    guard
      let host = Self.ansibleTask(line) ?? Self.ansibleCommand(line) ?? Self.ansibleUnixy(line)
        ?? Self.parallelSSH(line) ?? Self.banner(whole)
    else { return nil }
    self.host = host
  }

  /// Reads `changed: [node-1] => {…`, also for a loop's item and a delegated task.
  private static func ansibleTask(_ line: Bytes) -> String? {
    let words: [StaticString] = ["ok: [", "changed: [", "fatal: [", "failed: ["]
    guard let word = words.first(where: { line.has($0, at: 0) }) else { return nil }
    let start = word.utf8CodeUnitCount
    return HostName(line, at: start).flatMap { name in
      line.has("]", at: name.end) || line.has(" -> ", at: name.end) ? name.text : nil
    }
  }

  /// Reads `node-1 | CHANGED | rc=0 >>`, `node-1 | SUCCESS => {` or `node-1 | FAILED | rc=1 | (stdout) …`.
  private static func ansibleCommand(_ line: Bytes) -> String? {
    guard let name = HostName(line, at: 0), line.has(" | ", at: name.end) else { return nil }
    let words: [StaticString] = ["CHANGED", "SUCCESS", "FAILED", "UNREACHABLE"]
    guard let word = words.first(where: { line.has($0, at: name.end + 3) }) else { return nil }
    let end = name.end + 3 + word.utf8CodeUnitCount
    return end == line.count || line.has(" ", at: end) || line.has("!", at: end) ? name.text : nil
  }

  /// Reads `node-1 done | stdout: [INFO] …`.
  private static func ansibleUnixy(_ line: Bytes) -> String? {
    guard let name = HostName(line, at: 0),
      line.has(" done | stdout: ", at: name.end) || line.has(" failed | stdout: ", at: name.end)
    else { return nil }
    return name.text
  }

  /// Reads `==> web-1.log <==`, `== web-1 ==`, `### web-1 ###` or `Finished on web-1:`.
  private static func banner(_ line: Bytes) -> String? {
    let ends: [(StaticString, StaticString)] = [
      ("==> ", " <=="), ("== ", " =="), ("=== ", " ==="), ("### ", " ###"), ("--- ", " ---"),
      ("Finished on ", ":"),
    ]
    for (start, end) in ends where line.has(start, at: 0) && line.hasSuffix(end) {
      let inner = line.part(start.utf8CodeUnitCount, line.count - end.utf8CodeUnitCount)
      // A path's last part, without its ending.
      let file = inner.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
      return file.withUnsafeBufferPointer { file in
        // The headings of totals have the same form.
        guard let name = HostName(file, at: 0), name.end == file.count, name.hasLetter,
          name.text != "Summary", name.text != "Remediations"
        else { return nil }
        let endings = [".log", ".txt", ".out"]
        let ending = endings.first { name.text.hasSuffix($0) }
        return ending.map { String(name.text.dropLast($0.utf8.count)) } ?? name.text
      }
    }
    return nil
  }

  /// The host of `web-1:` before lines that are set in, as Salt prints it.
  static func salt(_ line: Bytes, before next: Bytes) -> String? {
    guard let name = HostName(line, at: 0), name.hasLetter, name.end + 1 == line.count,
      line.last == ASCII.colon, next.has("    ", at: 0)
    else { return nil }
    return name.text
  }

  /// Reads `[1] 09:12:33 [SUCCESS] web-1`.
  private static func parallelSSH(_ line: Bytes) -> String? {
    for word: StaticString in ["[SUCCESS] ", "[FAILURE] "] {
      guard line.first == ASCII.openBracket, let index = line.firstIndex(of: word), index < 24
      else { continue }
      let start = line.firstIndex(of: "@", from: index).map { $0 + 1 }
      return HostName(line, at: start ?? index + word.utf8CodeUnitCount)?.text
    }
    return nil
  }
}

/// A name of a host, a pod or a service, as captures print it.
struct HostName {
  var text: String
  /// The index behind it.
  var end: Int

  /// No name is longer.
  private static let longest = 253

  /// Reads the name at an index of a line; nil where none is.
  init?(_ line: Bytes, at start: Int) {
    var end = start
    while end < line.count, end - start < Self.longest, Self.isPart(line[end]) { end += 1 }
    guard end > start, ASCII.isDigit(line[start]) || ASCII.isLetter(line[start]) else { return nil }
    text = String(decoding: line.part(start, end), as: UTF8.self)
    self.end = end
  }

  /// Whether a byte may be one of a name.
  private static func isPart(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || ASCII.isLetter(byte) || byte == ASCII.dash || byte == ASCII.dot
      || byte == ASCII.underscore
  }

  /// Whether there is a letter: a name of digits alone is a number.
  var hasLetter: Bool { text.utf8.contains(where: ASCII.isLetter) }
}

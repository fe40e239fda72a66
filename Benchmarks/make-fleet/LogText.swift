import BenchInput
import BenchModel
import BenchParsing

/// The lines of one run of docker-bench-security, which can be changed as a host would change them.
struct LogText {
  private var lines: [String]
  private static let begin = "Initializing "

  /// Takes the first run of a log; nil for a log of another tool or form, and for one whose runs have no time.
  init?(firstRunOf path: String) throws {
    var reader = LogReader(keepsEvidence: true)
    var runs: [ParsedRun] = []
    _ = try LogFile(path: path).read { runs += reader.read($0) }
    runs += reader.finish()
    guard let first = runs.first, first.form == .text, first.tool == .dockerBenchSecurity else {
      return nil
    }
    let bytes = reader.takeEvidence(before: runs.dropFirst().first?.offset) ?? []
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing(#/\u{1B}\[[0-9;]*m/#, with: "").replacing(#/(?m)^[a-z-]+ +\| /#, with: "")
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.contains(where: { $0.hasPrefix(Self.begin) }) else { return nil }
  }

  /// The numbers of the sections that have a check that passes or fails.
  var sections: [String] { Set(lines.compactMap(Self.section)).sorted() }

  /// The section of a check that passes or fails; nil for other lines.
  private static func section(_ line: String) -> String? {
    guard line.hasPrefix("[WARN] ") || line.hasPrefix("[PASS] ") else { return nil }
    let id = line.dropFirst(7).prefix { $0 != " " }
    guard id.first?.isNumber == true, let dot = id.firstIndex(of: ".") else { return nil }
    return String(id[..<dot])
  }

  private static func isDetail(_ line: String) -> Bool {
    line.hasPrefix("[") && line.dropFirst(6).drop { $0 == " " }.hasPrefix("*")
  }

  /// Turns one check of a section, or adds an item to one that fails.
  mutating func change(_ section: String, _ random: inout Random) {
    let places = lines.indices.filter { Self.section(lines[$0]) == section }
    guard !places.isEmpty else { return }
    let place = places[random.next(places.count)]
    if lines[place].hasPrefix("[PASS]") {
      lines[place] = "[WARN]" + lines[place].dropFirst(6)
      return
    }
    let details = lines[(place + 1)...].prefix(while: Self.isDetail)
    if let item = details.first, let colon = item.lastIndex(of: ":"), random.next(2) == 0 {
      lines.insert(item[...colon] + " service-\(random.next(100_000))", at: place + 1)
    } else {
      lines.removeSubrange(details.indices)
      lines[place] = "[PASS]" + lines[place].dropFirst(6)
    }
  }

  /// The log as it is at a time, in seconds since 1970.
  func bytes(at time: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32_000)
    for line in lines {
      bytes += (line.hasPrefix(Self.begin) ? Self.begin + Self.date(time) : line).utf8
      bytes.append(0x0A)
    }
    return bytes
  }

  /// The date as `date -Iseconds` prints it.
  private static func date(_ time: Int64) -> String {
    CivilTime.rfc3339(time).replacing("Z", with: "+00:00")
  }
}

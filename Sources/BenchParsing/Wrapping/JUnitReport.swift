import BenchModel

/// The reports that kube-bench writes with `--junit`: a suite for each target, and a case for each check, with the check as
/// JSON in its `system-out`.
enum JUnitReport {
  /// The report as the JSON of its targets; nil for another text.
  static func logs(in text: Bytes) -> [WrappedLog]? {
    guard let first = text.firstIndex(of: "<testsuite "),
      text.firstIndex(of: "test_number") != nil, first < 1 << 16
    else { return nil }
    var json: [UInt8] = []
    var index = 0
    var suite = text.part(0, 0)
    var isOpen = false
    var count = 0
    var totals = Totals()
    while index < text.count {
      let byte = text[index]
      if byte == ASCII.lineFeed {
        json.append(byte)
      } else if text.has("<testsuite ", at: index) {
        suite = attribute(" name", text, at: index)
        count = 0
        let all = attribute(" tests", text, at: index).number()
        if isOpen { totals.end(&json) }
        totals = Totals(printed: all)
      } else if text.has("<system-out>", at: index) {
        let start = index + 12
        guard let end = text.firstIndex(of: "</system-out>", from: start) else { break }
        var check: [UInt8] = []
        append(text.part(start, end), to: &check)
        if count == 0 {
          isOpen = true
          begin(suite, check, &json)
        } else {
          json.append(ASCII.comma)
        }
        json += check
        totals.add(check)
        count += 1
        index = end
      }
      index += 1
    }
    guard isOpen else { return nil }
    totals.end(&json)
    var log = WrappedLog()
    log.text = json
    log.isUnwrapped = true
    return [log]
  }

  /// How many results of each kind a suite has, which is the tool's own count where its number of tests is theirs.
  private struct Totals {
    var printed: Int?
    private var counts: [String: Int] = [:]

    init(printed: Int? = nil) { self.printed = printed }

    private static let statuses: [(name: String, member: StaticString)] = [
      ("pass", "\"status\":\"PASS\""), ("fail", "\"status\":\"FAIL\""),
      ("warn", "\"status\":\"WARN\""), ("info", "\"status\":\"INFO\""),
    ]

    mutating func add(_ check: [UInt8]) {
      check.withUnsafeBufferPointer { check in
        for status in Self.statuses where check.firstIndex(of: status.member) != nil {
          counts[status.name, default: 0] += 1
        }
      }
    }

    func end(_ json: inout [UInt8]) {
      json.append(contentsOf: "]}]".utf8)
      if printed == counts.values.reduce(0, +) {
        for (name, _) in Self.statuses {
          json.append(contentsOf: ",\"total_\(name)\":\(counts[name] ?? 0)".utf8)
        }
      }
      json.append(ASCII.closeBrace)
    }
  }

  /// Begins the object of a target, whose id is the first part of its checks'.
  private static func begin(_ suite: Bytes, _ check: [UInt8], _ json: inout [UInt8]) {
    let number = check.withUnsafeBufferPointer { check in
      check.firstIndex(of: "\"test_number\":\"").map { start in
        Array(check.part(start + 15, check.count).prefix { ASCII.isDigit($0) })
      }
    }
    json.append(contentsOf: "{\"version\":\"\",\"node_type\":\"\",\"id\":\"".utf8)
    json += number ?? []
    json.append(contentsOf: "\",\"text\":\"".utf8)
    append(suite, to: &json)
    json.append(contentsOf: "\",\"tests\":[{\"section\":\"\",\"results\":[".utf8)
  }

  /// The value of an attribute of the tag at an index, with its entities.
  private static func attribute(_ name: StaticString, _ text: Bytes, at index: Int) -> Bytes {
    let tag = text.part(index, min(index + 1_024, text.count))
    guard let start = tag.firstIndex(of: name) else { return text.part(0, 0) }
    let value = tag.part(start + name.utf8CodeUnitCount + 2, tag.count)
    return value.part(0, value.firstIndex(of: ASCII.quote) ?? 0)
  }

  /// Appends a text of XML with what its entities and sections stand for.
  private static func append(_ text: Bytes, to output: inout [UInt8]) {
    var index = 0
    while index < text.count {
      if text.has("<![CDATA[", at: index) {
        index += 9
      } else if text.has("]]>", at: index) {
        index += 3
      } else if text[index] == UInt8(ascii: "&"),
        let end = Markup.read(text, at: index, into: &output)
      {
        index = end
      } else {
        output.append(text[index])
        index += 1
      }
    }
  }
}

import BenchExports
import BenchModel
import BenchReports
import Foundation
import Testing

struct `A hostile name in an export` {
  /// The name of 64 KB that a file on a host may have.
  private static let long = String(repeating: "x", count: 65_536)

  /// How often the letter of the long name stands in a row at most.
  private static func longest(_ text: String) -> Int {
    var (longest, current) = (0, 0)
    for byte in text.utf8 {
      current = byte == 0x78 ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  private static func texts(_ names: [String]) throws -> [(ExportFormat, String)] {
    try ExportFormat.allCases.map { format in
      (format, try Sample.text(format, [Sample.hostile(names)]))
    }
  }

  @Test func `hides nothing and turns nothing around`() throws {
    for (format, text) in try Self.texts(Sample.hostileNames) {
      let allowed: Set<Unicode.Scalar> = format == .csv ? ["\n", "\r"] : ["\n"]
      let unsafe = text.unicodeScalars.filter { $0.isUnsafe && !allowed.contains($0) }
      #expect(unsafe.isEmpty, "\(format) \(unsafe)")
    }
  }

  /// Readers decode the escapes of JSON, so the values have to be safe as well where a person will read them.
  @Test(arguments: [ExportFormat.sarif, .codequality, .defectdojo, .ocsf, .hdf])
  func `is spelled out in what a person reads`(format: ExportFormat) throws {
    for text in try Self.strings(Sample.text(format, [Sample.hostile()])) {
      #expect(!text.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" }, "\(format) \(text)")
      #expect(!text.contains("\u{3164}") && !text.contains("\u{FFFF}"))
    }
  }

  @Test(arguments: [ExportFormat.sarif, .codequality, .defectdojo, .ocsf, .hdf, .junit])
  func `disappears nowhere`(format: ExportFormat) throws {
    let text = try Sample.text(format, [Sample.hostile()])
    for part in ["web\\", "gpj", "calc", "SUM(A1)", "break", "alert(1)", "click", "evil.example"] {
      #expect(text.contains(part), "\(format) lacks \(part)")
    }
  }

  @Test(arguments: [ExportFormat.sarif, .codequality, .defectdojo, .ocsf, .hdf, .junit])
  func `becomes no link`(format: ExportFormat) throws {
    let text = try Sample.text(format, [Sample.hostile()])
    #expect(!text.contains("https://evil.example"))
    // What the team wrote into its policy is no attacker's.
    if format == .junit { #expect(text.contains("https://example.com")) }
  }

  @Test func `is no markup in any viewer`() throws {
    for text in try Self.strings(Sample.text(.sarif, [Sample.hostile()])) {
      #expect(!text.contains("[click]") && !text.contains("{0}"))
    }
    for text in try Self.strings(Sample.text(.hdf, [Sample.hostile()])) {
      #expect(!text.contains("<"))
    }
    let junit = try Sample.text(.junit, [Sample.hostile()])
    #expect(!junit.contains("]]>") && !junit.contains("<script") && !junit.contains("<x/>"))
  }

  @Test func `stays code in Markdown`() throws {
    let document = try Sample.object(.defectdojo, [Sample.hostile()])
    for finding in try #require(document["findings"] as? [[String: Any]]) {
      for key in ["description", "references"] {
        let text = try #require(finding[key] as? String)
        // Outside of code nothing of a log is left: every second part of the lines is ours.
        for line in text.split(separator: "\n") {
          let parts = line.split(separator: "`", omittingEmptySubsequences: false)
          #expect(parts.count % 2 == 1, "\(line)")
          for own in stride(from: 0, to: parts.count, by: 2) {
            #expect(!parts[own].contains { "<[]*#".contains($0) }, "\(line)")
          }
        }
      }
    }
  }

  @Test func `ends no metric`() throws {
    let text = try Sample.text(.openmetrics, [Sample.hostile(host: "a\"} 1\n# EOF\nb\\")])
    #expect(text.split(separator: "\n").filter { $0 == "# EOF" }.count == 1)
    #expect(text.contains(#"host="a\"} 1\\u000a# EOF\\u000ab\\""#))
  }

  @Test func `of 64 KB is cut where consumers have limits`() throws {
    for (format, text) in try Self.texts([Self.long, Self.long + "y"]) {
      switch format {
      case .json, .ndjson: #expect(Self.longest(text) == 65_536)
      case .csv: #expect(text.utf8.count < 200_000)
      default:
        #expect(text.utf8.count < 100_000, "\(format)")
        #expect(Self.longest(text) <= 1_000, "\(format)")
      }
    }
    // Both are still there, and not taken for one.
    for format in [ExportFormat.sarif, .codequality, .defectdojo] {
      let text = try Sample.text(format, [Sample.hostile([Self.long, Self.long + "y"])])
      #expect(text.contains("(65536 characters, ") && text.contains("(65537 characters, "))
    }
  }

  /// Anything that a decoder of broken bytes gives, many times over.
  @Test func `of any bytes leaves every document whole`() throws {
    var state: UInt64 = 42
    for _ in 0..<40 {
      let names = (0..<8).map { _ -> String in
        let bytes = (0..<40).map { _ -> UInt8 in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: state >> 56)
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      let host = Sample.hostile(names, host: names[0], path: names[1])
      for format in [ExportFormat.json, .sarif, .defectdojo, .hdf] {
        #expect(throws: Never.self) { try Sample.object(format, [host]) }
      }
      #expect(throws: Never.self) { try Sample.array(.codequality, [host]) }
      for format in [ExportFormat.ndjson, .ocsf] {
        #expect(try Sample.lines(format, [host]).count == host.findings.count)
      }
    }
  }

  /// Every string in the JSON documents of a text.
  private static func strings(_ text: String) throws -> [String] {
    func collect(_ value: Any) -> [String] {
      switch value {
      case let text as String: [text]
      case let array as [Any]: array.flatMap(collect)
      case let object as [String: Any]: Array(object.keys) + object.values.flatMap(collect)
      default: []
      }
    }
    if let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) {
      return collect(value)
    }
    return try text.split(separator: "\n").flatMap { collect(try Sample.object($0)) }
  }
}

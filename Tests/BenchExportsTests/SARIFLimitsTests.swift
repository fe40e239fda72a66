import Testing

@testable import BenchExports

/// What GitHub takes of a file: its limits, made small.
struct `A SARIF log within limits` {
  private struct Export {
    var runs: [[String: Any]]
    var notices: [String]

    init(_ hosts: [ExportHost], _ limits: SARIFExporter.Limits) throws {
      var exporter = SARIFExporter(for: .github, limits: limits)
      var text = ""
      let sink = ExportSink { text += String(decoding: $0, as: UTF8.self) }
      try exporter.begin(Sample.context, sink)
      for host in hosts { try exporter.add(host, sink) }
      try exporter.end(sink)
      try sink.drain()
      runs = try #require(try Sample.object(text)["runs"] as? [[String: Any]])
      notices = exporter.notices
    }

    /// How many results a run has.
    func count(_ run: Int) -> Int { (runs[run]["results"] as? [Any])?.count ?? 0 }

    /// How many rules a run has.
    func rules(_ run: Int) -> Int {
      let tool = runs[run]["tool"] as? [String: Any]
      return ((tool?["driver"] as? [String: Any])?["rules"] as? [Any])?.count ?? 0
    }

    /// What the runs themselves say of what is left out.
    var notifications: [String] {
      runs.flatMap { run -> [String] in
        let invocations = run["invocations"] as? [[String: Any]] ?? []
        return invocations.flatMap { invocation -> [String] in
          let all = invocation["toolExecutionNotifications"] as? [[String: Any]] ?? []
          return all.compactMap { ($0["message"] as? [String: String])?["text"] }
        }
      }
    }
  }

  /// A host of which so many items fail one control, and one item and a whole check fail others.
  private static func host(_ items: Int, _ name: String = "web-1") -> ExportHost {
    Sample.hostile((1..<items).map { "container-\($0)" }, host: name, path: "a.log")
  }

  struct Case: Sendable {
    var shown: Int
    var most: Int
    var results: Int
    /// The beginnings of what is said.
    var notices: [String]
  }

  static let cases = [
    Case(shown: 12, most: 25, results: 12, notices: []),
    Case(shown: 11, most: 25, results: 3, notices: ["Each control has one result"]),
    Case(shown: 11, most: 3, results: 3, notices: ["Each control has one result"]),
    Case(
      shown: 11, most: 2, results: 2,
      notices: ["Each control has one result", "1 failures are left out: GitHub takes 2"]),
  ]

  @Test(arguments: cases)
  func `says what is left out`(limit: Case) throws {
    var limits = SARIFExporter.Limits()
    limits.shownResults = limit.shown
    limits.results = limit.most
    let export = try Export([Self.host(10)], limits)
    #expect(export.count(0) == limit.results)
    #expect(export.rules(0) <= limit.most)
    #expect(export.notices.count == limit.notices.count)
    for (notice, start) in zip(export.notices, limit.notices) {
      #expect(notice.hasPrefix("web-1: " + start), "\(notice)")
      #expect(export.notifications.contains { "web-1: " + $0 == notice })
    }
  }

  @Test func `is no larger than GitHub takes`() throws {
    var limits = SARIFExporter.Limits()
    limits.bytes = 20_000
    let export = try Export([Self.host(3_000)], limits)
    let count = export.count(0)
    #expect(count > 0 && count < 3_002)
    let words = "\(3_002 - count) results are left out: GitHub takes 10 MB, compressed."
    #expect(export.notices == ["web-1: " + words])
    #expect(export.notifications.contains(words))
  }

  /// A file for each host would leave nothing out.
  @Test func `of several hosts is not cut`() throws {
    var limits = SARIFExporter.Limits()
    limits.bytes = 20_000
    #expect(throws: ExportError.tooLarge(megabytes: 10)) {
      _ = try Export([Self.host(3_000), Self.host(10, "web-2")], limits)
    }
    limits.bytes = 1_000_000
    let export = try Export([Self.host(100), Self.host(10, "web-2")], limits)
    #expect(export.notices.isEmpty)
    #expect(export.count(0) == 102 && export.count(1) == 12)
  }

  @Test func `is counted as gzip would pack it`() {
    let packed = PackedSize()
    #expect(packed.count == 0)
    [UInt8]().withUnsafeBytes { packed.add($0) }
    let letters = [UInt8](repeating: 0x61, count: 100_000)
    for _ in 0..<100 { letters.withUnsafeBytes { packed.add($0) } }
    // Ten megabytes of one letter are some kilobytes.
    #expect(packed.count > 1_000 && packed.count < 100_000)
  }
}

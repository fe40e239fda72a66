import BenchTestSupport
import Foundation
import Testing

/// The program that makes a terminal.
private enum Script {
  static var isThere: Bool {
    #if os(Linux)
      FileManager.default.isExecutableFile(atPath: "/usr/bin/script")
    #else
      false
    #endif
  }
}

/// In a terminal of 24 rows and 80 columns, which `script` of util-linux makes.
@Suite(.enabled(if: Script.isThere))
struct `The pager` {
  private let tool: Tool

  init() async throws {
    tool = try Tool()
    try await tool.importSample()
  }

  /// Runs a line of the shell in a terminal.
  private func terminal(_ line: String) async throws -> (lines: [String], code: Int32) {
    let quoted = "stty rows 24 cols 80; export NO_COLOR=1; \(line)".replacing("'", with: "'\\''")
    let result = try await tool.shell("script -qec '\(quoted)' /dev/null")
    return (result.output.split(whereSeparator: \.isNewline).map(String.init), result.code)
  }

  private static let marking = "'sed s/^/P:/'"

  @Test func `gets a report that is longer than the terminal`() async throws {
    let (lines, code) = try await terminal("PAGER=\(Self.marking) \"$benchtrail\" show --all")
    #expect(code == 0)
    #expect(lines.count > 117)
    #expect(lines.allSatisfy { $0.hasPrefix("P:") })
  }

  @Test func `gets no report that fits`() async throws {
    let (lines, code) = try await terminal("PAGER=\(Self.marking) \"$benchtrail\" runs")
    #expect(code == 0)
    #expect(lines.count > 2)
    #expect(!lines.contains { $0.hasPrefix("P:") })
  }

  @Test func `gets nothing that is piped`() async throws {
    let (lines, _) = try await terminal(
      "PAGER=\(Self.marking) \"$benchtrail\" show --all | tail -30")
    #expect(lines.count == 30)
    #expect(!lines.contains { $0.hasPrefix("P:") })
  }

  @Test(arguments: [
    "PAGER= ", "PAGER=cat", "BENCHTRAIL_PAGER= PAGER='sed s/^/P:/'",
    "BENCHTRAIL_PAGER=cat PAGER='sed s/^/P:/'", "TERM=dumb PAGER='sed s/^/P:/'",
    "PAGER=/no/such/pager", "PAGER=no-such-pager",
  ])
  func `is none where none is wanted or there`(variables: String) async throws {
    let (lines, code) = try await terminal("\(variables) \"$benchtrail\" show --all")
    #expect(code == 0)
    #expect(lines.contains { $0.contains("All findings (") })
    #expect(lines.count > 117)
    #expect(!lines.contains { $0.hasPrefix("P:") })
  }

  @Test func `is BENCHTRAIL_PAGER's before PAGER's`() async throws {
    let (lines, _) = try await terminal(
      "BENCHTRAIL_PAGER='sed s/^/B:/' PAGER=\(Self.marking) \"$benchtrail\" show --all")
    #expect(lines.count > 117)
    #expect(lines.allSatisfy { $0.hasPrefix("B:") })
  }

  @Test func `changes no exit code, and may leave before the end`() async throws {
    let gate = "\"$benchtrail\" gate --severity low"
    let marked = try await terminal("PAGER=\(Self.marking) \(gate)")
    #expect(marked.code == 1)
    #expect(!marked.lines.isEmpty && marked.lines.allSatisfy { $0.hasPrefix("P:") })
    let left = try await terminal("PAGER='head -n 1' \(gate)")
    #expect(left.code == 1)
    #expect(left.lines.count == 1)
  }

  @Test func `gets a whole report, but no file`() async throws {
    let report = "PAGER=\(Self.marking) \"$benchtrail\" report"
    let shown = try await terminal(report)
    #expect(!shown.lines.isEmpty && shown.lines.allSatisfy { $0.hasPrefix("P:") })
    let written = try await terminal(report + " -o r.txt")
    #expect(written.code == 0)
    #expect(written.lines.isEmpty)
  }
}

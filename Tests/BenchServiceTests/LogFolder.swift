import BenchCatalog
import BenchInput
import BenchModel
import BenchService
import BenchTestSupport
import Foundation

/// Logs in a folder of a test's own, each with a time of change.
struct LogFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a log that was changed last at a time, counted in seconds from the first of 2026.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8], changed second: Int64) throws -> String {
    let path = try folder.write(name, bytes)
    let time = Date(timeIntervalSince1970: Double(Past.start + second))
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    return path
  }

  /// Reads what is in the folder.
  func reading(
    host: String = "web-1", at: Int64? = nil, scope: RunScope? = nil
  ) -> LogReading {
    reading(.name(host), at: at, scope: scope)
  }

  /// Reads what is in the folder, whose folders are the hosts.
  func readingHosts() -> LogReading? {
    HostPattern("{host}/*").map { reading(.pattern($0)) }
  }

  private func reading(
    _ hosts: LogReading.Hosts, at: Int64? = nil, scope: RunScope? = nil
  ) -> LogReading {
    LogReading(
      LogFiles.entries([folder.path]), hosts: hosts, at: at, scope: scope, now: Past.day(9),
      .embedded)
  }
}

/// Logs of a few lines.
enum TinyLog {
  private static let checks = [
    ("1.2.1", "Ensure a separate partition for containers has been created"),
    ("2.1", "Ensure network traffic is restricted between containers on the default bridge"),
    ("4.5", "Ensure Content trust for Docker is Enabled"),
    ("5.10", "Ensure that the memory usage for container is limited"),
  ]

  /// A whole run of Aqua docker-bench, which prints no time, in which these of its four checks fail.
  static func aqua(failing: Set<String>) -> [UInt8] {
    let headings = [
      "1.2.1": "1.2 Linux Hosts Specific Configuration", "2.1": "2 Docker daemon configuration",
      "4.5": "4 Container Images and Build File Configuration",
      "5.10": "5 Container Runtime Configuration",
    ]
    var text = "[INFO] 18.09 CIS Docker Community Edition Benchmark\n"
    for (id, title) in checks {
      text += "[INFO] \(headings[id] ?? "")\n"
      text += "[\(failing.contains(id) ? "FAIL" : "PASS")] \(id) \(title) (Scored)\n"
    }
    let fail = checks.count { failing.contains($0.0) }
    text += """

      == Summary ==
      \(checks.count - fail) checks PASS
      \(fail) checks FAIL
      0 checks WARN
      0 checks INFO

      """
    return Array(text.utf8)
  }

  /// A whole run of docker-bench-security with its time, with other texts in places.
  ///
  /// - Throws: Foundation's error, if there is no such fixture.
  static func timed(_ start: String, _ replacements: [String: String] = [:]) throws -> [UInt8] {
    var text = try Fixture.text("s1-v1.6.1-log.txt")
      .replacing("2026-11-23T03:53:31+00:00", with: start)
    for (old, new) in replacements { text = text.replacing(old, with: new) }
    return Array(text.utf8)
  }

  /// What makes a run one in which live restore is on.
  static let withLiveRestore = [
    "[1;31m[WARN]\u{1b}[0m 2.15": "[1;32m[PASS]\u{1b}[0m 2.15", "Score: -18": "Score: -16",
  ]
}

import BenchTestSupport
import Foundation
import Testing

/// The built command with a database and a home of its own.
struct Tool {
  /// How a command ended, and what it wrote.
  struct Result {
    var code: Int32
    var output: String
    var error: String

    /// The output as a JSON object.
    func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(value as? [String: Any], sourceLocation: sourceLocation)
    }
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The time that the command takes for now: after all runs of the tests, so that they read the same on any day.
  static let now = "1797379199"

  /// The database's path.
  var database: String { folder.file("bench.db") }

  /// The binary beside the test bundle.
  static let binary: String? = {
    let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
    var url = URL(fileURLWithPath: own).resolvingSymlinksInPath()
    while url.path != "/" {
      url.deleteLastPathComponent()
      let path = url.appendingPathComponent("benchtrail").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
        return path
      }
    }
    return nil
  }()

  /// Starts the command with arguments and what it reads from standard input.
  func start(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    ended: @escaping @Sendable (Result) -> Void
  ) throws -> Process {
    try start(
      try #require(Self.binary), arguments, input: input, environment: environment, ended: ended)
  }

  /// Runs the command to its end.
  @discardableResult
  func run(
    _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> Result {
    try await run(arguments, input: input, environment: environment)
  }

  /// Runs the command to its end.
  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> Result {
    try await result { ended in
      _ = try start(arguments, input: input, environment: environment, ended: ended)
    }
  }

  /// Waits for a process, of which few run at once.
  private func result(
    of start: (@escaping @Sendable (Result) -> Void) throws -> Void
  ) async throws -> Result {
    await Launches.shared.take()
    let (results, continuation) = AsyncStream.makeStream(of: Result.self)
    do {
      try start {
        continuation.yield($0)
        continuation.finish()
      }
    } catch {
      await Launches.shared.give()
      throw error
    }
    for await result in results {
      await Launches.shared.give()
      return result
    }
    await Launches.shared.give()
    throw CancellationError()
  }

  /// Runs a line of bash in which `$benchtrail` is the command.
  func shell(_ line: String) async throws -> Result {
    let environment = ["benchtrail": try #require(Self.binary)]
    return try await result { ended in
      _ = try start(
        "/bin/bash", ["-c", "set -o pipefail; " + line], environment: environment, ended: ended)
    }
  }

  private func start(
    _ executable: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String],
    ended: @escaping @Sendable (Result) -> Void
  ) throws -> Process {
    let name = UUID().uuidString
    let paths = try ["in", "out", "err"].map {
      try folder.write("streams/\(name).\($0)", $0 == "in" ? input : [])
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "BENCHTRAIL_DB": database, "LANG": "C.UTF-8",
      "SOURCE_DATE_EPOCH": Self.now,
    ].merging(environment) { $1 }
    process.standardInput = FileHandle(forReadingAtPath: paths[0])
    process.standardOutput = FileHandle(forWritingAtPath: paths[1])
    process.standardError = FileHandle(forWritingAtPath: paths[2])
    let texts = { @Sendable in
      paths.dropFirst().map { path in
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
      }
    }
    process.terminationHandler = { process in
      let written = texts()
      ended(Result(code: process.terminationStatus, output: written[0], error: written[1]))
    }
    try launch { try process.run() }
    return process
  }

  /// The number of runs in the database.
  func runCount(_ arguments: [String] = []) async throws -> Int {
    let runs = try await run(["runs", "--format", "json"] + arguments).json()["runs"] as? [Any]
    return try #require(runs).count
  }

  /// Writes logs of the same findings at other times, and returns their folder.
  func logs(_ count: Int, in name: String = "logs", from first: Int = 0) throws -> String {
    let text = try Fixture.text("s4-v1.1.0-log.txt")
    for number in first..<first + count {
      let time =
        "Mon Nov 23 \(two(number / 3_600)):\(two(number / 60 % 60)):\(two(number % 60)) UTC 2026"
      let log = text.replacing("Mon Nov 23 03:15:38 UTC 2026", with: time)
      try folder.write("\(name)/\(number).log", Array(log.utf8))
    }
    return folder.file(name)
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

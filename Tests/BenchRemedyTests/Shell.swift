import BenchTestSupport
import Foundation
import Testing

/// A shell in which commands only write down how they were called.
struct Shell {
  let folder: TemporaryFolder

  static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: "/bin/sh") }

  init() throws {
    folder = try TemporaryFolder()
    for command in ["docker", "chmod", "chown", "find", "gpasswd"] {
      let path = try folder.write(
        "bin/" + command,
        Array(
          """
          #!/bin/sh
          { printf '%s\\0' \(command) "$@"; printf '\\n\\0'; } >> "$CALLS"

          """.utf8))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  /// Whether the shell can read a script.
  func reads(_ script: String) throws -> Bool { try run(["-n"], script) == 0 }

  /// The calls that a script makes, each with its words.
  func calls(_ script: String) throws -> [[String]] {
    let calls = folder.file("calls")
    try? FileManager.default.removeItem(atPath: calls)
    #expect(try run([], script) == 0)
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: calls))) ?? Data()
    var result: [[String]] = [[]]
    for word in bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
      if word.elementsEqual([0x0A]) {
        result.append([])
      } else {
        result[result.count - 1].append(String(decoding: word, as: UTF8.self))
      }
    }
    return Array(result.dropLast())
  }

  private func run(_ options: [String], _ script: String) throws -> Int32 {
    let path = try folder.write("work/script.sh", Array(script.utf8))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = options + [path]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.file("work"))
    process.environment = ["PATH": folder.file("bin"), "CALLS": folder.file("calls")]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try launch { try process.run() }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

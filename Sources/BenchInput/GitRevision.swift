private import Foundation

/// Asks git for the commit that has a file's content.
package enum GitRevision {
  /// The commit that last changed a file, if the file is as it is there.
  ///
  /// Git runs no program of the repository's choice for what is asked of it here: no hook, no filter, no check of a signature.
  ///
  /// - Parameters:
  ///   - path: The file, by its whole path.
  ///   - content: What is in it.
  /// - Returns: The commit's id; nil where git is missing, the file is in no repository, or was changed since.
  package static func of(_ path: String, _ content: [UInt8]) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let name = "./" + url.lastPathComponent
    guard let kept = git(["cat-file", "blob", "HEAD:" + name], in: folder), kept == Data(content),
      let log = git(["rev-list", "-1", "HEAD", "--", name], in: folder)
    else { return nil }
    let commit = String(decoding: log, as: UTF8.self).prefix { $0.isHexDigit }
    return [40, 64].contains(commit.count) ? String(commit) : nil
  }

  private static func git(_ arguments: [String], in folder: String) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"]
    ) { $1 }
    process.arguments = ["git", "-C", folder, "-c", "core.fsmonitor=false"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let data = try? output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}

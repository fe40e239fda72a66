internal import Foundation
internal import Synchronization

/// The process that holds what another waits for.
package struct LockHolder: Hashable, Sendable {
  package var process: Int32
  /// The name of its program; nil where the system does not tell.
  package var program: String?
}

/// Waits for other processes that write a database, and says so once when that takes long.
final class Waiting: Sendable {
  private struct State {
    var start: ContinuousClock.Instant?
    var hasSaid = false
    var patience = Waiting.patience
  }

  /// How long a process waits for another that imports.
  private static let patience = Duration.seconds(300)
  /// After how long it is said.
  private static let silence = Duration.seconds(1)

  private let path: String
  private let onWait: @Sendable (LockHolder?) -> Void
  private let state = Mutex(State())

  init(_ path: String, _ onWait: @escaping @Sendable (LockHolder?) -> Void) {
    (self.path, self.onWait) = (path, onWait)
  }

  /// Waits a little.
  ///
  /// - Parameter attempt: How often it was tried, from 0 on for each lock.
  /// - Returns: Whether it is to be tried again.
  func wait(attempt: Int) -> Bool {
    let now = ContinuousClock.now
    let (waited, patience, isToSay) = state.withLock { state in
      if attempt == 0 || state.start == nil { state.start = now }
      let waited = state.start.map { now - $0 } ?? .zero
      let isToSay = waited >= Self.silence && !state.hasSaid
      if isToSay { state.hasSaid = true }
      return (waited, state.patience, isToSay)
    }
    guard waited < patience else { return false }
    if isToSay { onWait(holder()) }
    usleep(attempt < 10 ? 2_000 : 25_000)
    return true
  }

  /// Runs a closure that nobody waits for long.
  func withLittlePatience<T>(_ body: () throws -> T) rethrows -> T {
    state.withLock { $0.patience = .milliseconds(200) }
    defer { state.withLock { $0.patience = Self.patience } }
    return try body()
  }

  // MARK: - Who

  /// The process that holds a lock on the files, where the system tells.
  private func holder() -> LockHolder? {
    let files = DatabaseFiles(path)
    let inodes = Set([files.index, files.main].compactMap { DatabaseFiles.state($0)?.inode })
    let locks = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? ""
    for line in locks.split(separator: "\n") {
      // As `2: POSIX  ADVISORY  WRITE 4711 08:01:1234567 120 120`; a line with -> waits itself.
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "POSIX", words[3] == "WRITE",
        let process = Int32(words[4]), process > 0, process != getpid(),
        let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }),
        inodes.contains(inode)
      else { continue }
      let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
      return LockHolder(process: process, program: name.map { String($0.prefix { $0 != "\n" }) })
    }
    return nil
  }
}

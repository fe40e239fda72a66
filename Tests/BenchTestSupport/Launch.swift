private import Synchronization

private let launching = Mutex<Void>(())

/// Starts a process while no other one is being started.
///
/// - Parameter start: Starts it.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws.
package func launch<T>(_ start: () throws -> T) rethrows -> T {
  try launching.withLock { _ in try start() }
}

/// Lets few processes run at once.
///
/// Tests wait for hundreds, each with some open files, and Foundation's `Process.run()` reads past the end of a buffer where
/// a process has more than about 1,300 files open (Swift 6.2 on Linux): it copies whole entries of `/proc/self/fd`.
package actor Launches {
  /// The one that all tests share.
  package static let shared = Launches(most: 12)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(most: Int) { free = most }

  /// Waits until a process may be started.
  package func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Says that a process has ended.
  package func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

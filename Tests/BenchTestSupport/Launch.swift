private import Synchronization

private let launching = Mutex<Void>(())

/// Starts a process while no other one is being started.
///
/// Foundation's `Process.run()` has crashed where tests started dozens at once (Swift 6.2 on Linux).
///
/// - Parameter start: Starts it.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws.
package func launch<T>(_ start: () throws -> T) rethrows -> T {
  try launching.withLock { _ in try start() }
}

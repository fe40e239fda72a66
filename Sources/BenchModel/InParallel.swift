private import Dispatch
private import Synchronization

extension Array where Element: Sendable {
  /// Elements that one thread takes at once: enough that handing them out costs little beside them.
  private static var part: Int { 32 }

  /// The elements transformed, in their order, by as many threads as there are processors.
  ///
  /// - Parameter transform: Is called once for each element, by several threads at a time.
  /// - Returns: What it returned.
  package func mapInParallel<T: Sendable>(_ transform: @Sendable (Element) -> T) -> [T] {
    let parts = (count + Self.part - 1) / Self.part
    guard parts > 1 else { return map(transform) }
    let done = Mutex<[[T]]>(Array<[T]>(repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { number in
      let start = number * Self.part
      let own = self[start..<Swift.min(start + Self.part, count)].map(transform)
      done.withLock { $0[number] = own }
    }
    return done.withLock { Array<T>($0.joined()) }
  }
}

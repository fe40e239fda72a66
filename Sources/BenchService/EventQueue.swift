import Foundation

/// Hands values from one thread to another, and makes the first wait when the second is behind.
final class EventQueue<Event: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let limit: Int
  private var events: [Event] = []
  private var next = 0
  private var isClosed = false
  private var isCancelled = false

  /// Creates a queue that holds at most so many values.
  init(limit: Int) { self.limit = limit }

  /// Hands a value over.
  ///
  /// - Parameter event: The value.
  /// - Returns: Whether anybody still takes values.
  func put(_ event: Event) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while events.count - next >= limit, !isCancelled { condition.wait() }
    guard !isCancelled else { return false }
    events.append(event)
    condition.signal()
    return true
  }

  /// Takes the next value, or nil after the last.
  func take() -> Event? {
    condition.lock()
    defer { condition.unlock() }
    while next == events.count, !isClosed { condition.wait() }
    guard next < events.count else { return nil }
    let event = events[next]
    next += 1
    if next == events.count || next >= limit {
      events.removeFirst(next)
      next = 0
    }
    condition.signal()
    return event
  }

  /// Says that no value follows.
  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  /// Says that no value is taken any more.
  func cancel() {
    condition.lock()
    isCancelled = true
    condition.signal()
    condition.unlock()
  }
}

import Foundation

/// Hands values from one thread to another, and makes the first wait when the second is behind.
///
/// What waits is bounded by what it costs, and the value that was taken last counts until the next is asked for: so one
/// value that is dearer than all that may wait is handed over alone.
final class EventQueue<Event: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let limit: Int
  private let cost: @Sendable (Event) -> Int
  /// Those that were taken are nil, and cost nothing.
  private var events: [(event: Event, cost: Int)?] = []
  private var next = 0
  /// What the waiting values and the one that was taken last cost.
  private var total = 0
  /// What the value costs that was taken last.
  private var takenCost = 0
  private var isClosed = false
  private var isCancelled = false

  /// Creates a queue that holds no further values once those that it has cost so much.
  ///
  /// - Parameters:
  ///   - limit: The most that values may cost before others wait.
  ///   - cost: What a value costs, in the limit's unit; one each if none is given.
  init(limit: Int, cost: @escaping @Sendable (Event) -> Int = { _ in 1 }) {
    self.limit = limit
    self.cost = cost
  }

  /// Hands a value over.
  ///
  /// - Parameter event: The value.
  /// - Returns: Whether anybody still takes values.
  func put(_ event: Event) -> Bool {
    let cost = cost(event)
    condition.lock()
    defer { condition.unlock() }
    while total > 0, total + cost > limit, !isCancelled { condition.wait() }
    guard !isCancelled else { return false }
    events.append((event, cost))
    total += cost
    condition.signal()
    return true
  }

  /// Takes the next value, or nil after the last.
  func take() -> Event? {
    condition.lock()
    defer { condition.unlock() }
    total -= takenCost
    takenCost = 0
    condition.signal()
    while next == events.count, !isClosed { condition.wait() }
    guard next < events.count, let taken = events[next] else { return nil }
    takenCost = taken.cost
    events[next] = nil
    next += 1
    if next == events.count || next >= 64 {
      events.removeFirst(next)
      next = 0
    }
    return taken.event
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

private import Synchronization

/// A value that is made when it is first asked for, and once, whoever asks.
struct Lazy<Value: Sendable>: ~Copyable, Sendable {
  private final class Made: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private let made = AtomicLazyReference<Made>()
  private let making = Mutex(())

  /// The value; the closure makes it, and must not ask for it.
  func value(_ make: () -> Value) -> Value {
    if let made = made.load() { return made.value }
    return making.withLock { _ in
      (made.load() ?? made.storeIfNil(Made(make()))).value
    }
  }
}

import BenchCatalog
import BenchHistory
import BenchStorage

/// What a person is told of a database whose runs were understood otherwise than they would be now.
extension Output {
  /// Says that runs were understood anew, where any were there.
  static func noteRenewal(_ renewal: Renewal) {
    if renewal.runs + renewal.withoutLog + renewal.unread > 0 { error(words(renewal)) }
  }

  /// Says in one line that the runs would be understood otherwise now.
  static func noteUnderstanding(of store: RunStore) throws {
    guard let known = try store.understanding() else {
      guard try store.hasRuns() else { return }
      return error(
        "benchtrail: an earlier version imported these runs; the next import, or 'benchtrail db refresh', brings them up to date"
      )
    }
    if known != store.catalog.understanding {
      error(
        "benchtrail: the runs were understood by another catalogue or version; 'benchtrail db refresh' reads their logs again"
      )
    }
  }

  /// What was done, in words.
  static func words(_ renewal: Renewal) -> String {
    var words = "understood \(renewal.runs) runs anew, from \(renewal.contents) different logs"
    if renewal.withoutLog > 0 {
      words += "; \(renewal.withoutLog) runs have no log, and stay as they were understood"
    }
    if renewal.unread > 0 {
      words += "; \(renewal.unread) runs could not be read again, and stay as they were understood"
    }
    return words
  }
}

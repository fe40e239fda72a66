import BenchCatalog
import BenchHistory
import BenchStorage

/// What a person is told of a database whose runs were understood otherwise than they would be now.
extension Output {
  /// Says that runs were understood anew, where any were there.
  static func noteRenewal(_ renewal: Renewal) {
    if renewal.runs + renewal.withoutLog + renewal.unread > 0 { error(words(renewal)) }
  }

  /// Says that another process keeps this one waiting, and which, where that is known.
  @Sendable static func noteWait(_ holder: LockHolder?) {
    let who =
      holder.map { "process \($0.process)\($0.program.map { " (\($0))" } ?? "")" }
      ?? "another process"
    error("benchtrail: waiting for \(who), which writes the database")
  }

  /// Says in one line that the runs would be understood otherwise now.
  ///
  /// Of a database of an earlier version nothing is said to somebody who may only read it, and so can't change that.
  static func noteUnderstanding(of store: RunStore) throws {
    guard let known = try store.understanding() else {
      guard store.access == .write, try store.hasRuns() else { return }
      return error(
        "benchtrail: an earlier version imported these runs; the next import, or 'benchtrail db refresh', brings them up to date"
      )
    }
    if known != store.catalog.understanding {
      error(
        "benchtrail: the runs were understood by another catalogue or version; 'benchtrail db refresh' reads their logs again"
          + (store.access == .read ? ", by a user who may write the database" : ""))
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// What was done, in words.
  static func words(_ renewal: Renewal) -> String {
    var words = "understood \(count(renewal.runs, "run")) anew, from "
    words += count(renewal.contents, "different log")
    if renewal.withoutLog > 0 {
      words += "; without a log, and left as understood before: \(count(renewal.withoutLog, "run"))"
    }
    if renewal.unread > 0 {
      words += "; not read again, and left as understood before: \(count(renewal.unread, "run"))"
    }
    return words
  }
}

package import BenchCatalog
package import BenchHistory
package import BenchModel
private import Foundation
private import Synchronization

/// Runs kept in memory as a database would keep them, so that the use cases are tested without an engine.
///
/// A run is known again only where host, tool, start, place and content are equal. Ids count up, in their fifth digit, so
/// that the first five digits name the first fifteen runs.
package final class MemoryRepository: RunRepository {
  private struct State: Sendable {
    var past = Past()
    var uses: [PolicyUse] = []
    var texts: [Digest: [UInt8]] = [:]
    var names: HostNames
  }

  private let state: Mutex<State>
  /// Held by whoever writes; readers never wait for one.
  private let writing = NSLock()

  /// Creates a repository without a run.
  package init(hostNames: HostNames = HostNames()) { state = Mutex(State(names: hostNames)) }

  /// The names that hosts have now.
  package var hostNames: HostNames {
    get { state.withLock { $0.names } }
    set { state.withLock { $0.names = newValue } }
  }

  /// The runs that a filter selects, whatever its limit.
  private func selected(_ filter: RunFilter) -> Past {
    let state = state.withLock { $0 }
    return state.past.only(filter, state.names)
  }

  package func hosts() -> [String] { selected(RunFilter()).hosts.map(\.name) }

  package func hasHost(_ name: String) -> Bool { !selected(RunFilter(host: name)).entries.isEmpty }

  package func runs(_ filter: RunFilter) -> [RunSummary] {
    let runs = selected(filter).entries.map(\.summary).sorted { $0.order > $1.order }
    return Array(runs.prefix(max(filter.limit ?? .max, 0)))
  }

  package func ids(_ filter: RunFilter) -> [Int64] { runs(filter).map(\.id) }

  package func ids(in range: ClosedRange<Int64>, limit: Int) -> [Int64] {
    let ids = selected(RunFilter()).entries.map(\.run.id).filter(range.contains).sorted()
    return Array(ids.prefix(limit))
  }

  package func newestStart() -> Int64? { runs(RunFilter()).map(\.startedAt).max() }

  package func run(_ id: Int64) throws -> StoredRun {
    guard let entry = selected(RunFilter()).entries.first(where: { $0.run.id == id }) else {
      throw RepositoryError.noSuchRun(name: RunSummary.name(of: id), reason: .unknown(hosts: []))
    }
    return StoredRun(summary: entry.summary, findings: entry.findings)
  }

  package func evidence(of id: Int64) -> [UInt8]? {
    kept(id)?.bytes
  }

  /// The evidence of a run as it was handed over.
  package func kept(_ id: Int64) -> Evidence? {
    selected(RunFilter()).entries.first { $0.run.id == id }?.evidence
  }

  /// All runs are as they were handed over.
  package func understanding() -> Understanding? { Catalog.embedded.understanding }

  package func policyUses() -> [PolicyUse] { state.withLock { $0.uses } }

  package func policyText(_ digest: Digest) -> [UInt8]? { state.withLock { $0.texts[digest] } }

  package func note(
    policy path: String, _ content: [UInt8], _ digest: Digest, at time: Int64,
    revision: () -> String?
  ) {
    let revision = revision()
    state.withLock { state in
      if let place = PolicyUse.current(in: state.uses, of: path, digest) {
        state.uses[place].lastSeen = max(state.uses[place].lastSeen, time)
      } else {
        state.texts[digest] = content
        state.uses.append(
          PolicyUse(
            path: path, digest: digest, revision: revision, firstSeen: time, lastSeen: time))
      }
    }
  }

  package func history<T>(_ filter: RunFilter, _ body: (any History) throws -> T) rethrows -> T {
    try body(selected(filter))
  }

  package func write<T>(
    isDryRun: Bool = false, _ body: (any RunWriting) throws -> T
  ) rethrows -> T {
    writing.lock()
    defer { writing.unlock() }
    let before = state.withLock { $0 }
    let writer = MemoryWriter(before.past, before.names)
    let result = try body(writer)
    let after = writer.past
    if !isDryRun { state.withLock { $0.past = after } }
    return result
  }
}

/// Changes a copy of the runs, which takes their place at the end of the transaction.
final class MemoryWriter: RunWriting {
  var past: Past
  let names: HostNames

  init(_ past: Past, _ names: HostNames) {
    self.past = past
    self.names = names
  }

  func store(
    _ run: Run, _ content: RunContent?, path: String, labels: [(key: String, value: String)],
    importedAt: Int64
  ) -> StoreResult {
    if let known = past.entries.first(where: { isSame($0, run) }) {
      let id = known.run.id
      if let scope = run.scope {
        past.change(id) { ($0.run.scope, $0.summary.scope) = (scope, scope) }
      }
      add(labels, to: id)
      return StoreResult(id: id, status: .present, order: known.run.order)
    }
    let sequence = (past.entries.map { $0.run.id >> 44 }.max() ?? 0) + 1
    let id = sequence << 44
    let order = RunOrder(
      startedAt: run.startedAt, nanoseconds: run.nanoseconds, sequence: sequence)
    let tied = past.entries.filter {
      names.current($0.host) == names.current(run.host) && $0.run.order.ties(with: order)
        && $0.summary.release.tool.system == run.release.tool.system
    }
    past.add(
      id: id, order: order, host: run.host, findings: run.findings, release: run.release,
      scope: run.scope ?? .whole, isComplete: run.isComplete, timeSource: run.timeSource,
      path: path, line: run.line)
    past.change(id) {
      $0.summary.form = run.form
      $0.evidence = run.evidence
      $0.summary.printedChecks = run.printedChecks
      $0.summary.printedScore = run.printedScore
    }
    for id in tied.isEmpty ? [] : tied.map(\.run.id) + [id] {
      past.change(id) { $0.summary.isOrderGuessed = true }
    }
    add(labels, to: id)
    return StoreResult(id: id, status: .imported, order: order)
  }

  private func isSame(_ known: Past.Entry, _ run: Run) -> Bool {
    known.run.startedAt == run.startedAt && known.run.order.nanoseconds == run.nanoseconds
      && known.summary.line == run.line && known.summary.release.tool == run.release.tool
      && names.current(known.host) == names.current(run.host) && known.findings == run.findings
  }

  private func add(_ labels: [(key: String, value: String)], to id: Int64) {
    for (key, value) in labels {
      if key == "baseline" { past.mark(id, isBaseline: true) }
      past.change(id) { $0.summary.labels[key] = value }
    }
  }

  func understanding() -> Understanding? { Catalog.embedded.understanding }

  func renew(
    as understanding: Understanding, progress: (_ contents: Int) -> Void,
    _ read: ([UInt8]) -> [Run]
  ) -> Renewal { Renewal() }

  func setBaseline(_ runs: [Int64], at time: Int64) {
    for id in runs {
      guard let own = past.entries.first(where: { $0.run.id == id }) else { continue }
      for other in past.entries
      where other.run.id != id && names.current(other.host) == names.current(own.host)
        && other.summary.release.tool.system == own.summary.release.tool.system
      {
        past.mark(other.run.id, isBaseline: false, at: time)
      }
      past.mark(id, isBaseline: true, at: time)
    }
  }

  func clearBaseline(_ runs: [Int64], at time: Int64) {
    for id in runs { past.mark(id, isBaseline: false, at: time) }
  }

  func history(_ filter: RunFilter) -> any History { past.only(filter, names) }
}

extension Past {
  /// The runs that a filter selects, whatever its limit, by the names that hosts have now.
  fileprivate func only(_ filter: RunFilter, _ names: HostNames) -> Past {
    var past = renamed(names.current)
    past.time = filter.asOf
    return past.asOfTime.only { entry in
      (filter.hosts.isEmpty || filter.hosts.contains { names.current($0) == entry.host })
        && filter.labels.allSatisfy { entry.summary.labels[$0.key] == $0.value }
        && (filter.system.map { entry.summary.release.tool.system == $0 } ?? true)
        && (!filter.isBaseline || past.isBaseline(entry.run))
        && (filter.since.map { entry.run.startedAt >= $0 } ?? true)
        && (filter.until.map { entry.run.startedAt <= $0 } ?? true)
        && (filter.upTo.map { entry.run.order <= $0 } ?? true)
    }
  }
}

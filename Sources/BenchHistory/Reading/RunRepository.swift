package import BenchCatalog
package import BenchModel

/// Where runs are kept: what every use case needs of a database, and nothing of its engine.
///
/// What its functions throw is a ``RepositoryError`` or what a closure throws.
package protocol RunRepository: Sendable {
  /// The names that hosts have now: runs are found and shown by these.
  var hostNames: HostNames { get }

  /// Returns the names of all hosts that have runs, in alphabetical order.
  func hosts() throws -> [String]

  /// Whether a host has the name, or had it.
  func hasHost(_ name: String) throws -> Bool

  /// Returns the runs that a filter selects, without their findings, the newest first.
  func runs(_ filter: RunFilter) throws -> [RunSummary]

  /// Returns the ids of the runs that a filter selects, the newest first.
  func ids(_ filter: RunFilter) throws -> [Int64]

  /// Returns the ids of runs between two, both included.
  func ids(in range: ClosedRange<Int64>, limit: Int) throws -> [Int64]

  /// The latest start of all runs, in seconds since 1970; nil where there is no run.
  func newestStart() throws -> Int64?

  /// Returns a run with its findings.
  func run(_ id: Int64) throws -> StoredRun

  /// Returns the bytes that a run was read from, after unzipping and decoding; nil for a run whose log was not kept.
  func evidence(of id: Int64) throws -> [UInt8]?

  /// What all runs were understood by; nil where that is not known.
  func understanding() throws -> Understanding?

  /// Returns the policies that commands judged by, in the order in which they came up.
  func policyUses() throws -> [PolicyUse]

  /// Returns the content of a policy that commands judged by; nil where none has the digest.
  func policyText(_ digest: Digest) throws -> [UInt8]?

  /// Notes that a command judges by a policy, where that can be written at once: nobody waits for it.
  ///
  /// - Parameters:
  ///   - path: The policy's file.
  ///   - content: What is in it.
  ///   - digest: The digest of that.
  ///   - time: When it was seen, in seconds since 1970.
  ///   - revision: Returns the commit of git that has the content; is called only where it is new.
  func note(
    policy path: String, _ content: [UInt8], _ digest: Digest, at time: Int64,
    revision: () -> String?)

  /// Reads the history of the runs that a filter selects, as of one moment; its limit does not count.
  func history<T>(_ filter: RunFilter, _ body: (any History) throws -> T) throws -> T

  /// Changes the repository in one transaction: wholly, or, if the closure throws, not at all.
  ///
  /// - Parameters:
  ///   - isDryRun: Whether everything is taken back at the end.
  ///   - body: Is called with what changes are handed to.
  /// - Returns: What the closure returns.
  /// - Throws: ``RepositoryError``, or what the closure throws.
  func write<T>(isDryRun: Bool, _ body: (any RunWriting) throws -> T) throws -> T
}

/// What changes are handed to, within one transaction.
package protocol RunWriting {
  /// Stores a run, unless the repository has it.
  ///
  /// Runs must be handed over in the order in which they are to stand where their starts tie.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - content: What it found, where that is made already.
  ///   - path: The file that it was read from.
  ///   - labels: What it is labelled with, beside the labels that it has.
  ///   - importedAt: Seconds since 1970.
  /// - Returns: The run's id, what became of it, and where it stands.
  /// - Throws: The repository's errors, which ``RunRepository/write(isDryRun:_:)`` translates.
  func store(
    _ run: Run, _ content: RunContent?, path: String, labels: [(key: String, value: String)],
    importedAt: Int64
  ) throws -> StoreResult

  /// Makes runs the baselines of their hosts from a time on, in place of those of tools that check the same.
  func setBaseline(_ runs: [Int64], at time: Int64) throws

  /// Takes the mark from runs from a time on.
  func clearBaseline(_ runs: [Int64], at time: Int64) throws

  /// Takes runs out, with all that only they referred to; what is known of their hosts is made anew from the others.
  ///
  /// A run that is not there is passed over.
  func remove(_ runs: [Int64]) throws

  /// Gives the runs of a host another name; where that has runs, both become one host.
  ///
  /// A run that both have is known again as by an import, and stays once. Ids and labels stay.
  ///
  /// - Parameters:
  ///   - host: The host, by any name that it has or had: all of its runs are meant.
  ///   - name: The name that it gets.
  ///   - time: From when on a baseline that two names had counts no more, in seconds since 1970.
  /// - Returns: What became of the runs.
  /// - Throws: The repository's errors.
  func rename(_ host: String, to name: String, at time: Int64) throws -> HostRenaming

  /// Gives runs labels, in place of those of the same keys, and takes others away.
  ///
  /// - Parameters:
  ///   - runs: The runs; one that is not there is passed over.
  ///   - labels: What they are labelled with.
  ///   - keys: The keys of the labels that are taken away.
  /// - Throws: The repository's errors.
  func label(
    _ runs: [Int64], with labels: [(key: String, value: String)], removing keys: [String]
  ) throws

  /// What all runs were understood by; nil where that is not known.
  func understanding() throws -> Understanding?

  /// Understands the runs anew whose logs were kept, each content once.
  ///
  /// - Parameters:
  ///   - understanding: What they are understood by now.
  ///   - progress: Is told of contents that are done.
  ///   - read: Returns the runs of a log.
  /// - Returns: What was done.
  /// - Throws: The repository's errors.
  func renew(
    as understanding: Understanding, progress: (_ contents: Int) -> Void,
    _ read: ([UInt8]) -> [Run]
  ) throws -> Renewal

  /// Returns the runs that a filter selects, with what was changed so far; see ``RunRepository/history(_:_:)``.
  func history(_ filter: RunFilter) throws -> any History
}

extension RunWriting {
  /// Stores a run of which the content is yet to be made.
  package func store(
    _ run: Run, path: String, labels: [(key: String, value: String)], importedAt: Int64
  ) throws -> StoreResult {
    try store(run, nil, path: path, labels: labels, importedAt: importedAt)
  }
}

/// A run that was handed to a repository.
package struct StoreResult: Sendable {
  package var id: Int64
  package var status: ImportStatus
  /// Where it stands: a run that was there already keeps its start, unless a better one is known now.
  package var order: RunOrder

  /// Creates a result.
  package init(id: Int64, status: ImportStatus, order: RunOrder) {
    self.id = id
    self.status = status
    self.order = order
  }
}

/// What was done to understand runs anew.
package struct Renewal: Hashable, Sendable {
  /// How many different logs were read.
  package var contents = 0
  /// How many runs these are.
  package var runs = 0
  /// How many runs have no log to be read again.
  package var withoutLog = 0
  /// How many runs are not found in their logs any more, and stay as they were understood.
  package var unread = 0

  /// Creates a result in which nothing was done.
  package init() {}
}

/// What became of a run that was imported.
package enum ImportStatus: String, Sendable {
  case imported
  /// The repository had it already.
  case present
  /// It took the place of a less complete version of itself.
  case replaced
}

extension RunRepository {
  /// Returns the baselines, the newest first.
  package func baselines(host: String? = nil) throws -> [RunSummary] {
    var filter = RunFilter(host: host)
    filter.isBaseline = true
    return try runs(filter)
  }

  /// Returns the last run before another one of the same host; see ``RunSequence/run(before:)``.
  package func run(before run: RunSummary, asOf: Int64? = nil) throws -> StoredRun? {
    let filter = RunFilter(host: run.host, asOf: asOf, upTo: run.order)
    return try history(filter) { history in
      for host in history.hosts {
        guard let before = try history.sequence(of: host).run(before: run.id) else { continue }
        return try history.stored(before)
      }
      return nil
    }
  }

  /// Finds the run that a name names, as git finds commits; see ``RunName``.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - hosts: The hosts to which `latest`, `baseline` and dates are limited; none for all.
  ///   - labels: Only runs with all of these, where the name is no id.
  ///   - until: The newest time of a run that names no time itself, in seconds since 1970.
  ///   - asOf: The time as of which the name is taken: `latest` is the newest run until then.
  /// - Returns: The run.
  /// - Throws: ``RepositoryError``
  package func run(
    named name: String, hosts: [String] = [], labels: [(key: String, value: String)] = [],
    until: Int64? = nil, asOf: Int64? = nil
  ) throws -> StoredRun {
    var run = try run(
      RunName(name, until: until, asOf: asOf, labels: labels).resolve(
        in: self, hosts: hosts))
    if let asOf {
      // An id may name a run that was no baseline then.
      var filter = RunFilter(host: run.summary.host, asOf: asOf)
      filter.isBaseline = true
      let isBaseline = try ids(filter).contains(run.summary.id)
      run.summary.labels[RunFilter.baselineLabel] = isBaseline ? "yes" : nil
    }
    return run
  }
}

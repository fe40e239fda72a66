import BenchModel

/// A run's name, as git names commits.
///
/// - `latest`: the newest run, of a host if one is given; `latest~2` the second before it.
/// - `web-1`, `web-1~2`: the newest run of a host, and the second before it.
/// - `web-1@2025-01-12`: the last run of a host until the end of that day, or, with a time behind the date, until the
///   end of that minute or second (UTC).
/// - `2025-01-12`: the latest run until then.
/// - `baseline`: the newest baseline.
/// - `host:latest`: the newest run of a host that has one of these names itself.
/// - The beginning of an id, four digits or more.
///
/// A host's whole name goes before a date and before `@` and `~`, so that `web@2` is the host of that name where there is
/// one; only `latest` and `baseline` go before hosts.
package struct RunName: Sendable {
  private let text: String
  private let limit: Int64?
  private let asOf: Int64?
  private let labels: [(key: String, value: String)]

  /// Takes a name as it was typed.
  ///
  /// - Parameters:
  ///   - text: The name.
  ///   - until: The newest time of a run where the name has none, in seconds since 1970; an id names its run whenever it was.
  ///   - asOf: The time as of which it is taken: no later run is meant, and baselines are those of then.
  ///   - labels: Only runs with all of these, where it names no id.
  package init(
    _ text: String, until: Int64? = nil, asOf: Int64? = nil,
    labels: [(key: String, value: String)] = []
  ) {
    self.text = text
    limit = asOf ?? until
    self.asOf = asOf
    self.labels = labels
  }

  /// A name taken apart.
  private struct Parts {
    var base: String
    var back = 0
    var until: String?

    /// Takes the last `~2` off, then the last `@2025-01-12`.
    init(_ text: String) {
      var base = Substring(text)
      if let tilde = base.lastIndex(of: "~"), let count = Int(base[base.index(after: tilde)...]),
        (0...1_000_000).contains(count)
      {
        back = count
        base = base[..<tilde]
      }
      if let at = base.lastIndex(of: "@"), base.index(after: at) < base.endIndex,
        base[base.index(after: at)].isNumber
      {
        until = String(base[base.index(after: at)...])
        base = base[..<at]
      }
      self.base = String(base)
    }
  }

  private static let hostPrefix = "host:"

  /// Finds the run.
  ///
  /// - Throws: ``RepositoryError``
  package func resolve(in repository: any RunRepository, hosts: [String] = []) throws -> Int64 {
    func isHost(_ name: String) throws -> Bool { try repository.hasHost(name) }
    if text.hasPrefix(Self.hostPrefix) {
      let rest = String(text.dropFirst(Self.hostPrefix.count))
      if try isHost(rest) { return try newest(in: repository, hosts: [rest]) }
      if let tilde = rest.lastIndex(of: "~"), try isHost(String(rest[..<tilde])) {
        return try newest(
          in: repository, hosts: [String(rest[..<tilde])], back: Parts(rest).back)
      }
      let parts = Parts(rest)
      return try newest(in: repository, hosts: [parts.base], until: parts.until, back: parts.back)
    }
    var parts = Parts(text)
    if parts.base == "latest" {
      return try newest(in: repository, hosts: hosts, until: parts.until, back: parts.back)
    }
    if parts.base == "baseline" {
      return try newest(
        in: repository, hosts: hosts, until: parts.until, back: parts.back, isBaseline: true)
    }
    if try isHost(text) { return try newest(in: repository, hosts: [text]) }
    // `web@2~1` is the run before the newest one of `web@2`.
    if parts.back > 0, let tilde = text.lastIndex(of: "~"),
      try isHost(String(text[..<tilde]))
    {
      return try newest(in: repository, hosts: [String(text[..<tilde])], back: parts.back)
    }
    if try isHost(parts.base) {
      return try newest(in: repository, hosts: [parts.base], until: parts.until, back: parts.back)
    }
    // A date alone is the latest run until then, of the host that is asked for.
    if parts.until == nil, CivilTime(parts.base) != nil {
      parts.until = parts.base
      return try newest(in: repository, hosts: hosts, until: parts.until, back: parts.back)
    }
    if parts.until == nil, let id = try runWithID(parts, repository) { return id }
    throw RepositoryError.noSuchRun(
      name: text, reason: .unknown(hosts: try repository.hosts()))
  }

  private func newest(
    in repository: any RunRepository, hosts: [String], until: String? = nil, back: Int = 0,
    isBaseline: Bool = false
  ) throws -> Int64 {
    var filter = RunFilter(
      hosts: hosts, labels: labels, until: limit, asOf: asOf, limit: back + 1)
    filter.isBaseline = isBaseline
    if let until {
      guard let time = CivilTime(until) else {
        throw RepositoryError.noSuchRun(name: text, reason: .badDate(until))
      }
      filter.until = min(time.end, asOf ?? .max)
    }
    let found = try repository.ids(filter)
    if found.count > back { return found[back] }
    let reason: RepositoryError.NoSuchRun =
      if !found.isEmpty {
        .notThatMany(have: found.count)
      } else if isBaseline {
        .noBaseline
      } else if !labels.isEmpty {
        .noneWithLabels
      } else if let until = until ?? asOf.map({ CivilTime.short($0) + " UTC" }) {
        .noneUntil(until, first: try first(of: hosts, in: repository))
      } else {
        hosts.isEmpty ? .noRuns : .noRunsOfHost(hosts.joined(separator: ", "))
      }
    throw RepositoryError.noSuchRun(name: text, reason: reason)
  }

  /// The start of the first run of hosts; nil where they have none.
  private func first(of hosts: [String], in repository: any RunRepository) throws -> Int64? {
    let filter = RunFilter(hosts: hosts, limit: 1)
    guard try !repository.ids(filter).isEmpty else { return nil }
    return try repository.history(filter) { try $0.span().lowerBound }
  }

  private func runWithID(_ parts: Parts, _ repository: any RunRepository) throws -> Int64? {
    let digits = parts.base.utf8.count
    guard (4...16).contains(digits), let prefix = UInt64(parts.base, radix: 16) else { return nil }
    let free = UInt64((16 - digits) * 4)
    let low = prefix << free
    let high = low | ((UInt64(1) << free) - 1)
    guard low <= UInt64(Int64.max) else { return nil }
    let ids = try repository.ids(
      in: Int64(low)...Int64(min(high, UInt64(Int64.max))), limit: 100)
    guard ids.count <= 1 else {
      throw RepositoryError.ambiguousRun(name: text, count: ids.count)
    }
    guard let id = ids.first, parts.back > 0 else { return ids.first }
    // `a1b2c3~1` is the run of the same host before that one.
    let run = try repository.run(id).summary
    let earlier = try repository.ids(
      RunFilter(host: run.host, upTo: run.order, limit: parts.back + 1))
    guard earlier.count > parts.back else {
      throw RepositoryError.noSuchRun(name: text, reason: .notThatMany(have: earlier.count))
    }
    return earlier[parts.back]
  }
}

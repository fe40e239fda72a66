import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchRemedy

/// The open failures of hosts, of which the findings are read once it is known which are wanted.
struct OpenFailures {
  /// A failure by numbers: a fleet has hundreds of thousands.
  private struct Failure {
    /// The place among the hosts.
    var host: Int32
    /// The number of the check.
    var key: Int32
    /// The place among the sources of the host.
    var source: Int32
    var items: Int
  }

  private struct Host {
    var name: String
    /// The runs whose logs have the failures.
    var sources: [HistoryRun]
  }

  private let reading: HostReading
  private let policy: Policy
  private var hosts: [Host] = []
  private var failures: [Failure] = []
  /// The findings that no run has as they are, by the places of their failures: a part of the items is accepted, or is
  /// from an earlier run.
  private var found: [Int: Finding] = [:]
  private var swarmHosts: Set<String> = []

  /// Hosts whose findings are read at once.
  private static let batch = 500

  init(_ reading: HostReading, _ policy: Policy) {
    self.reading = reading
    self.policy = policy
  }

  /// Adds what is open on a host.
  mutating func add(_ host: JudgedHost) {
    var own = Host(name: host.name, sources: [])
    for verdict in host.verdicts where verdict.isOpen {
      let source = host.findings[verdict.place].source
      let place = own.sources.firstIndex { $0.id == source.id } ?? own.sources.count
      if place == own.sources.count { own.sources.append(source) }
      if !host.isPrinted(verdict) {
        let entry = host[verdict]
        var finding = entry.finding
        finding.items = entry.judged.openItems
        found[failures.count] = finding
      }
      failures.append(
        Failure(
          host: Int32(truncatingIfNeeded: hosts.count), key: Int32(truncatingIfNeeded: verdict.key),
          source: Int32(truncatingIfNeeded: place), items: host.openItemCount(verdict)))
      if reading.checks.section(verdict.key) == "swarm" { swarmHosts.insert(host.name) }
    }
    hosts.append(own)
  }

  /// How many are of checks that no edition knows.
  var unmapped: Int { failures.count { reading.checks.control(Int($0.key)) == nil } }

  /// What brings about the fixes with some ids.
  ///
  /// - Parameters:
  ///   - fixes: The ids.
  ///   - past: Failures that there are no longer, whose fixes are asked for too.
  /// - Returns: The failures by fix.
  /// - Throws: The repository's errors.
  func remedies(of fixes: Set<String>, and past: [OpenFailure] = []) throws -> Remedies {
    let isMeant = reading.checks.checks.map { check in
      check.control.flatMap { policy.catalog.advice[$0] }.map { fixes.contains($0.fix.id) } ?? false
    }
    let alike = alike { isMeant[Int($0.key)] }
    var open: [OpenFailure] = []
    var known: [Content: Int] = [:]
    for (same, finding) in zip(alike, try findings(alike.map(\.place))) {
      let hosts = same.hosts.map { self.hosts[Int($0)].name }
      // What is found in different runs is the same more often than not.
      let content = Content(finding, edition(same.place))
      if let place = known[content] {
        open[place].hosts += hosts
      } else {
        known[content] = open.count
        open.append(OpenFailure(hosts: hosts, finding: finding, edition: content.edition))
      }
    }
    return Remedies(open + past, policy: policy, swarmHosts: swarmHosts)
  }

  /// A failure as far as its fix depends on it.
  private struct Content: Hashable {
    var control: ControlID?
    var checkID: String
    var items: [Item]
    var isTruncated: Bool
    var edition: String?

    init(_ finding: Finding, _ edition: String?) {
      control = finding.control
      checkID = finding.checkID
      items = finding.items
      isTruncated = finding.itemsTruncated
      self.edition = edition
    }
  }

  /// Failures that runs of one content and release have, each once.
  ///
  /// - Parameter isMeant: Whether a failure is one of them.
  /// - Returns: The place of the first of them, and their hosts, in the order of these places.
  private func alike(
    _ isMeant: (Failure) -> Bool
  ) -> [(place: Int, hosts: [Int32])] {
    var alike: [(place: Int, hosts: [Int32])] = []
    var known: [SIMD4<Int>: Int] = [:]
    for (place, failure) in failures.enumerated() where isMeant(failure) {
      let source = source(place)
      // A finding that no run has as it is counts for its host alone.
      let own = found[place] == nil ? 0 : place + 1
      let key: SIMD4 = [source.snapshot, source.release, Int(failure.key), own]
      let number = known[key, default: alike.count]
      if number == alike.count {
        known[key] = number
        alike.append((place, []))
      }
      alike[number].hosts.append(failure.host)
    }
    return alike
  }

  /// An open control with the finding of the host on which it is most telling.
  struct Candidate {
    var control: ControlID
    var finding: Finding
    /// The finding as the run printed it, with what is accepted and without what is from an earlier run.
    var printed: Finding
    /// That host first.
    var hosts: [String]
    /// Whether there is nothing to change on any of them.
    var isUnfixable: Bool
    /// The run whose log has the finding.
    var source: RunSummary?
  }

  /// The open controls, each once.
  ///
  /// - Throws: The repository's errors.
  func candidates() throws -> [Candidate] {
    var byKey: [Int32: [Int]] = [:]
    for (place, failure) in failures.enumerated() { byKey[failure.key, default: []].append(place) }
    func name(_ place: Int) -> String { hosts[Int(failures[place].host)].name }
    let fixable = fixable()
    var telling: [Int] = []
    for key in byKey.keys.sorted() where reading.checks.control(Int(key)) != nil {
      // The host with most items tells most, of those where there is something to change.
      func rank(_ place: Int) -> (Int, Int) {
        (fixable.contains(kind(place)) ? 1 : 0, failures[place].items)
      }
      let most = byKey[key]?.max {
        let (one, other) = (rank($0), rank($1))
        return one == other ? name($1) < name($0) : one < other
      }
      if let most { telling.append(most) }
    }
    let findings = try findings(telling)
    let changed = Set(telling.filter { found[$0] != nil })
    let sources = telling.map(source)
    try reading.history.read(
      summaries: sources, findings: [], parts: changed.map(source),
      of: reading.checks.titles(of: Set(changed.map { Int(failures[$0].key) })))
    return try zip(telling, findings).compactMap { place, finding in
      let key = failures[place].key
      guard let control = reading.checks.control(Int(key)) else { return nil }
      let others = (byKey[key] ?? []).filter { $0 != place }.map(name).sorted()
      return Candidate(
        control: control, finding: finding,
        printed: changed.contains(place) ? try self.finding(place) : finding,
        hosts: [name(place)] + others, isUnfixable: !fixable.contains(kind(place)),
        source: try reading.history.summary(of: source(place)))
    }
  }

  /// A failure as far as its fix depends on it: the numbers of its check and of the release that found it.
  private func kind(_ place: Int) -> SIMD2<Int> {
    [Int(failures[place].key), source(place).release]
  }

  /// The kinds of failures for which there is something to change.
  private func fixable() -> Set<SIMD2<Int>> {
    let distributions = policy.catalog.distributions
    var seen: Set<SIMD2<Int>> = []
    var own: Set<SIMD2<Int>> = []
    for place in failures.indices where seen.insert(kind(place)).inserted {
      let fix = reading.checks.control(Int(failures[place].key)).flatMap {
        policy.catalog.advice[$0]?.fix
      }
      let isUnfixable = fix.map { distributions.fix($0, in: edition(place)).isUnfixable } ?? false
      if !isUnfixable { own.insert(kind(place)) }
    }
    return own
  }

  /// The fixes that can be made for one failure at least.
  func possibleFixes() -> Set<String> {
    let distributions = policy.catalog.distributions
    var seen: Set<SIMD2<Int>> = []
    var own: Set<String> = []
    for place in failures.indices {
      let key = Int(failures[place].key)
      guard seen.insert(kind(place)).inserted,
        let fix = reading.checks.control(key).flatMap({ policy.catalog.advice[$0]?.fix })
      else { continue }
      if !distributions.fix(fix, in: edition(place)).isUnfixable { own.insert(fix.id) }
    }
    return own
  }

  private func edition(_ place: Int) -> String? {
    reading.history.releases[source(place).release]?.edition
  }

  private func source(_ place: Int) -> HistoryRun {
    hosts[Int(failures[place].host)].sources[Int(failures[place].source)]
  }

  /// The findings of failures by their places, with the items that are open; those of many hosts are read at once.
  private func findings(_ places: [Int]) throws -> [Finding] {
    var read: [Finding] = []
    read.reserveCapacity(places.count)
    var rest = places[...]
    while let first = rest.first {
      let last = failures[first].host + Int32(Self.batch)
      let batch = rest.prefix { (failures[first].host..<last).contains(failures[$0].host) }
      rest = rest.dropFirst(batch.count)
      let missing = batch.filter { found[$0] == nil }
      try reading.history.read(
        summaries: [], findings: [], parts: Array(Set(missing.map(source))),
        of: reading.checks.titles(of: Set(missing.map { Int(failures[$0].key) })))
      for place in batch { read.append(try found[place] ?? finding(place)) }
    }
    return read
  }

  private func finding(_ place: Int) throws -> Finding {
    let key = Int(failures[place].key)
    let own = try reading.history.findings(of: source(place)) { reading.checks.key($0) == key }
    guard let finding = Finding.merged(own) else {
      let run = RunSummary.name(of: source(place).id)
      throw RepositoryError.damaged(path: "database", reason: "run \(run) lacks a finding")
    }
    return finding
  }
}

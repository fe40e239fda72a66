import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The findings that an analyst names, collected host by host.
///
/// An id means what it means in the newest run of a host whose edition has it, so that it may mean different controls on
/// different hosts.
struct NamedFindings {
  /// A control as it stands on a host.
  private struct State {
    var host: HistoryHost
    /// The number of the check.
    var key: Int
    /// The run that judged it last.
    var source: HistoryRun
    var isOpen: Bool
    var isFailing: Bool
    var items: Int

    /// What tells more sorts behind.
    var rank: (Int, Int, Int) { (isOpen ? 1 : 0, isFailing ? 1 : 0, items) }
  }

  /// A named control with the findings of the host on which it is most telling.
  struct Candidate {
    var control: ControlID
    /// The id by which it was named.
    var asked: String?
    /// That host first.
    var hosts: [String]
    /// The newest run in which it failed there; nil where none did.
    var before: Selection.Evidence?
    /// The newest run that judged it there.
    var now: Selection.Evidence
  }

  private let reading: HostReading
  /// The host that was asked for.
  private let host: String?
  private let meanings: [Selection.Meaning]
  /// The editions of all runs.
  private let editions: [String]
  /// The controls that are named, by the numbers of their checks.
  private let controls: [Int: ControlID]
  /// The hosts on which a control is meant.
  private let hosts: [ControlID: Set<String>]
  private var states: [ControlID: [State]] = [:]

  /// As many hosts are looked at for a failure that there was, where the control fails on none now.
  private static let mostHosts = 10

  /// Finds out what names mean.
  ///
  /// - Parameters:
  ///   - names: Ids, ids of an edition, and controls.
  ///   - reading: The hosts with their runs.
  ///   - catalog: What is known of the checks.
  ///   - host: The host that was asked for.
  /// - Throws: ``ServiceError/noRuns(host:)``, `CheckName.Problem`, or the repository's errors.
  init(_ names: [String], _ reading: HostReading, _ catalog: Catalog, host: String?) throws {
    self.reading = reading
    self.host = host
    let releases = try HostReleases(reading)
    guard !releases.hosts.isEmpty else { throw ServiceError.noRuns(host: host) }
    var seen: Set<String> = []
    let meanings = try names.filter { seen.insert($0).inserted }
      .flatMap { try releases.meanings(of: $0, catalog) }
    self.meanings = meanings
    editions = releases.editions
    var hosts: [ControlID: Set<String>] = [:]
    for meaning in meanings { hosts[meaning.control, default: []].formUnion(meaning.hosts) }
    self.hosts = hosts
    var controls: [Int: ControlID] = [:]
    for (key, check) in reading.checks.checks.enumerated() {
      if let control = check.control, hosts[control] != nil { controls[key] = control }
    }
    self.controls = controls
  }

  /// Adds what is known of a host; what its newest edition has no more counts too.
  mutating func add(_ host: HostQuery.Host) {
    var verdicts: [Int: JudgedHost.Verdict] = [:]
    for verdict in host.now.verdicts where controls[verdict.key] != nil {
      verdicts[verdict.key] = verdict
    }
    for part in host.now.findings.known.parts {
      for entry in part.record.entries {
        let key = reading.checks.key(entry.title)
        guard let control = controls[key], hosts[control]?.contains(host.now.name) == true else {
          continue
        }
        states[control, default: []].append(
          State(
            host: host.reading.host, key: key, source: part.record.source(of: entry),
            isOpen: verdicts[key]?.isOpen ?? false,
            isFailing: entry.outcome == .fail && !entry.isRetired, items: entry.items))
      }
    }
  }

  /// What the names mean where a run has the control.
  var evaluated: [Selection.Meaning] {
    meanings.compactMap { meaning in
      let known = Set((states[meaning.control] ?? []).map(\.host.name))
      var own = meaning
      own.hosts = meaning.hosts.filter(known.contains)
      return own.hosts.isEmpty ? nil : own
    }
  }

  /// The named controls, each once and in the order of the names.
  ///
  /// - Throws: ``ServiceError/notEvaluated(name:controls:host:editions:)`` for a name of which no run has a control, or the
  ///   repository's errors.
  func candidates() throws -> [Candidate] {
    let names = Set(evaluated.map(\.name))
    if let missing = meanings.first(where: { !names.contains($0.name) }) {
      throw ServiceError.notEvaluated(
        name: missing.name,
        controls: meanings.filter { $0.name == missing.name }.map(\.control), host: host,
        editions: editions)
    }
    var past = PastFailures(reading, of: Set(controls.keys))
    var known: Set<ControlID> = []
    var found: [(meaning: Selection.Meaning, telling: State, before: HistoryRun?)] = []
    for meaning in evaluated where known.insert(meaning.control).inserted {
      if let telling = try mostTelling(meaning, &past) {
        found.append((meaning, telling.state, telling.before))
      }
    }
    var wanted: [(run: HistoryRun, key: Int)] = []
    for own in found {
      wanted.append((own.telling.source, own.telling.key))
      if let before = own.before { wanted.append((before, own.telling.key)) }
    }
    let evidence = try PastFailures.evidence(wanted, in: reading)
    return try found.map { own in
      let others = (states[own.meaning.control] ?? []).map(\.host.name)
        .filter { $0 != own.telling.host.name }
      return Candidate(
        control: own.meaning.control, asked: own.meaning.id,
        hosts: [own.telling.host.name] + Set(others).sorted(),
        before: try own.before.map { try evidence.of($0, own.telling.key) },
        now: try evidence.of(own.telling.source, own.telling.key))
    }
  }

  /// The host on which a control is most telling, with the newest run in which it failed there: one that has it open, else
  /// one that has it failing, else one that had.
  private func mostTelling(
    _ meaning: Selection.Meaning, _ past: inout PastFailures
  ) throws -> (state: State, before: HistoryRun?)? {
    let all = (states[meaning.control] ?? []).sorted {
      ($1.rank.0, $1.rank.1, $1.rank.2, $0.host.name, $1.source.order.startedAt)
        < ($0.rank.0, $0.rank.1, $0.rank.2, $1.host.name, $0.source.order.startedAt)
    }
    guard let first = all.first else { return nil }
    if first.isOpen || first.isFailing { return (first, first.source) }
    for state in all.prefix(Self.mostHosts) {
      if let before = try past.newest(of: state.key, on: state.host, asked: meaning.id) {
        return (state, before)
      }
    }
    return (first, nil)
  }
}

/// The releases of the runs of hosts, by which ids are understood.
private struct HostReleases {
  /// The names of hosts that have runs, each with its releases, those of the newest runs first.
  private(set) var hosts: [(name: String, releases: [Release])] = []

  init(_ reading: HostReading) throws {
    let known = try reading.history.releases(of: reading.hosts)
    for host in reading.hosts {
      let releases = (known[host.name] ?? []).compactMap { reading.history.releases[$0] }
      if !releases.isEmpty { hosts.append((host.name, releases)) }
    }
  }

  /// The editions of all runs, in alphabetical order.
  var editions: [String] {
    Set(hosts.flatMap { $0.releases.compactMap(\.edition) }).sorted()
  }

  /// What a name means on which hosts.
  func meanings(of name: String, _ catalog: Catalog) throws -> [Selection.Meaning] {
    var meanings: [Selection.Meaning] = []
    if catalog.controls.control(name) == nil, !name.contains(":") {
      let entries = catalog.editions.meanings(of: name)
      for host in hosts {
        let own = host.releases.lazy.map { release in
          entries.filter { $0.tool == release.tool && $0.edition == release.edition }
        }.first { !$0.isEmpty }
        for entry in own ?? [] {
          let index = meanings.firstIndex {
            $0.edition == entry.edition && $0.control == entry.control.id
          }
          if let index {
            if meanings[index].hosts.last != host.name { meanings[index].hosts.append(host.name) }
          } else {
            meanings.append(
              Selection.Meaning(
                name: name, id: name, edition: entry.edition, control: entry.control.id,
                hosts: [host.name]))
          }
        }
      }
      if !meanings.isEmpty { return meanings }
    }
    // A control, an id of a named edition, or an id that no run's edition has.
    let colon = name.firstIndex(of: ":")
    let isID = catalog.controls.control(name) == nil
    return try CheckName.controls(name, editions: [], catalog).sorted().map { control in
      Selection.Meaning(
        name: name,
        id: isID ? colon.map { String(name[name.index(after: $0)...]) } ?? name : nil,
        edition: isID ? colon.map { String(name[..<$0]) } : nil, control: control,
        hosts: hosts.map(\.name))
    }
  }
}

import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

/// What holds of every history, tried on thousands that chance makes; the seed of one that fails is in its message.
struct `Any history` {
  private static let seeds: [Range<UInt64>] = stride(from: 0, to: 3_000, by: 250).map {
    UInt64($0)..<UInt64($0 + 250)
  }

  private static func open(_ standing: HostStanding) -> Set<String> {
    var open: Set<String> = []
    for (system, own) in zip(standing.checks.allSystems, standing.systems) {
      for (key, entry) in own.entries.enumerated() where entry?.isOpen == true {
        let check = standing.checks.checks[key]
        open.insert("\(system.name) " + (check.control ?? "\(check.checkID) \(check.title)"))
      }
    }
    return open
  }

  /// The standings of a history after each of its runs, with what each run did.
  private static func forEachRun(
    of past: Past, _ body: (Past.Entry, HostStanding, [Standing.Turn]) -> Void
  ) {
    var standing = HostStanding(past.keys)
    for run in past.runs(of: HistoryHost(name: "web-1", ids: [])) {
      guard let entry = past.entries.first(where: { $0.run.id == run.id }) else { continue }
      var turns: [Standing.Turn] = []
      standing.add(
        run, outcomes: { past.outcomes(snapshot: $0.snapshot) }, findings: past.findings(of:)
      ) { turns.append($0) }
      body(entry, standing, turns)
    }
  }

  @Test(arguments: seeds)
  func `stands as the plainest fold has it`(seeds: Range<UInt64>) {
    for seed in seeds {
      var oracle = NaiveFold()
      Self.forEachRun(of: RandomHistory(seed: seed).past) { entry, standing, _ in
        oracle.add(StoredRun(summary: entry.summary, findings: entry.findings))
        #expect(Self.open(standing) == oracle.open, "seed \(seed), run \(entry.run.id)")
      }
    }
  }

  @Test(arguments: seeds)
  func `has books that balance after each run`(seeds: Range<UInt64>) {
    for seed in seeds {
      var after: [Tool.System: Int] = [:]
      Self.forEachRun(of: RandomHistory(seed: seed).past) { entry, standing, turns in
        let system = entry.summary.release.tool.system
        let books = standing.last.books
        #expect(books.before == after[system] ?? 0, "seed \(seed), run \(entry.run.id)")
        #expect(
          books.after == standing.last.entries.count { $0?.isOpen == true },
          "seed \(seed), run \(entry.run.id)")
        // Each failure that began or ended did so by one movement, and no other check has one.
        for turn in turns {
          let (was, isOpen) = (turn.before?.isOpen ?? false, turn.after.isOpen)
          #expect((was != isOpen) == (turn.movement != nil), "seed \(seed)")
          if let movement = turn.movement { #expect(movement.isOpening == isOpen, "seed \(seed)") }
        }
        after[system] = books.after
      }
    }
  }

  @Test(arguments: seeds)
  func `is known step by step as it is from scratch`(seeds: Range<UInt64>) {
    for seed in seeds {
      let past = RandomHistory(seed: seed).past
      Self.forEachRun(of: past) { entry, standing, _ in
        let step = HostFindings("web-1", standing, past.findings(of:_:))
        let scratch = past.only { $0.run.order <= entry.run.order }.host("web-1")
        #expect(Self.lines(step) == Self.lines(scratch), "seed \(seed), run \(entry.run.id)")
        #expect(step.books == scratch.books, "seed \(seed), run \(entry.run.id)")
      }
    }
  }

  private static func lines(_ host: HostFindings) -> [String] {
    host.findings.map { current in
      let items = current.finding.items.map(\.name).sorted().joined(separator: ",")
      return
        "\(current.system.name) \(current.finding.key) \(current.finding.outcome.name) \(items) "
        + "\(current.openSince ?? 0) \(current.isLeftOut) \(current.isNew)"
    }
  }

  @Test(arguments: seeds)
  func `goes on from what was stored as if it had not been`(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let past = RandomHistory(seed: seed).past
      let checks = past.keys
      for system in checks.allSystems {
        var standing = Standing(checks)
        var stored = StandingRecord().bytes
        for run in past.runs(of: HistoryHost(name: "web-1", ids: []))
        where past.releases[run.release]?.tool.system == system {
          var again = Standing(try #require(StandingRecord(bytes: stored)), checks)
          let outcomes = { (run: HistoryRun) in past.outcomes(snapshot: run.snapshot) }
          standing.add(run, outcomes: outcomes, findings: past.findings(of:)) { _ in }
          again.add(run, outcomes: outcomes, findings: past.findings(of:)) { _ in }
          #expect(again.record == standing.record, "seed \(seed), run \(run.id)")
          stored = again.record.bytes
          #expect(StandingRecord(bytes: stored) == again.record, "seed \(seed), run \(run.id)")
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `does not depend on the runs of another system`(seeds: Range<UInt64>) {
    for seed in seeds {
      let past = RandomHistory(seed: seed).past
      let all = past.host("web-1")
      for system in [Tool.System.docker, .kubernetes] {
        let own = past.only { $0.summary.release.tool.system == system }
        guard !own.entries.isEmpty else { continue }
        let lines = Self.lines(all).filter { $0.hasPrefix(system.name) }
        #expect(Set(lines) == Set(Self.lines(own.host("web-1"))), "seed \(seed), \(system.name)")
      }
    }
  }

  @Test(arguments: seeds)
  func `compares its runs alike both ways, with books that balance`(seeds: Range<UInt64>) {
    for seed in seeds {
      let runs = RandomHistory(seed: seed).past.entries.map {
        StoredRun(summary: $0.summary, findings: $0.findings)
      }
      for (base, head) in zip(runs, runs.dropFirst()) {
        let there = Comparison(from: base, to: head)
        let back = Comparison(from: head, to: base)
        #expect(there.unchanged == back.unchanged, "seed \(seed)")
        #expect(there.count(.stillFailing) == back.count(.stillFailing), "seed \(seed)")
        #expect(there.criterionChanged == back.criterionChanged, "seed \(seed)")
        let fails = { (run: StoredRun) in
          Set(run.findings.filter { $0.outcome == .fail }.map(\.key)).count
        }
        #expect(there.books.before == fails(base), "seed \(seed)")
        #expect(there.books.after == fails(head) + there.leftOpen, "seed \(seed)")
        #expect(back.books.before == fails(head), "seed \(seed)")
      }
    }
  }
}

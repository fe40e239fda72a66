private import BenchCatalog
package import BenchModel

extension Standing {
  /// Adds a run, which must not stand before the one that was added last.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - outcomes: Returns what a run found; is not called where that is what its tool found before.
  ///   - findings: Returns a run's findings with their items; is called only where runs were limited to different things.
  ///   - turn: Is called for every check of which something else is known now.
  /// - Throws: What the closures throw.
  package mutating func add(
    _ run: HistoryRun, outcomes: (HistoryRun) throws -> [HistoryFinding],
    findings: (HistoryRun) throws -> [Finding], turn: (Turn) -> Void
  ) rethrows {
    books = Books(before: books.after)
    runs += 1
    let tool = checks.tool(run.release)
    var before = last[tool]
    if let last = before, last.run.hasSameContent(as: run) {
      self.last[tool]?.before = last.run
      self.last[tool]?.run = run
      self.last[tool]?.place = runs - 1
      // Another tool may have judged otherwise since.
      guard newest != tool else { return }
    }
    if let last = before, last.findings == nil { before?.findings = try outcomes(last.run) }
    let isSame = before?.run.hasSameContent(as: run) ?? false
    let found = try isSame ? before?.findings ?? [] : outcomes(run)
    newest = tool
    contents += 1
    let now = Last(
      run: run, before: before?.run, findings: found, content: contents, place: runs - 1)
    last[tool] = now
    var merged = MergedRuns(checks)
    let (keys, repeated) = note(found)
    for key in repeated where self.outcomes[key] == .fail {
      items[key] = try merged.finding(key, of: run, findings)?.itemCount ?? items[key]
    }
    if let before { reword(keys, before, now) }
    for (position, key) in keys.enumerated() {
      try judge(
        key, position, self.outcomes[key], now, before, turn,
        finding: { key, run in try merged.finding(key, of: run, findings) })
    }
    changeEdition(tool, now, turn)
  }

  /// Notes what a run found.
  ///
  /// - Returns: The numbers of the checks, in the order of the run, and of those that it has twice.
  private mutating func note(_ found: [HistoryFinding]) -> (keys: [Int], repeated: [Int]) {
    var keys: [Int] = []
    var repeated: [Int] = []
    keys.reserveCapacity(found.count)
    for finding in found {
      let key = checks.key(finding.title)
      // An edition may have a control under two ids.
      if stamps[key] == contents {
        if finding.outcome == .fail { outcomes[key] = .fail }
        repeated.append(key)
      } else {
        stamps[key] = contents
        outcomes[key] = finding.outcome
        items[key] = Int(finding.items)
        titles[key] = finding.title
        keys.append(key)
      }
    }
    return (keys, repeated)
  }

  /// Goes on with checks without a control that a release of the tool's edition words otherwise.
  private mutating func reword(_ keys: [Int], _ before: Last, _ now: Last) {
    let checks = checks
    let edition = checks.release(now.run.release).edition
    guard checks.release(before.run.release).edition == edition,
      keys.contains(where: { entries[$0] == nil && checks.control($0) == nil })
    else { return }
    let unmapped = { (keys: [Int]) in
      keys.filter { checks.control($0) == nil }.map { (key: $0, id: checks.checks[$0].checkID) }
    }
    let old = Set((before.findings ?? []).map { checks.key($0.title) }).sorted()
    for (old, new) in ChangeRule.reworded(from: unmapped(old), to: unmapped(keys))
    where entries[new] == nil {
      entries[new] = entries[old]
      entries[old] = nil
    }
  }

  private mutating func judge(
    _ key: Int, _ position: Int, _ outcome: Outcome, _ now: Last, _ last: Last?,
    _ turn: (Turn) -> Void,
    finding: (Int, HistoryRun) throws -> Finding?
  ) rethrows {
    let before = entries[key]
    if let before, before.outcome == outcome, !before.isRetired {
      entries[key]?.items = items[key]
      entries[key]?.content = now.content
      entries[key]?.run = now.run
      entries[key]?.position = position
      entries[key]?.title = titles[key]
      if outcome == .fail {
        widen(key, before, now.run.scope)
      } else {
        entries[key]?.scope = now.run.scope
      }
      return
    }
    let verdict = try verdict(key, before, outcome, now.run, finding)
    // What a run was told to leave out stays as it was.
    if verdict.isLeftOut { return }
    let isDoubtful = before.map { $0.outcome != outcome && differs(key, $0, now, last) } ?? false
    let movement = Self.movement(before, outcome, verdict, isDoubtful, isFirst: last == nil)
    var after = Entry(
      outcome: outcome, items: items[key], content: now.content, run: now.run,
      position: position, title: titles[key], scope: now.run.scope)
    after.turns = before?.turns ?? []
    after.moved = before?.moved
    if outcome == .fail {
      after.openSince = before?.openSince ?? now.run.startedAt
      after.isOpenFromStart =
        before?.openSince == nil ? movement == .firstSeen : before?.isOpenFromStart == true
    }
    if let before, (before.outcome == .fail) != (outcome == .fail), !isDoubtful {
      after.turns.append(Int32(truncatingIfNeeded: now.place))
    }
    switch movement {
    case .regressed, .newlySeen, .reopened, .fixed, .withoutVerdict:
      after.moved = (
        Int32(truncatingIfNeeded: now.place),
        Int32(truncatingIfNeeded: checks.tool(now.run.release))
      )
    case .firstSeen, .begunByCriterion, .retired, .endedByCriterion, nil: break
    }
    if outcome == .fail {
      after.failure = movement == nil ? before?.failure : failures
      if movement != nil { failures += 1 }
    }
    entries[key] = after
    if let movement { books[movement] += 1 }
    turn(
      Turn(
        key: key, before: before, after: after, change: verdict.change, isDoubtful: isDoubtful,
        movement: movement))
  }

  /// What happened to a check of which something else may be known now.
  private func verdict(
    _ key: Int, _ before: Entry?, _ outcome: Outcome, _ run: HistoryRun,
    _ finding: (Int, HistoryRun) throws -> Finding?
  ) rethrows -> ChangeRule.Verdict {
    let control = checks.control(key)
    var head = ControlView(outcome: outcome, scope: run.scope)
    guard let before else { return checks.rule.verdict(control, from: nil, to: head) }
    var base = ControlView(outcome: before.outcome, scope: before.scope)
    if checks.rule.needsItems(of: control, base, head) {
      if outcome == .fail {
        head.finding = try finding(key, run)
      } else {
        base.finding = try Self.finding(key, before.run, before.wider, finding)
      }
    }
    return checks.rule.verdict(control, from: base, to: head)
  }

  /// How an open failure began or ended.
  private static func movement(
    _ before: Entry?, _ outcome: Outcome, _ verdict: ChangeRule.Verdict, _ isDoubtful: Bool,
    isFirst: Bool
  ) -> Movement? {
    switch (before?.isOpen ?? false, outcome == .fail) {
    case (false, true):
      guard let before else { return isFirst ? .firstSeen : .newlySeen }
      if before.isRetired, before.outcome == .fail { return .reopened }
      if isDoubtful { return .begunByCriterion }
      return verdict.change == .newlySeen ? .newlySeen : .regressed
    case (true, false):
      if isDoubtful { return .endedByCriterion }
      return outcome == .pass ? .fixed : .withoutVerdict
    default: return nil
    }
  }

  /// Notes that a check fails in a run that may have looked at less than the one before.
  private mutating func widen(_ key: Int, _ before: Entry, _ scope: RunScope) {
    if before.scope != scope, checks.rule.isLimited(checks.control(key), by: scope) {
      entries[key]?.scope = .whole
      entries[key]?.wider =
        before.wider.filter { $0.scope != before.run.scope && $0.scope != scope } + [before.run]
    } else {
      entries[key]?.scope = scope
      entries[key]?.wider = []
    }
  }

  /// Whether the tool may have judged a check by another criterion than before.
  private func differs(_ key: Int, _ before: Entry, _ now: Last, _ last: Last?) -> Bool {
    checks.rule.doubt(
      checks.control(key), checks.release(before.release), checks.release(now.run.release),
      areTitlesEqual: last.map {
        ChangeRule.printAlike(
          checks.printed($0.findings ?? []), checks.printed(now.findings ?? []))
      } ?? true) != nil
  }

  /// Retires what the edition of a run does not have, if it is another one than before.
  ///
  /// A part of a run tells its edition badly: a run of one check fits most of them. So only whole runs count, with at
  /// least half as many checks as the greatest one.
  private mutating func changeEdition(_ tool: Int, _ now: Last, _ turn: (Turn) -> Void) {
    let release = checks.release(now.run.release)
    let count = now.findings?.count ?? 0
    guard let edition = release.edition, now.run.isComplete, count * 2 >= greatest[tool] else {
      return
    }
    greatest[tool] = max(greatest[tool], count)
    let before = editions[tool]
    editions[tool] = edition
    if before != nil, before != edition { retire(tool, release, turn) }
  }

  /// Retires what the new edition of a tool does not have.
  private mutating func retire(_ tool: Int, _ release: Release, _ turn: (Turn) -> Void) {
    for key in entries.indices {
      guard let before = entries[key], !before.isRetired, stamps[key] != contents,
        checks.tool(before.release) == tool,
        checks.control(key).map({ !checks.rule.catalog.editions.has($0, release) }) ?? true
      else { continue }
      entries[key]?.isRetired = true
      guard let after = entries[key] else { continue }
      let movement: Movement? = before.isOpen ? .retired : nil
      if let movement { books[movement] += 1 }
      turn(Turn(key: key, before: before, after: after, change: nil, movement: movement))
    }
  }

  /// The finding that judged a check last, with the items of earlier ones that no run has looked at since.
  ///
  /// - Parameters:
  ///   - key: The number of the check.
  ///   - run: The run that judged it last.
  ///   - wider: Earlier runs in which it fails that were limited to something else.
  ///   - finding: Returns what a run found of a check.
  /// - Returns: The finding; nil if the run does not have it.
  /// - Throws: What the closure throws.
  static func finding(
    _ key: Int, _ run: HistoryRun, _ wider: [HistoryRun],
    _ finding: (Int, HistoryRun) throws -> Finding?
  ) rethrows -> Finding? {
    var found = try finding(key, run)
    var scopes = [run.scope]
    for run in wider.reversed() {
      guard let older = try finding(key, run) else { continue }
      let kept = found?.items ?? []
      found?.items += older.items.filter { item in
        !kept.contains(item) && !scopes.contains { $0.covers(item) }
      }
      if older.itemsTruncated { found?.itemsTruncated = true }
      scopes.append(run.scope)
    }
    return found
  }
}

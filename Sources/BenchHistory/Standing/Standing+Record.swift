import BenchModel

extension Standing {
  /// The standing as it is stored.
  package var record: StandingRecord {
    var record = StandingRecord()
    var places: [Int64: Int] = [:]
    func place(_ run: HistoryRun) -> Int {
      if let place = places[run.id] { return place }
      places[run.id] = record.runs.count
      record.runs.append(run)
      return record.runs.count - 1
    }
    var tools: [Int: Int] = [:]
    for (tool, last) in last.enumerated() {
      guard let last else { continue }
      tools[tool] = record.lasts.count
      record.lasts.append(
        StandingRecord.Last(
          run: place(last.run), before: last.before.map(place), content: last.content,
          place: last.place, edition: editions[tool], greatest: greatest[tool]))
    }
    record.newest = newest.flatMap { tools[$0] } ?? 0
    (record.count, record.contents, record.failures) = (runs, contents, failures)
    record.books = books
    let known = entries.compactMap { $0 }
    for entry in known.sorted(by: { self.precedes($0, $1) }) {
      let more = StandingRecord.More(
        scope: entry.scope == entry.run.scope ? nil : entry.scope, wider: entry.wider.map(place),
        turns: entry.turns)
      let hasMore = more != StandingRecord.More()
      record.entries.append(
        StandingRecord.Entry(
          title: entry.title, outcome: entry.outcome, isOpenFromStart: entry.isOpenFromStart,
          isRetired: entry.isRetired, content: entry.content, run: place(entry.run),
          position: entry.position, openSince: entry.openSince, items: entry.items,
          movedPlace: entry.moved?.place,
          movedTool: Int32(entry.moved.flatMap { tools[Int($0.tool)] } ?? 0),
          more: hasMore ? Int32(record.more.count) : nil, failure: entry.failure))
      if hasMore { record.more.append(more) }
    }
    return record
  }

  /// Whether an entry stands before another: those of the newest run first, what the newest runs left out last, and in
  /// the order of their logs.
  private func precedes(_ one: Entry, _ other: Entry) -> Bool {
    let (first, second) = (isLeftOut(one), isLeftOut(other))
    if first != second { return second }
    if one.content != other.content { return one.content > other.content }
    return one.position < other.position
  }

  /// Goes on where a standing was stored.
  ///
  /// - Parameters:
  ///   - record: What was stored.
  ///   - checks: The numbers of the checks of the repository.
  package init(_ record: StandingRecord, _ checks: CheckKeys) {
    self.init(checks)
    (runs, contents, failures) = (record.count, record.contents, record.failures)
    books = record.books
    var tools: [Int] = []
    for last in record.lasts {
      let run = record.runs[last.run]
      let tool = checks.tool(run.release)
      tools.append(tool)
      self.last[tool] = Last(
        run: run, before: last.before.map { record.runs[$0] }, findings: nil, content: last.content,
        place: last.place)
      editions[tool] = last.edition
      greatest[tool] = last.greatest
    }
    newest = tools.indices.contains(record.newest) ? tools[record.newest] : nil
    for known in record.entries {
      let run = record.runs[known.run]
      var entry = Entry(
        outcome: known.outcome, items: known.items, content: known.content, run: run,
        position: known.position, title: known.title, scope: run.scope)
      if let more = record.more(of: known) {
        entry.scope = more.scope ?? run.scope
        entry.wider = more.wider.map { record.runs[$0] }
        entry.turns = more.turns
      }
      entry.openSince = known.openSince
      entry.failure = known.failure
      entry.isOpenFromStart = known.isOpenFromStart
      entry.isRetired = known.isRetired
      if let place = known.movedPlace, tools.indices.contains(Int(known.movedTool)) {
        entry.moved = (place, Int32(truncatingIfNeeded: tools[Int(known.movedTool)]))
      }
      entries[checks.key(known.title)] = entry
    }
  }
}

import BenchModel

/// The record as bytes: whole numbers in 7 bits a byte, the lowest first, and texts behind their lengths.
extension StandingRecord {
  /// Of another form nothing is read.
  private static let form = 1

  /// The record as it is stored.
  package var bytes: [UInt8] {
    var out = NumberWriter()
    out.add(Self.form)
    let start = runs.first?.startedAt ?? 0
    out.add(signed: start)
    out.add(runs.count)
    for run in runs {
      out.add(fixed: run.id)
      out.add(signed: run.order.startedAt &- start)
      out.add(run.order.nanoseconds)
      out.add(signed: run.order.sequence)
      out.add(run.release)
      out.add(run.snapshot)
      out.add(run.isComplete ? 1 : 0)
      out.add(run.scope.text)
    }
    out.add(lasts.count)
    for last in lasts {
      out.add(last.run)
      out.add(last.before.map { $0 + 1 } ?? 0)
      out.add(last.content)
      out.add(last.place)
      out.add(last.edition ?? "")
      out.add(last.greatest)
    }
    for number in [newest, count, contents, failures, books.before] { out.add(number) }
    for movement in Movement.allCases { out.add(books[movement]) }
    out.add(entries.count)
    for entry in entries { Self.add(entry, more(of: entry), start, &out) }
    return out.bytes
  }

  private static func add(
    _ entry: Entry, _ more: More?, _ start: Int64, _ out: inout NumberWriter
  ) {
    out.add(Int(entry.title))
    var flags = Int(entry.outcome.rawValue)
    if entry.isOpenFromStart { flags |= 8 }
    if entry.isRetired { flags |= 16 }
    if entry.openSince != nil { flags |= 32 }
    let hasMore = more != nil || entry.movedPlace != nil
    if hasMore { flags |= 64 }
    out.add(flags)
    out.add(entry.content)
    out.add(entry.run)
    out.add(entry.position)
    out.add(entry.items)
    if let since = entry.openSince {
      out.add(signed: since &- start)
      out.add(entry.failure.map { $0 + 1 } ?? 0)
    }
    guard hasMore else { return }
    out.add(more?.scope == nil ? 0 : 1)
    if let scope = more?.scope { out.add(scope.text) }
    out.add(more?.wider.count ?? 0)
    for run in more?.wider ?? [] { out.add(run) }
    out.add(more?.turns.count ?? 0)
    for turn in more?.turns ?? [] { out.add(Int(turn)) }
    out.add(entry.movedPlace.map { Int($0) + 1 } ?? 0)
    out.add(Int(entry.movedTool))
  }

  /// Reads a record; nil for bytes that are none.
  package init?(bytes: [UInt8]) {
    guard let record = bytes.withUnsafeBufferPointer({ Self.read($0) }) else { return nil }
    self = record
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> StandingRecord? {
    var input = NumberReader(bytes)
    guard input.number() == form else { return nil }
    var record = StandingRecord()
    let start = input.time(from: 0)
    let runCount = input.count(least: 15)
    record.runs.reserveCapacity(runCount)
    for _ in 0..<runCount {
      let id = input.fixed()
      let order = RunOrder(
        startedAt: input.time(from: start), nanoseconds: input.number(), sequence: input.signed())
      record.runs.append(
        HistoryRun(
          id: id, order: order, release: input.number(), snapshot: input.number(),
          isComplete: input.number() == 1, scope: Self.scope(input.text())))
    }
    for _ in 0..<input.count(least: 6) {
      let (run, before) = (input.number(), input.number())
      record.lasts.append(
        Last(
          run: run, before: before == 0 ? nil : before - 1, content: input.number(),
          place: input.number(), edition: input.text().nonEmpty, greatest: input.number()))
    }
    record.newest = input.number()
    record.count = input.number()
    record.contents = input.number()
    record.failures = input.number()
    record.books = Books(before: input.number())
    for movement in Movement.allCases { record.books[movement] = input.number() }
    let entryCount = input.count(least: 6)
    record.entries.reserveCapacity(entryCount)
    for _ in 0..<entryCount {
      guard let entry = Self.entry(start, &input, &record.more) else { return nil }
      record.entries.append(entry)
    }
    return input.isSound && record.isConsistent ? record : nil
  }

  private static func entry(
    _ start: Int64, _ input: inout NumberReader, _ more: inout [More]
  ) -> Entry? {
    let title = Int32(truncatingIfNeeded: input.number())
    let flags = input.number()
    guard let outcome = Outcome(rawValue: UInt8(flags & 7)) else { return nil }
    var entry = Entry(
      title: title, outcome: outcome, isOpenFromStart: flags & 8 != 0, isRetired: flags & 16 != 0,
      content: input.number(), run: input.number(), position: input.number(), openSince: nil,
      items: input.number())
    if flags & 32 != 0 {
      entry.openSince = input.time(from: start)
      let failure = input.number()
      entry.failure = failure == 0 ? nil : failure - 1
    }
    guard flags & 64 != 0 else { return entry }
    var own = More()
    if input.number() == 1 { own.scope = Self.scope(input.text()) }
    for _ in 0..<input.count(least: 1) { own.wider.append(input.number()) }
    for _ in 0..<input.count(least: 1) {
      own.turns.append(Int32(truncatingIfNeeded: input.number()))
    }
    let place = input.number()
    entry.movedPlace = place == 0 ? nil : Int32(truncatingIfNeeded: place - 1)
    entry.movedTool = Int32(truncatingIfNeeded: input.number())
    if own != More() {
      entry.more = Int32(truncatingIfNeeded: more.count)
      more.append(own)
    }
    return entry
  }

  private static func scope(_ text: String) -> RunScope {
    text.isEmpty ? .whole : RunScope(text) ?? .whole
  }

  /// Whether all places are there that something refers to.
  private var isConsistent: Bool {
    lasts.allSatisfy {
      runs.indices.contains($0.run) && $0.before.map(runs.indices.contains) ?? true
    }
      && (lasts.isEmpty ? count == 0 : lasts.indices.contains(newest))
      && entries.allSatisfy { runs.indices.contains($0.run) }
      && more.allSatisfy { $0.wider.allSatisfy(runs.indices.contains) }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

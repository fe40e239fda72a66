import BenchAnalysis
import BenchHistory
import BenchModel

/// The failures of all hosts by their checks, with what the first hosts of each show.
///
/// Of a fleet no more is read than is shown: of other hosts it is counted that they fail.
struct ReportedFindings: Sendable {
  /// A failure on one host.
  struct Place: Sendable {
    var host: String
    var items: [Item]
    var isTruncated: Bool
    /// Since when it fails, in seconds since 1970.
    var since: Int64
    /// Whether it failed in the first run already, so that it may be older.
    var isFromStart: Bool
    var isNew: Bool
    var isAccepted: Bool
    /// The word, the id and the title that the tool printed.
    var printed: (word: String, id: String, title: String)
    /// Where the log is; nil where that is not known.
    var path: String?
    var line: Int
  }

  /// A check that fails on some hosts.
  struct Reported: Sendable {
    let check: CheckKeys.Check
    let severity: Severity?
    /// On how many hosts it is open, and on how many it is accepted.
    var open = 0
    var accepted = 0
    /// The items that are open.
    var items = 0
    /// On how many hosts it began in the newest run.
    var new = 0
    /// Since when the oldest fails.
    var since = Int64.max
    var places: [Place] = []
    /// Who accepted it, by the places in the policy.
    var notes: [Int: String] = [:]

    /// How bad it is; see ``SeverityOrder/rank(_:)``.
    var rank: Int { SeverityOrder.rank(severity) }
  }

  /// So many hosts of a check are shown, and so many more of those on which it began.
  private static let mostPlaces = 12
  private var places: [Int: Int] = [:]
  private(set) var all: [Reported] = []

  /// What will be read of a host: its failures of checks that are not shown on enough hosts yet.
  func wanted(_ host: JudgedHost) -> [JudgedHost.Verdict] { host.verdicts.filter(isWanted) }

  private func isWanted(_ verdict: JudgedHost.Verdict) -> Bool {
    guard verdict.outcome == .fail else { return false }
    guard let known = places[verdict.key].map({ all[$0] }) else { return true }
    return known.places.count < Self.mostPlaces
      || isWorse(verdict) && known.places.count(where: \.isNew) < Self.mostPlaces
  }

  private func isWorse(_ verdict: JudgedHost.Verdict) -> Bool {
    verdict.isNew && verdict.printedOutcome == .fail
  }

  /// Adds the failures of a host.
  ///
  /// - Parameters:
  ///   - host: The host, of which what is wanted has been read.
  ///   - judgement: The policy.
  ///   - summary: Returns a run without its findings.
  /// - Throws: What the closure throws.
  mutating func add(
    _ host: JudgedHost, _ judgement: Judgement, summary: (HistoryRun) throws -> RunSummary?
  ) rethrows {
    for verdict in host.verdicts where verdict.outcome == .fail {
      let isShown = isWanted(verdict)
      let place = places[verdict.key] ?? all.count
      if place == all.count {
        places[verdict.key] = place
        all.append(Reported(check: host.check(verdict), severity: verdict.severity))
      }
      if verdict.isOpen {
        // What is accepted says nothing of how long the rest is open.
        if all[place].open == 0 { all[place].since = .max }
        all[place].open += 1
        all[place].since = min(all[place].since, verdict.since)
        all[place].items += host.openItemCount(verdict)
      } else {
        all[place].accepted += 1
        if all[place].open == 0 { all[place].since = min(all[place].since, verdict.since) }
      }
      if isWorse(verdict) { all[place].new += 1 }
      let isNoted = verdict.hasWaiver
      guard isShown || isNoted else { continue }
      let entry = host[verdict]
      for number in entry.judged.waivers where all[place].notes[number] == nil {
        all[place].notes[number] = Acceptance.words(judgement.policy.waivers[number])
      }
      guard isShown else { continue }
      all[place].places.append(try self.place(verdict, entry, host, summary))
    }
  }

  private func place(
    _ verdict: JudgedHost.Verdict, _ entry: JudgedHost.Entry, _ host: JudgedHost,
    _ summary: (HistoryRun) throws -> RunSummary?
  ) rethrows -> Place {
    let finding = entry.finding
    let known = host.findings.known.parts[Int(verdict.place.part)].record
    return Place(
      host: host.name, items: verdict.isWaived ? finding.items : entry.judged.openItems,
      isTruncated: finding.itemsTruncated, since: verdict.since,
      isFromStart: known.entries[Int(verdict.place.entry)].isOpenFromStart,
      isNew: isWorse(verdict), isAccepted: verdict.isWaived,
      printed: (finding.printed.word, finding.checkID, finding.title),
      path: try summary(host.findings[verdict.place].source)?.path, line: finding.line)
  }
}

import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// A line of the gate's report: a finding with all the reasons that it is, or a number that is not as it should be.
struct GateRow: Sendable {
  private enum Subject: Sendable {
    case finding(Finding)
    case number(Gate.Reason)
  }

  private let host: String
  private let subject: Subject
  private var severity: Severity?
  private var items: [Item]
  /// The items that are new, where the finding failed before.
  private var added: [Item] = []
  private var isLeftOut: Bool
  private var why: [String] = []

  /// The lines of a gate: by host, the findings that are worst first, then the numbers.
  static func rows(of gate: Gate) -> [GateRow] {
    var rows: [GateRow] = []
    var start = gate.reasons.startIndex
    while start < gate.reasons.endIndex {
      let host = gate.reasons[start].host
      let end =
        gate.reasons[start...].firstIndex { $0.host != host } ?? gate.reasons.endIndex
      rows += self.rows(of: gate.reasons[start..<end], gate)
      start = end
    }
    return rows
  }

  private static func rows(of reasons: ArraySlice<Gate.Reason>, _ gate: Gate) -> [GateRow] {
    var (findings, numbers): ([GateRow], [GateRow]) = ([], [])
    var places: [FindingKey: Int] = [:]
    for reason in reasons {
      guard let finding = reason.finding else {
        numbers.append(GateRow(reason, .number(reason), nil))
        continue
      }
      if let place = places[finding.key] {
        findings[place].add(reason)
      } else {
        places[finding.key] = findings.count
        findings.append(
          GateRow(reason, .finding(finding), gate.severity(of: finding.control)))
      }
    }
    let rank = { (row: GateRow) in SeverityOrder.rank(row.severity) }
    let sorted = findings.enumerated().sorted { one, other in
      (-rank(one.element), one.offset) < (-rank(other.element), other.offset)
    }
    return sorted.map(\.element) + numbers
  }

  private init(_ reason: Gate.Reason, _ subject: Subject, _ severity: Severity?) {
    host = reason.host
    self.subject = subject
    self.severity = severity
    items = []
    isLeftOut = false
    add(reason)
  }

  private mutating func add(_ reason: Gate.Reason) {
    if items.isEmpty {
      items = reason.items
    } else {
      let known = Set(items)
      items += reason.items.filter { !known.contains($0) }
    }
    if case .newFailure(.stillFailing) = reason.kind { added = reason.items }
    isLeftOut = isLeftOut || reason.isLeftOut
    if let word = Self.word(reason.kind) { why.append(word) }
  }

  /// Why a finding is a reason, in a word or two; nil for what is no finding.
  private static func word(_ kind: Gate.Reason.Kind) -> String? {
    switch kind {
    case .newFailure(.regressed): "regressed"
    case .newFailure(.stillFailing): "new items"
    case .newFailure: "newly seen"
    case .severity: "open"
    case .lapsed: "attestation lapsed"
    case .compliance, .count, .unmapped, .incomplete, .stale: nil
    }
  }

  /// The cells of the line.
  func cells(_ catalog: Catalog) -> [Document.Line] {
    let host: Document.Line = [.init(Untrusted(self.host))]
    switch subject {
    case .number(let reason):
      var what: Document.Line = [.init(GateReport.words(reason), .bad)]
      if let run = reason.run {
        what.append(.init(" (run "))
        what.append(.init(String(run.name.prefix(10)), .notable))
        what.append(.init(" of \(CivilTime.short(run.startedAt)))"))
      }
      return [host, [], [], what, []]
    case .finding(let finding):
      return [
        host, [TrendReport.severity(severity)], [.init(Untrusted(finding.checkID))],
        what(finding, catalog), [.init(why.joined(separator: ", "))],
      ]
    }
  }

  private func what(_ finding: Finding, _ catalog: Catalog) -> Document.Line {
    let title = finding.control.flatMap(catalog.controls.control)?.title ?? finding.title
    var line: Document.Line = [.init(Untrusted(title))]
    if !items.isEmpty {
      line.append(.init(": "))
      // Of a finding that failed before, a sign tells the new items from the old ones.
      let new = added.count < items.count ? Set(added) : []
      line += RunReport.items(
        items.map { item in
          var item = item
          if new.contains(item) { item.name = "+ " + item.name }
          return item
        })
    }
    if isLeftOut { line.append(.init(" (not evaluated by the newest run)", .notable)) }
    return line
  }
}

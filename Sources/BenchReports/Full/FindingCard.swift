import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchRemedy

extension FullReport {
  /// A finding as it opens in place.
  func card(_ reported: ReportedFindings.Reported, _ steps: [String: Int]) -> Document.Card {
    let control = reported.check.control
    let catalog = judgement.policy.catalog
    let risk = control.flatMap { catalog.risks[$0] }
    let advice = control.flatMap { catalog.advice[$0] }
    let threats = control.map { id in model.threats.filter { $0.controls.contains(id) } } ?? []
    var facts: [Document.Card.Fact] = []
    if let why = advice?.rationale ?? risk?.reason {
      facts.append(.init("Why", [.init(Untrusted(why))], isDetail: true))
    } else {
      facts.append(
        .init("Why", [.init("No edition knows this check: read what the tool says of it.")]))
    }
    facts.append(.init("Where", where_(reported)))
    facts.append(.init("Printed", printed(reported)))
    if let control { facts += ids(control) }
    if !threats.isEmpty {
      facts.append(
        .init(
          "Threats", [.init(Untrusted(threats.map(\.title).joined(separator: "; ")))],
          isDetail: true))
    }
    if let advice { facts += fix(advice, steps) }
    if !reported.notes.isEmpty {
      let notes = reported.notes.sorted { $0.key < $1.key }.map(\.value)
      facts.append(.init("Accepted by", [.init(Untrusted(notes.joined(separator: "; ")))]))
    }
    let name = TrendReport.name(reported.check, catalog)
    return Document.Card(
      severity: reported.severity, title: Array(name.prefix(1)), code: Array(name.dropFirst()),
      place: counts(reported), age: [.init(age(reported.since))],
      tags: .init(
        isAccepted: reported.open == 0, isWorse: reported.new > 0,
        stride: control.map { judgement.policy.stride(of: $0) } ?? [],
        surface: risk?.surface ?? "", hosts: reported.places.map(\.host).uniqued),
      facts: facts)
  }

  /// How long something fails, in whole days.
  private func age(_ since: Int64) -> String {
    let days = Age(since: since, until: judgement.time).days
    return days == 0 ? "< 1 day" : TrendReport.count(days, "day")
  }

  /// On how many hosts, and for how many items.
  private func counts(_ reported: ReportedFindings.Reported) -> Document.Line {
    var words: [String] = []
    if reported.open > 0 { words.append(TrendReport.count(reported.open, "host")) }
    if reported.items > 0 { words.append(TrendReport.count(reported.items, "item")) }
    if reported.accepted > 0 {
      words.append("accepted on \(TrendReport.count(reported.accepted, "host"))")
    }
    return [.init(words.joined(separator: ", "))]
  }

  /// The hosts with their items; hosts that have the same in one line.
  private func where_(_ reported: ReportedFindings.Reported) -> Document.Line {
    var groups: [(places: [ReportedFindings.Place], first: ReportedFindings.Place)] = []
    for place in reported.places {
      let index = groups.firstIndex {
        $0.first.items == place.items
          && CivilTime.short($0.first.since) == CivilTime.short(place.since)
          && $0.first.isAccepted == place.isAccepted && $0.first.isTruncated == place.isTruncated
      }
      if let index { groups[index].places.append(place) } else { groups.append(([place], place)) }
    }
    var line: Document.Line = []
    for (places, first) in groups {
      if !line.isEmpty { line.append(.lineBreak) }
      for (number, place) in places.enumerated() {
        if number > 0 { line.append(.init(", ")) }
        line.append(.host(place.host))
      }
      if !first.items.isEmpty {
        line.append(.init(": "))
        line += RunReport.items(first.items, isTruncated: first.isTruncated, most: 20)
      }
      let words = first.isFromStart ? ", since the first run, " : ", since "
      line.append(.init(words + CivilTime.short(first.since) + " UTC", .faint))
      if first.isAccepted { line.append(.init(", accepted", .notable)) }
    }
    let more = reported.open + reported.accepted - Set(reported.places.map(\.host)).count
    if more > 0 {
      line += [.lineBreak, .init("and \(TrendReport.count(more, "more host"))", .faint)]
    }
    return line
  }

  /// What the tools printed, each text once.
  private func printed(_ reported: ReportedFindings.Reported) -> Document.Line {
    var line: Document.Line = []
    var texts: [String] = []
    for place in reported.places {
      let text = "[\(place.printed.word)] \(place.printed.id) - \(place.printed.title)"
      guard !texts.contains(text), texts.count < 3 else { continue }
      texts.append(text)
      if !line.isEmpty { line.append(.lineBreak) }
      line.append(.init(Untrusted(text), .strong))
      if let path = place.path {
        line.append(.init(Untrusted(" \(path):\(place.line)"), .faint))
      }
    }
    return line
  }

  /// The ids that the editions have the control under.
  private func ids(_ control: ControlID) -> [Document.Card.Fact] {
    let editions = judgement.policy.catalog.editions
    let spans = EditionSpan.spans(editions.entries(of: control)) { $0.ids == $1.ids }
    guard !spans.isEmpty else { return [] }
    var tools: [(tool: Tool, ids: [(id: String, editions: [String])])] = []
    for span in spans {
      let tool = tools.firstIndex { $0.tool == span.first.tool } ?? tools.count
      if tool == tools.count { tools.append((span.first.tool, [])) }
      let name = span.first.ids.joined(separator: ", ")
      let id = tools[tool].ids.firstIndex { $0.id == name } ?? tools[tool].ids.count
      if id == tools[tool].ids.count { tools[tool].ids.append((name, [])) }
      tools[tool].ids[id].editions.append(span.words)
    }
    var line: Document.Line = []
    for (tool, ids) in tools {
      if !line.isEmpty { line.append(.lineBreak) }
      line.append(.init(Untrusted(tool.name + ": "), .faint))
      for (number, own) in ids.enumerated() {
        if number > 0 { line.append(.init("; ")) }
        line.append(.init(Untrusted(own.id), .strong))
        line.append(.init(Untrusted(" in " + own.editions.joined(separator: ", "))))
      }
    }
    return [.init("Ids", line, isDetail: true)]
  }

  /// What to do, with the text where none of the steps has it, and how to see that it is done.
  private func fix(_ advice: Advice, _ steps: [String: Int]) -> [Document.Card.Fact] {
    var line: Document.Line = [.init(Untrusted(advice.fix.title + ". " + advice.fix.note))]
    line.append(
      .init(Untrusted(" Restart: \(advice.restart); effort: \(advice.effort)."), .faint))
    var code: Document.Code?
    if let step = steps[advice.fix.id] {
      line.append(.init(" The text is in step \(step) of what to fix first.", .faint))
    } else if let snippet = texts[advice.fix.id] {
      code = Document.Code(text: snippet.text, language: snippet.language)
    }
    return [
      .init("Fix", line, code: code),
      .init("Verify", [.init(Untrusted(advice.verification), .code)], isDetail: true),
    ]
  }
}

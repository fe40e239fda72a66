package import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// The report on the threat model, against what the runs say.
package enum ThreatsReport {
  /// Describes threats for people: by system and category, each with its state and evidence.
  ///
  /// - Parameters:
  ///   - assessment: The threats, with hosts or without.
  ///   - system: The only system that is asked for.
  ///   - isVerbose: Whether descriptions and all controls are printed.
  /// - Returns: The report.
  package static func document(
    _ assessment: ThreatAssessment, system: Threat.System?, isVerbose: Bool
  ) -> Document {
    var document = Document()
    let hasHosts = assessment.rows.contains { $0.hostCount > 0 || !$0.withoutRun.isEmpty }
    document.heading(.init("Threat model"))
    if hasHosts {
      document.paragraph(summary(assessment, system))
    } else {
      document.paragraph(.init("Without a run: what is said is the model alone.", .faint))
    }
    for known in Threat.System.allCases where system == nil || system == known {
      let rows = assessment.rows.filter { $0.threat.system == known }
      guard !rows.isEmpty else { continue }
      document.section(.init(known.title))
      for category in Stride.allCases {
        let own = rows.filter { $0.threat.stride == category }
        guard !own.isEmpty else { continue }
        document.heading(.init(category.title))
        if isVerbose {
          for row in own { describe(row, hasHosts: hasHosts, &document) }
        } else {
          table(own, hasHosts: hasHosts, &document)
        }
      }
    }
    return document
  }

  private static func summary(
    _ assessment: ThreatAssessment, _ system: Threat.System?
  ) -> Document.Line {
    var line: Document.Line = []
    for state in ThreatState.allCases {
      let count = assessment.rows.count {
        $0.state == state && (system == nil || $0.threat.system == system)
      }
      line.append(.init("\(count) "))
      line.append(word(state))
      line.append(.init(state == ThreatState.allCases.last ? "" : ", "))
    }
    return line
  }

  private static func table(
    _ rows: [ThreatAssessment.Row], hasHosts: Bool, _ document: inout Document
  ) {
    document.table(
      (hasHosts ? [Document.Column("state")] : [])
        + [
          Document.Column("threat", isFlexible: true),
          Document.Column(hasHosts ? "evidence" : "answered by", isFlexible: true),
        ],
      rows.map { row in
        (hasHosts ? [[word(row.state)]] : []) + [
          [.init(Untrusted(row.threat.title)), .init(Untrusted(" " + row.threat.id), .faint)],
          hasHosts
            ? evidence(row) : [.init(Untrusted(row.threat.controls.joined(separator: ", ")))],
        ]
      })
  }

  /// Which controls say so, with the hosts on which they fail.
  private static func evidence(_ row: ThreatAssessment.Row) -> Document.Line {
    var line: Document.Line = []
    let open = row.failing
    let failing = open + row.accepted
    for (index, entry) in failing.prefix(6).enumerated() {
      if index > 0 { line.append(.init(", ")) }
      line.append(.init(Untrusted(entry.control)))
      line.append(.init(row.hostCount > 1 ? " (\(entry.hosts))" : "", .faint))
      if index >= open.count { line.append(.init(" accepted", .notable)) }
    }
    if failing.count > 6 { line.append(.init(" and \(failing.count - 6) more", .faint)) }
    if !line.isEmpty { line.append(.init("; ")) }
    line.append(.init("\(row.judged) of \(row.total) judged", .faint))
    if row.hostCount == 0 { return [.init("no run of this system", .faint)] }
    return line
  }

  private static func describe(
    _ row: ThreatAssessment.Row, hasHosts: Bool, _ document: inout Document
  ) {
    var title: Document.Line = [.init(Untrusted(row.threat.title), .strong)]
    title.append(.init(Untrusted(" " + row.threat.id), .faint))
    if hasHosts {
      title.append(.init(": "))
      title.append(word(row.state))
    }
    document.paragraph(title)
    document.paragraph(.init(Untrusted(row.threat.description)))
    document.bullet([
      .init("components: ", .faint),
      .init(Untrusted(row.threat.components.joined(separator: ", "))),
    ])
    guard hasHosts else {
      document.bullet([
        .init("answered by: ", .faint),
        .init(Untrusted(row.threat.controls.joined(separator: ", "))),
      ])
      return
    }
    document.bullet([.init("evidence: ", .faint)] + evidence(row))
    for host in row.describedHosts {
      for found in host.open {
        var line: Document.Line = [.init(Untrusted(host.host)), .init(": ")]
        line.append(
          .init(Untrusted("\(found.check.checkID) \(found.check.title)")))
        if !found.openItems.isEmpty {
          line.append(.init(": "))
          line += RunReport.items(found.openItems)
        }
        document.bullet(line)
      }
    }
    let unjudged = row.unjudged.map { entry in
      entry.control + (row.hostCount > 1 ? " (\(entry.hosts))" : "")
    }
    if !unjudged.isEmpty {
      document.bullet([
        .init("not judged: ", .faint),
        .init(Untrusted(unjudged.joined(separator: ", ")), .notable),
      ])
    }
  }

  /// A state as a word in its colour.
  static func word(_ state: ThreatState) -> Document.Span {
    switch state {
    case .exposed: .init(state.name, .bad)
    case .accepted: .init(state.name, .notable)
    case .mitigated: .init(state.name, .good)
    case .unknown: .init(state.name, .faint)
    }
  }
}

/// `benchtrail.threats.v1`: the threat model, against what the runs say.
package struct ThreatsJSON: Encodable {
  struct ThreatJSON: Encodable {
    let id: String
    let system: String
    let stride: String
    let title: String
    let description: String
    let components: [String]
    let controls: [String]
    let state: String
    let judged: Int
    let total: Int
    let hosts: [HostJSON]
    let withoutRun: [String]
  }

  struct HostJSON: Encodable {
    let host: String
    let state: String
    let open: [String]
    let accepted: [String]
    let passing: [String]
    let unjudged: [UnjudgedJSON]
  }

  struct UnjudgedJSON: Encodable {
    let control: String
    let reason: String
  }

  let schema = "benchtrail.threats.v1"
  let threats: [ThreatJSON]

  /// Describes threats.
  package init(_ assessment: ThreatAssessment, system: Threat.System?) {
    threats = assessment.rows.filter { system == nil || $0.threat.system == system }.map { row in
      ThreatJSON(
        id: row.threat.id, system: row.threat.system.name, stride: row.threat.stride.name,
        title: row.threat.title, description: row.threat.description,
        components: row.threat.components, controls: row.threat.controls, state: row.state.name,
        judged: row.judged, total: row.total,
        hosts: row.hosts.map { host in
          HostJSON(
            host: host.host, state: host.state.name, open: host.failing,
            accepted: host.accepted, passing: host.passing,
            unjudged: host.unjudged.map {
              UnjudgedJSON(control: $0.control, reason: $0.reason.name)
            })
        }, withoutRun: row.withoutRun)
    }
  }
}

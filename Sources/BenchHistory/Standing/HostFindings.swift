package import BenchModel

/// All that is known of a host now: what its newest runs found, and what they left open.
package struct HostFindings: Sendable {
  package let host: String
  /// The last run of each tool, the newest first.
  package let runs: [HistoryRun]
  /// What the tools of these runs check.
  package let systems: [Tool.System]
  /// In the order of the logs, what the newest runs left out last; retired ones are not among them.
  package let findings: [CurrentFinding]
  /// What the newest run of each system did to the open failures.
  package let books: Books
  package let known: KnownFindings

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - known: What is known of its systems.
  package init(_ host: String, _ known: KnownFindings) {
    self.host = host
    self.known = known
    let parts = known.parts
    runs = parts.flatMap { part in part.record.lasts.map { part.record.runs[$0.run] } }
      .sorted { $0.order > $1.order }
    systems = parts.filter { $0.record.count > 0 }.map(\.system)
    books = parts.reduce(into: Books()) { $0 += $1.record.books }
    findings = Stretch.of(parts).flatMap { stretch in
      stretch.places.map {
        CurrentFinding(known, part: stretch.part, place: $0, isLeftOut: stretch.isLeftOut)
      }
    }
  }

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - standing: The host's runs until now.
  ///   - findings: Returns the findings of a run.
  package init(
    _ host: String, _ standing: HostStanding,
    findings: @escaping (HistoryRun) throws -> [Finding]
  ) {
    let parts = zip(standing.checks.allSystems, standing.systems).filter { $1.runs > 0 }
      .map { KnownFindings.Part(system: $0, record: $1.record) }
    self.init(host, KnownFindings(standing.checks, parts, load: findings))
  }

  /// Creates what is known of a host from its parts.
  package init(
    host: String, runs: [HistoryRun], systems: [Tool.System], findings: [CurrentFinding],
    known: KnownFindings
  ) {
    self.host = host
    self.runs = runs
    self.systems = systems
    self.findings = findings
    self.known = known
    books = Books()
  }

  /// Throws what went wrong when findings were read.
  package func check() throws {
    if let failure = known.failure { throw failure }
  }

  /// Entries of a record that one content judged last, in its order.
  private struct Stretch {
    var part: Int
    var isLeftOut: Bool
    var order: RunOrder
    var places: [Int]

    static func of(_ parts: [KnownFindings.Part]) -> [Stretch] {
      var stretches: [Stretch] = []
      for (part, own) in parts.enumerated() {
        let record = own.record
        var content: Int?
        for (place, entry) in record.entries.enumerated() {
          if entry.content != content {
            content = entry.content
            let last = record.lasts.first { $0.content == entry.content }
            stretches.append(
              Stretch(
                part: part, isLeftOut: last == nil,
                order: record.runs[last?.run ?? entry.run].order, places: []))
          }
          if !entry.isRetired { stretches[stretches.count - 1].places.append(place) }
        }
      }
      return stretches.sorted { one, other in
        one.isLeftOut != other.isLeftOut ? other.isLeftOut : one.order > other.order
      }
    }
  }
}

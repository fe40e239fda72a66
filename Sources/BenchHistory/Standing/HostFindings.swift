package import BenchModel

/// All that is known of a host now: what its newest runs found, and what they left open.
package struct HostFindings: Sendable {
  /// Where a finding stands; nothing in it is on the heap, as a fleet has a million of them.
  package struct Place: Hashable, Sendable {
    /// The place of its system among the parts of ``HostFindings/known``.
    package var part: Int32
    /// Its place among the entries of the part.
    package var entry: Int32
    /// Whether the newest run of its tool did not judge the control.
    package var isLeftOut: Bool
  }

  package let host: String
  /// The last run of each tool, the newest first.
  package let runs: [HistoryRun]
  /// What the tools of these runs check.
  package let systems: [Tool.System]
  /// In the order of the logs, what the newest runs left out last; retired ones are not among them.
  package let places: [Place]
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
    places = Stretch.places(of: parts)
  }

  /// Collects what is known of a host.
  ///
  /// - Parameters:
  ///   - host: The host.
  ///   - standing: The host's runs until now.
  ///   - source: Returns findings of a run.
  package init(_ host: String, _ standing: HostStanding, _ source: @escaping FindingSource) {
    let parts = zip(standing.checks.allSystems, standing.systems).filter { $1.runs > 0 }
      .map { KnownFindings.Part(system: $0, record: $1.record) }
    self.init(host, KnownFindings(standing.checks, parts, source))
  }

  /// The findings at their places.
  package var findings: [CurrentFinding] { places.map { self[$0] } }

  /// The finding at a place.
  package subscript(place: Place) -> CurrentFinding {
    CurrentFinding(
      known, part: Int(place.part), place: Int(place.entry), isLeftOut: place.isLeftOut)
  }

  /// Throws what went wrong when findings were read.
  package func check() throws {
    if let failure = known.failure { throw failure }
  }

  /// Entries of a record that one content judged last, in its order.
  private struct Stretch {
    var part: Int32
    var isLeftOut: Bool
    var order: RunOrder
    var entries: Range<Int>

    static func places(of parts: [KnownFindings.Part]) -> [Place] {
      var stretches: [Stretch] = []
      var count = 0
      for (part, own) in parts.enumerated() {
        let record = own.record
        count += record.entries.count
        var start = 0
        while start < record.entries.count {
          let first = record.entries[start]
          var end = start + 1
          while end < record.entries.count, record.entries[end].content == first.content {
            end += 1
          }
          let last = record.lasts.first { $0.content == first.content }
          stretches.append(
            Stretch(
              part: Int32(truncatingIfNeeded: part), isLeftOut: last == nil,
              order: record.runs[last?.run ?? first.run].order, entries: start..<end))
          start = end
        }
      }
      stretches.sort { one, other in
        one.isLeftOut != other.isLeftOut ? other.isLeftOut : one.order > other.order
      }
      var places: [Place] = []
      places.reserveCapacity(count)
      for stretch in stretches {
        let record = parts[Int(stretch.part)].record
        for entry in stretch.entries where !record.entries[entry].isRetired {
          places.append(
            Place(
              part: stretch.part, entry: Int32(truncatingIfNeeded: entry),
              isLeftOut: stretch.isLeftOut))
        }
      }
      return places
    }
  }
}

import BenchHistory

/// Findings of one control that need a person, with the hosts that have them.
struct FindingTally {
  /// How many notes are shown.
  private static let mostNotes = 3

  var check: CheckKeys.Check
  var hosts = 0
  var examples: [String] = []
  /// Who accepted or decided it, by the places in the policy.
  var notes: [Int: String] = [:]

  mutating func add(_ host: String) {
    hosts += 1
    if examples.count < 3 { examples.append(host) }
  }

  /// The notes in the order of the policy, as far as there is room.
  var note: String {
    let sorted = notes.sorted { $0.key < $1.key }.map(\.value)
    let shown = sorted.prefix(Self.mostNotes).joined(separator: "; ")
    return sorted.count > Self.mostNotes
      ? shown + "; and \(sorted.count - Self.mostNotes) more" : shown
  }
}

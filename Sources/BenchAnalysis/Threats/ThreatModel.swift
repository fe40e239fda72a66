package import BenchModel

/// The threats that a team reckons with.
package struct ThreatModel: Hashable, Sendable {
  /// Each with another id.
  package let threats: [Threat]

  /// Creates a model; of several threats with one id the last one counts, at the place of the first.
  package init(_ threats: [Threat] = []) {
    var places: [String: Int] = [:]
    var result: [Threat] = []
    for threat in threats {
      if let place = places[threat.id] {
        result[place] = threat
      } else {
        places[threat.id] = result.count
        result.append(threat)
      }
    }
    self.threats = result
  }

  /// Adds a team's threats: one with a known id replaces that one at its place, the others follow behind.
  ///
  /// - Parameters:
  ///   - team: The team's threats.
  ///   - hidden: The ids of those that the team does not reckon with.
  ///   - replacing: Whether the team's are all there are.
  /// - Returns: The model that counts.
  package func merging(
    _ team: [Threat], hiding hidden: Set<String> = [], replacing: Bool = false
  ) -> ThreatModel {
    ThreatModel((replacing ? team : threats + team).filter { !hidden.contains($0.id) })
  }

  /// The threat with an id.
  package subscript(id: String) -> Threat? { threats.first { $0.id == id } }
}

extension Policy {
  /// How severe a threat is: as its model says, else as its worst deciding control is.
  package func severity(of threat: Threat) -> Severity {
    let deciding = threat.evidence.deciding + threat.evidence.decidingWhereChecked
    return threat.severity ?? deciding.compactMap { severity(of: $0) }.max() ?? .medium
  }
}

/// A category of threat: spoofing, tampering, repudiation, information disclosure, denial of service, elevation of
/// privilege.
package enum Stride: UInt8, Hashable, Sendable, CaseIterable {
  case spoofing = 0
  case tampering = 1
  case repudiation = 2
  case disclosure = 3
  case denial = 4
  case elevation = 5

  /// The name used in every machine format.
  package var name: String {
    switch self {
    case .spoofing: "spoofing"
    case .tampering: "tampering"
    case .repudiation: "repudiation"
    case .disclosure: "disclosure"
    case .denial: "denial"
    case .elevation: "elevation"
    }
  }

  /// The category in full.
  package var title: String {
    switch self {
    case .spoofing: "Spoofing"
    case .tampering: "Tampering"
    case .repudiation: "Repudiation"
    case .disclosure: "Information disclosure"
    case .denial: "Denial of service"
    case .elevation: "Elevation of privilege"
    }
  }

  /// The letter that the category has in the word STRIDE.
  package var letter: String { String(title.prefix(1)) }

  /// Creates a category from its name.
  package init?(name: some StringProtocol) {
    guard let category = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = category
  }
}

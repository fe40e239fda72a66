package import BenchModel

/// What someone could do to a system, and the controls that answer it.
package struct Threat: Hashable, Sendable {
  /// What a threat is about.
  package enum System: UInt8, Hashable, Sendable, CaseIterable {
    case docker = 0
    case kubernetes = 1

    /// The name used in every format.
    package var name: String {
      switch self {
      case .docker: "docker"
      case .kubernetes: "kubernetes"
      }
    }

    /// The name as its project writes it.
    package var title: String {
      switch self {
      case .docker: "Docker"
      case .kubernetes: "Kubernetes"
      }
    }

    /// Creates a system from its name.
    package init?(name: some StringProtocol) {
      guard let system = Self.allCases.first(where: { $0.name == name }) else { return nil }
      self = system
    }

    /// Creates a system from what a tool checks; nil for a tool of which nothing is known.
    package init?(_ system: Tool.System) {
      switch system {
      case .docker: self = .docker
      case .kubernetes: self = .kubernetes
      case .other: return nil
      }
    }

    /// Creates the system that a control is about: the catalogue's names tell it.
    package init(of control: ControlID) {
      self = control.hasPrefix("kube-") ? .kubernetes : .docker
    }
  }

  /// A slug, by which a team's threat replaces a default one.
  package var id: String
  package var system: System
  package var title: String
  package var stride: Stride
  /// The parts of the system that it is about, in words.
  package var components: [String]
  /// Who does it, how, and what they gain.
  package var description: String
  /// The controls that answer it: it is open as long as one of them fails.
  package var controls: [ControlID]
  /// Why a control answers it that has other categories; nil where there is nothing to explain.
  package var note: String?

  /// Creates a threat.
  package init(
    id: String, system: System, title: String, stride: Stride, components: [String],
    description: String, controls: [ControlID], note: String? = nil
  ) {
    self.id = id
    self.system = system
    self.title = title
    self.stride = stride
    self.components = components
    self.description = description
    self.controls = controls
    self.note = note
  }
}

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
  ///   - replacing: Whether they are all there are.
  /// - Returns: The model that counts.
  package func merging(_ team: [Threat], replacing: Bool = false) -> ThreatModel {
    ThreatModel(replacing ? team : threats + team)
  }

  /// The threat with an id.
  package subscript(id: String) -> Threat? { threats.first { $0.id == id } }

  /// The threats to a system, in the order of the categories, and of each in that of the model.
  package func threats(to system: Threat.System) -> [Threat] {
    Stride.allCases.flatMap { category in
      threats.filter { $0.system == system && $0.stride == category }
    }
  }
}

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

  /// What a control has to do with a threat.
  package enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// The threat is open where it fails, and answered only where it holds.
    case deciding = 0
    /// As ``deciding``, but only where the host's benchmark has such a check: for what newer versions dropped.
    case decidingWhereChecked = 1
    /// It weakens or strengthens the answer, and opens nothing by itself.
    case supporting = 2
    /// It stands in for a deciding control that fails.
    case mitigating = 3

    /// Whether a failure opens the threat.
    package var isDeciding: Bool { self == .deciding || self == .decidingWhereChecked }
  }

  /// The controls of a threat by what they have to do with it.
  package struct Evidence: Hashable, Sendable {
    package var deciding: [ControlID]
    package var decidingWhereChecked: [ControlID]
    package var supporting: [ControlID]
    package var mitigating: [ControlID]
    /// The one tool whose verdict on a control counts; a control without an entry is judged by any.
    package var tools: [ControlID: Tool]

    /// Creates evidence.
    package init(
      deciding: [ControlID], decidingWhereChecked: [ControlID] = [], supporting: [ControlID] = [],
      mitigating: [ControlID] = [], tools: [ControlID: Tool] = [:]
    ) {
      self.deciding = deciding
      self.decidingWhereChecked = decidingWhereChecked
      self.supporting = supporting
      self.mitigating = mitigating
      self.tools = tools
    }

    /// All controls, the deciding ones first.
    package var controls: [ControlID] { deciding + decidingWhereChecked + supporting + mitigating }

    /// What each of ``controls`` has to do with the threat.
    package var roles: [Role] {
      zip(Role.allCases, [deciding, decidingWhereChecked, supporting, mitigating])
        .flatMap { role, controls in Array(repeating: role, count: controls.count) }
    }
  }

  /// What must be so for a threat to be open at all.
  package struct Condition: Hashable, Sendable {
    /// An outcome of a control, written `daemon-tls-auth notApplicable` in a policy, with a tool's name behind it where
    /// only that tool can tell.
    package struct Sign: Hashable, Sendable {
      package var control: ControlID
      package var outcome: Outcome
      /// Nil where any tool's outcome tells.
      package var tool: Tool?

      /// Creates a sign.
      package init(_ control: ControlID, _ outcome: Outcome, by tool: Tool? = nil) {
        self.control = control
        self.outcome = outcome
        self.tool = tool
      }

      /// The sign as a policy has it.
      package var text: String {
        [control, outcome.name, tool?.name].compactMap { $0 }.joined(separator: " ")
      }
    }

    /// What must be so, as a clause without a full stop: "The daemon listens on TCP".
    package var says: String
    /// One of these shows that it is so, whatever else is found.
    package var shown: [Sign]
    /// One of these shows that it is not.
    package var refuted: [Sign]

    /// Creates a condition.
    package init(says: String, shown: [Sign], refuted: [Sign]) {
      self.says = says
      self.shown = shown
      self.refuted = refuted
    }
  }

  /// A slug, by which a team's threat replaces a default one.
  package var id: String
  package var system: System
  package var title: String
  package var stride: Stride
  /// How bad it is if it happens, and how likely; nil for that of its worst deciding control.
  package var severity: Severity?
  /// Whether it is one of the few that a short document names where nothing tells which matter.
  package var isCore: Bool
  /// The parts of the system that it is about, in words.
  package var components: [String]
  /// Who does it, how, and what they gain.
  package var description: String
  /// What must be so for it to be open at all; nil where it may be open anywhere.
  package var condition: Condition?
  /// The controls whose findings tell its state.
  package var evidence: Evidence
  /// What to do about it; empty where nobody has said.
  package var countermeasure: String
  /// Techniques of MITRE ATT&CK.
  package var techniques: [String]
  /// Names of sources of the catalogue, `judgement`, or a team's own words.
  package var sources: [String]
  /// Why a control answers it that has other categories; nil where there is nothing to explain.
  package var note: String?

  /// Creates a threat.
  package init(
    id: String, system: System, title: String, stride: Stride, severity: Severity? = nil,
    isCore: Bool = false, components: [String], description: String,
    condition: Condition? = nil, evidence: Evidence, countermeasure: String = "",
    techniques: [String] = [], sources: [String] = [], note: String? = nil
  ) {
    self.id = id
    self.system = system
    self.title = title
    self.stride = stride
    self.severity = severity
    self.isCore = isCore
    self.components = components
    self.description = description
    self.condition = condition
    self.evidence = evidence
    self.countermeasure = countermeasure
    self.techniques = techniques
    self.sources = sources
    self.note = note
  }

  /// All controls that have to do with it, the deciding ones first.
  package var controls: [ControlID] { evidence.controls }

  /// Whether a failure of a control opens it.
  package func isDecided(by control: ControlID) -> Bool {
    evidence.deciding.contains(control) || evidence.decidingWhereChecked.contains(control)
  }
}

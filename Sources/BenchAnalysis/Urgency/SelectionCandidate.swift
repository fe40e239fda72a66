package import BenchModel

extension Selection {
  /// A control that may be chosen, or was named.
  package struct Candidate: Sendable {
    package var control: ControlID
    /// The finding of the host on which it is most telling.
    package var finding: Finding
    /// That host first.
    package var hosts: [String]
    package var severity: Severity?
    package var score: Double
    /// The ids of the threats that it answers, each once.
    package var threats: [String]
    /// The id by which an analyst named it; nil where a control was named, or the program chose.
    package var asked: String?
    /// The attack surface, such as `runtime`; empty where none is known.
    package var surface: String
    /// Whether it must not be chosen.
    package var isExcluded: Bool
    /// Whether it is none of the findings of which some of the chosen must be none.
    package var isOutside: Bool
    /// Whether there is nothing to change where it was found.
    package var isUnfixable: Bool
    /// The run that the finding is from.
    package var source: RunSummary?
    /// The newest run in which the control failed on the telling host; nil where none did.
    package var before: Evidence?
    /// The newest run that judged it there.
    package var now: Evidence?

    /// Creates a candidate.
    package init(
      control: ControlID, finding: Finding, hosts: [String], severity: Severity?, score: Double,
      threats: [String], asked: String? = nil, surface: String = "", isExcluded: Bool = false,
      isOutside: Bool = true,
      isUnfixable: Bool = false, source: RunSummary? = nil, before: Evidence? = nil,
      now: Evidence? = nil
    ) {
      self.control = control
      self.finding = finding
      self.hosts = hosts
      self.severity = severity
      self.score = score
      self.threats = threats
      self.asked = asked
      self.surface = surface
      self.isExcluded = isExcluded
      self.isOutside = isOutside
      self.isUnfixable = isUnfixable
      self.source = source
      self.before = before
      self.now = now
    }

    /// How severe it is, from 0 for low to 3 for critical; what no edition knows counts as medium.
    var tier: Int { Int((severity ?? .medium).rawValue) }
  }

  /// What a run printed of a control.
  package struct Evidence: Sendable {
    package var run: RunSummary
    /// As the run's log has it, with what the policy accepts.
    package var finding: Finding

    /// Creates evidence.
    package init(run: RunSummary, finding: Finding) {
      self.run = run
      self.finding = finding
    }

    /// What the tool printed under an id: the word, the id and the title.
    ///
    /// - Parameter id: The id that was asked for; that of a part of the check, such as `2.2.b`, is shown where the run
    ///   printed it.
    /// - Returns: The three as the tool printed them.
    package func printed(_ id: String?) -> (word: String, id: String, title: String) {
      if let id, let part = finding.part(id) { return (part, id, finding.title) }
      return (finding.printed.word, finding.checkID, finding.title)
    }

    /// Whether a word stands for a failure of a part.
    package static func isFailing(_ word: String?) -> Bool { word == "FAIL" || word == "WARN" }
  }

  /// What is chosen.
  package struct Rule: Sendable {
    /// How many; nil for as many as the surfaces have room for.
    package var count: Int?
    /// The most of one attack surface; nil for any number.
    package var perSurface: Int?
    /// Whether threats count, or urgency alone.
    package var coversThreats: Bool
    /// How many of the chosen must be outside.
    package var outside: Int

    /// Creates a rule.
    package init(
      count: Int? = nil, perSurface: Int? = nil, coversThreats: Bool = false, outside: Int = 0
    ) {
      self.count = count
      self.perSurface = perSurface
      self.coversThreats = coversThreats
      self.outside = outside
    }
  }

  /// What a name that a person gave means on some hosts.
  package struct Meaning: Hashable, Sendable {
    /// As it was given.
    package var name: String
    /// The id in it; nil where a control was named.
    package var id: String?
    /// The edition that has the id; nil where no run's edition has it, or a control was named.
    package var edition: String?
    package var control: ControlID
    /// The hosts on which it means that, and of which a run has the control.
    package var hosts: [String]

    /// Creates a meaning.
    package init(
      name: String, id: String?, edition: String?, control: ControlID, hosts: [String]
    ) {
      self.name = name
      self.id = id
      self.edition = edition
      self.control = control
      self.hosts = hosts
    }
  }
}

extension Finding {
  /// The word that the tool printed for a part of the check, such as `2.2.b`; nil where it printed no such part.
  ///
  /// An edition may ask one question in several places; the details of the finding have a line for each.
  package func part(_ id: String) -> String? {
    for detail in details {
      let words = detail.split(separator: " ")
      if words.count == 2, words[1] == id { return String(words[0]) }
    }
    return nil
  }
}

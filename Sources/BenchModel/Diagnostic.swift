/// Something about a log that did not stop the reading of it.
package struct Diagnostic: Hashable, Sendable {
  /// How much it matters.
  package enum Severity: UInt8, Hashable, Sendable {
    case warning = 0
    case error = 1

    /// The word used in every format.
    package var name: String {
      switch self {
      case .warning: "warning"
      case .error: "error"
      }
    }
  }

  /// What was noticed, with the values that its wording needs.
  package enum Kind: Hashable, Sendable {
    /// A line has a result's mark and no known shape.
    case unreadLine(String)
    /// The run is longer than what is kept of one; the rest of it was passed over.
    case runTooLong(limit: Int)
    /// The run has more checks than are kept of one; the rest of it was passed over.
    case tooManyChecks(limit: Int)
    /// The file has more runs than are kept of one; the rest of it was passed over.
    case tooManyRuns(limit: Int)
    /// A text is longer than what is kept of one; its end was left out.
    case textTooLong(limit: Int)
    /// The bytes of the run's log are too many to be kept as its evidence.
    case evidenceTooLong(limit: Int)
    /// The run ends before the tool was done.
    case cutOff
    /// The run's first lines are missing.
    case headMissing
    /// The tool's own count of checks differs from what was read.
    case checksDiffer(printed: Int, read: Int)
    /// The tool's own score differs from the one that the results give.
    case scoreDiffers(printed: Int, computed: Int)
    /// The JSON is broken, and was read as far as it could be understood.
    case brokenJSON
    /// A compressed file ends early or is damaged; what came before was read.
    case brokenCompression
    /// The start time could not be understood.
    case startUnread(String)
    /// The zone's abbreviation has several meanings, and the commonest was taken.
    case zoneGuessed(zone: String, offset: String)
    /// Nothing is known of the zone's abbreviation, and UTC was taken.
    case zoneUnknown(zone: String)
    /// The version prints the month where the minutes belong, so the minutes are not known.
    case minutesUnknown
    /// No edition knows this check.
    case unknownCheck(id: String, title: String)
    /// The run's edition does not have the check, and others do; its control is theirs where they agree.
    case checkOfOther(id: String, own: String, others: [String], isMapped: Bool)
    /// No edition knows any of the run's checks.
    case editionUnknown
    /// Several editions fit the run alike; they give its checks the same controls.
    case editionGuessed(String, others: [String])
    /// No edition has the name that the run gives to its own; another one was taken.
    case editionUnlisted(String, taken: String)
    /// The edition knows less than half of the run's titles, and was taken for the ids.
    case editionByIDs(String, known: Int, of: Int)
    /// A run of the log has no check, and is not kept.
    case noChecks
    /// The edition's checks have no controls, and are kept by their ids.
    case editionUnmapped(String, checks: Int)
    /// The tool's own count of one kind of result differs from what was read.
    case countDiffers(target: String, status: Status, printed: Int, read: Int)
    /// The tool could not reach the Docker daemon, so that what it asks the daemon for was not tested.
    case daemonMissing
  }

  package var severity: Severity
  /// The 1-based line of the file, or 0 for the file as a whole.
  package var line: Int
  package var kind: Kind

  /// Creates a diagnostic.
  package init(_ kind: Kind, severity: Severity = .warning, line: Int = 0) {
    self.severity = severity
    self.line = line
    self.kind = kind
  }
}

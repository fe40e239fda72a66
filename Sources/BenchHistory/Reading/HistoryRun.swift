package import BenchModel

/// A run of a history, as far as its findings are not needed.
package struct HistoryRun: Hashable, Sendable {
  package var id: Int64
  /// Where it stands among the runs of its host.
  package var order: RunOrder
  /// The number of its release among those of the history.
  package var release: Int
  /// The number of its content: runs with the same one found the same.
  package var snapshot: Int
  package var isComplete: Bool
  package var scope: RunScope

  /// Creates a run.
  package init(
    id: Int64, order: RunOrder, release: Int, snapshot: Int, isComplete: Bool = true,
    scope: RunScope = .whole
  ) {
    self.id = id
    self.order = order
    self.release = release
    self.snapshot = snapshot
    self.isComplete = isComplete
    self.scope = scope
  }

  /// Seconds since 1970, in UTC.
  package var startedAt: Int64 { order.startedAt }

  /// Whether a run of the same release found the same.
  package func hasSameContent(as other: HistoryRun) -> Bool {
    snapshot == other.snapshot && release == other.release && scope == other.scope
  }
}

/// What a run found of one check, as far as a history needs it.
package struct HistoryFinding: Hashable, Sendable {
  /// The number of the check's id and title among those of the history.
  package var title: Int32
  package var outcome: Outcome
  /// How many different items it has; see ``Finding/itemCount``.
  package var items: Int32

  /// Creates a finding.
  package init(title: Int32, outcome: Outcome, items: Int32 = 0) {
    self.title = title
    self.outcome = outcome
    self.items = items
  }
}

/// A check as printed, with the control that it is.
package struct HistoryTitle: Hashable, Sendable {
  package var checkID: String
  package var title: String
  /// Nil for a check that no edition knows.
  package var control: ControlID?

  /// Creates a title.
  package init(checkID: String, title: String, control: ControlID?) {
    self.checkID = checkID
    self.title = title
    self.control = control
  }

  /// By what the check is known again.
  package var key: FindingKey { FindingKey(control: control, checkID: checkID, title: title) }
}

/// A host by the name that it has now, with the numbers of those that it had.
package struct HistoryHost: Hashable, Sendable {
  package var name: String
  package var ids: [Int]

  /// Creates a host.
  package init(name: String, ids: [Int]) {
    self.name = name
    self.ids = ids
  }
}

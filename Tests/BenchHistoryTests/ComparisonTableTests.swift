import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

/// Every outcome against every other, absent ones included, under every kind of scope.
struct `A table of comparisons` {
  /// The outcomes in the order of the table; nil is absent.
  private static let outcomes: [Outcome?] = [nil, .pass, .fail, .manual, .info, .notApplicable]

  /// Rows are the base, columns the head; a dash is no change.
  private static let table = """
    none -            other newlySeen  other other other
    pass notEvaluated -   regressed    other other other
    fail notEvaluated fixed stillFailing other other noLongerApplicable
    man  notEvaluated other regressed  -     other other
    info notEvaluated other regressed  other -     other
    n/a  notEvaluated other regressed  other other -
    """

  /// The change that the table has for a pair.
  private static func expected(_ base: Outcome?, _ head: Outcome?) throws -> Change? {
    let rows = table.split(separator: "\n").map { $0.split(separator: " ").dropFirst() }
    let row = try #require(outcomes.firstIndex(of: base))
    let column = try #require(outcomes.firstIndex(of: head))
    return Change(rawValue: Array(rows[row].map(String.init))[column])
  }

  private static func side(
    _ outcome: Outcome?, control: String = "container-no-privileged", items: [String] = [],
    scope: String = "", isComplete: Bool = true, isTruncated: Bool = false
  ) -> ComparedRun {
    let items = outcome == .fail ? items.map { Example.container($0) } : []
    let finding = outcome.map {
      Example.finding(control, $0, items: items, isTruncated: $0 == .fail && isTruncated)
    }
    // A second control, so that the runs have something in common.
    let other = Example.finding("daemon-live-restore", .pass, id: "9")
    return Example.run(
      [finding, other].compactMap { $0 }, isComplete: isComplete, scope: Example.scope(scope))
  }

  /// The only change, if any, of two sides.
  private static func change(_ base: ComparedRun, _ head: ComparedRun) -> ControlChange? {
    Example.compare(base, head).changes.first
  }

  @Test(arguments: outcomes, outcomes)
  func `of whole runs is as the page says`(base: Outcome?, head: Outcome?) throws {
    let expected = try Self.expected(base, head)
    let comparison = Example.compare(Self.side(base), Self.side(head))
    #expect(comparison.changes.map(\.change) == [expected].compactMap { $0 })
    #expect(comparison.unchanged == (expected == nil && base != nil ? 2 : 1))
    #expect(comparison.changes.first?.absence == (head == nil && base != nil ? .notRun : nil))
    #expect(Change(from: base, to: head) == expected)
  }

  /// A failure against what a run of another scope says: whether that run may have left out what failed.
  struct Case: CustomStringConvertible {
    var control = "container-no-privileged"
    var items: [String]
    var scope = ""
    var other: String
    var isLeftOut: Bool
    var isTruncated = false

    var description: String {
      "\(control) \(items)\(isTruncated ? "..." : "") in '\(scope)' and then in '\(other)'"
    }
  }

  static let cases = [
    Case(items: ["web"], other: "", isLeftOut: false),
    Case(items: [], other: "", isLeftOut: false),
    Case(items: ["web-1"], other: "include=web", isLeftOut: false),
    Case(items: ["db"], other: "include=web", isLeftOut: true),
    Case(items: ["web-1", "db"], other: "include=web", isLeftOut: true),
    Case(items: [], other: "include=web", isLeftOut: true),
    Case(items: ["web"], other: "exclude=db", isLeftOut: false),
    Case(items: ["db-1"], other: "exclude=db", isLeftOut: true),
    Case(items: [], other: "exclude=db", isLeftOut: true),
    Case(items: ["web"], other: "labels=tier", isLeftOut: true),
    Case(items: ["web"], other: "include=web exclude=db", isLeftOut: false),
    Case(items: ["web"], other: "exclude=^db.*", isLeftOut: true),
    Case(items: ["web"], scope: "labels=tier", other: "labels=tier", isLeftOut: false),
    Case(items: ["web-db"], other: "include=web exclude=db", isLeftOut: true),
    // A limited run, and then a whole one, which left nothing out.
    Case(items: ["web"], scope: "include=web", other: "", isLeftOut: false),
    Case(items: [], scope: "exclude=db", other: "", isLeftOut: false),
    // Both limited alike looked at the same.
    Case(items: ["web"], scope: "include=web", other: "include=web", isLeftOut: false),
    Case(items: [], scope: "exclude=db", other: "exclude=db", isLeftOut: false),
    Case(items: ["web"], scope: "exclude=db", other: "exclude=web", isLeftOut: true),
    Case(items: ["api"], scope: "exclude=db", other: "exclude=web", isLeftOut: false),
    // A list that was cut short may have had more.
    Case(items: ["web"], other: "include=web", isLeftOut: true, isTruncated: true),
    Case(items: ["web"], other: "", isLeftOut: false, isTruncated: true),
    // What is not about containers or images is not limited.
    Case(control: "daemon-icc-disabled", items: [], other: "include=web", isLeftOut: false),
    Case(control: "image-healthcheck", items: [], other: "labels=tier", isLeftOut: true),
    Case(control: "image-healthcheck", items: [], other: "include=web", isLeftOut: true),
    Case(control: "no-such-control", items: [], other: "include=web", isLeftOut: false),
  ]

  @Test(arguments: cases)
  func `of limited runs leaves open what was left out`(_ test: Case) throws {
    let failed = Self.side(
      .fail, control: test.control, items: test.items, scope: test.scope,
      isTruncated: test.isTruncated)
    for outcome in Outcome.allCases where outcome != .fail {
      let other = Self.side(outcome, control: test.control, scope: test.other)
      let after = try #require(Self.change(failed, other))
      let before = try #require(Self.change(other, failed))
      if test.isLeftOut {
        #expect(after.change == .notEvaluated)
        #expect(after.absence == .outOfScope)
        #expect(before.change == .newlySeen)
      } else {
        #expect(try after.change == Self.expected(.fail, outcome))
        #expect(after.absence == nil)
        #expect(try before.change == Self.expected(outcome, .fail))
      }
    }
    let absent = Self.side(nil, scope: test.other)
    #expect(Self.change(failed, absent)?.change == .notEvaluated)
    #expect(Self.change(absent, failed)?.change == .newlySeen)
    let again = Self.side(
      .fail, control: test.control, items: test.items, scope: test.other,
      isTruncated: test.isTruncated)
    #expect(Self.change(failed, again)?.change == .stillFailing)
  }

  @Test(arguments: Outcome.allCases, ["", "include=web", "exclude=db"])
  func `tells why a control is absent`(outcome: Outcome, scope: String) throws {
    func absence(_ control: String, isComplete: Bool) -> Absence? {
      Self.change(
        Self.side(outcome, control: control),
        Self.side(nil, scope: scope, isComplete: isComplete))?.absence
    }
    #expect(absence("container-no-privileged", isComplete: true) == .notRun)
    #expect(absence("container-no-privileged", isComplete: false) == .incompleteRun)
    #expect(absence("host-kernel-current", isComplete: true) == .notInEdition)
    #expect(absence("host-kernel-current", isComplete: false) == .notInEdition)
  }

  /// Items of a failure that came and went, in runs of two scopes.
  @Test(arguments: [
    ("", "", "db", "web"), ("", "include=web", "db", "web"), ("", "exclude=web", "db", ""),
    ("", "include=db", "db", ""), ("exclude=db", "", "", "web"), ("include=db", "", "db", "web"),
    ("exclude=db", "exclude=web", "", ""), ("include=x", "include=x", "db", "web"),
    ("labels=a", "", "", "web"),
  ])
  func `has no item that came or went because a run left it out`(
    base: String, head: String, added: String, removed: String
  ) throws {
    let change = try #require(
      Self.change(
        Self.side(.fail, items: ["api", "web"], scope: base),
        Self.side(.fail, items: ["api", "db"], scope: head)))
    #expect(change.change == .stillFailing)
    #expect(change.itemsAdded.map(\.name).joined() == added)
    #expect(change.itemsRemoved.map(\.name).joined() == removed)
  }
}

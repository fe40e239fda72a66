package import BenchCatalog
import BenchHistory
package import BenchModel

/// Where the open failures are: by STRIDE category and attack surface.
///
/// A failure of a control on a host counts once in each of its categories and once in the total, so that the categories
/// add up to more than the total. What is waived does not count. Categories are the team's where its policy has some.
package struct StrideMatrix: Sendable {
  /// A control that fails, in one of its categories.
  package struct Failure: Hashable, Sendable {
    package var control: ControlID
    /// Nil only if neither the catalogue nor the policy has one.
    package var severity: Severity?
    /// Whether the category is the control's first.
    package var isPrimary: Bool
    /// The hosts on which it is open, in the order in which they were added.
    package var hosts: [String]
  }

  /// The hosts on which a control is open, and where it counts.
  private struct Open {
    let control: ControlID
    let stride: [Stride]
    let surface: String
    /// The places of the hosts in ``names``.
    var hosts: [Int32] = []
  }

  /// The open failures, each once.
  package private(set) var total = 0
  /// Those among them without a category: checks that no edition knows.
  package private(set) var withoutCategory = 0
  private var open: [Open] = []
  private var places: [ControlID: Int] = [:]
  /// The places in ``open`` by the numbers of the checks of a history; -1 where none is known, and -2 for what has no
  /// category.
  private var numbered: (checks: CheckKeys.Token, places: [Int])?
  private var names: [String] = []
  private let judgement: Judgement
  /// What is known of the controls.
  package var catalog: Catalog { judgement.policy.catalog }

  /// Creates a matrix without a failure.
  package init(_ judgement: Judgement) { self.judgement = judgement }

  /// Counts all that is open on a host.
  package mutating func add(_ host: JudgedHost) {
    let checks = host.findings.known.checks
    var own = numbered.flatMap { $0.checks === checks.token ? $0.places : nil } ?? []
    numbered = nil
    if own.isEmpty { own = Array(repeating: -1, count: checks.count) }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(host.name)
    for verdict in host.verdicts where verdict.isOpen {
      total += 1
      if own[verdict.key] == -1 { own[verdict.key] = place(of: checks.control(verdict.key)) }
      let place = own[verdict.key]
      if place < 0 { withoutCategory += 1 } else { open[place].hosts.append(number) }
    }
    numbered = (checks.token, own)
  }

  /// The place of a control, which is made if it is new; -2 for what has no category.
  private mutating func place(of control: ControlID?) -> Int {
    guard let control else { return -2 }
    if let place = places[control] { return place }
    let stride = judgement.policy.stride(of: control)
    if stride.isEmpty { return -2 }
    places[control] = open.count
    open.append(Open(control: control, stride: stride, surface: surface(of: control)))
    return open.count - 1
  }

  /// The failures on a surface and in a category; of all where none is named.
  private func count(_ category: Stride?, _ surface: String?) -> Int {
    open.reduce(0) { sum, own in
      let isMeant =
        (surface.map { $0 == own.surface } ?? true)
        && (category.map(own.stride.contains) ?? true)
      return isMeant ? sum + own.hosts.count : sum
    }
  }

  private var openSurfaces: Set<String> {
    Set(open.map(\.surface))
  }

  private func surface(of control: ControlID) -> String {
    catalog.risks[control]?.surface ?? "other"
  }

  /// Surfaces in the order of the catalogue.
  fileprivate func sorted(_ surfaces: Set<String>) -> [String] {
    var order: [String: Int] = [:]
    for control in catalog.controls.all {
      let surface = surface(of: control.id)
      if order[surface] == nil { order[surface] = order.count }
    }
    return surfaces.sorted {
      ((order[$0] ?? .max), $0) < ((order[$1] ?? .max), $1)
    }
  }

  /// The surfaces with an open failure, in the order of the catalogue.
  package var surfaces: [String] { sorted(openSurfaces) }

  /// The open failures of a category on a surface.
  package subscript(category: Stride, surface: String) -> Int {
    count(category, surface)
  }

  /// The open failures of a category, on all surfaces.
  package func count(_ category: Stride) -> Int { count(category, nil) }

  /// The open failures on a surface, each once.
  package func count(surface: String) -> Int { count(nil, surface) }

  /// The failures of a category: the most severe first, of these the ones whose first category it is, then those on most
  /// hosts.
  package func worst(_ category: Stride, limit: Int = .max) -> [Failure] {
    var failures: [Failure] = []
    for own in open where own.stride.contains(category) {
      failures.append(
        Failure(
          control: own.control, severity: judgement.policy.severity(of: own.control),
          isPrimary: own.stride.first == category, hosts: own.hosts.map { names[Int($0)] }))
    }
    failures.sort { $0.rank < $1.rank }
    return Array(failures.prefix(max(limit, 0)))
  }

  /// What is different from another matrix.
  package func change(from base: StrideMatrix) -> Change { Change(base: base, head: self) }

  /// The difference between two matrices; above zero where more is open now.
  package struct Change: Sendable {
    package let base: StrideMatrix
    package let head: StrideMatrix

    /// How many failures more there are.
    package var total: Int { head.total - base.total }
    /// The surfaces with an open failure in either, in the order of the catalogue.
    package var surfaces: [String] {
      head.sorted(base.openSurfaces.union(head.openSurfaces))
    }

    /// How many more a category has on a surface.
    package subscript(category: Stride, surface: String) -> Int {
      head[category, surface] - base[category, surface]
    }

    /// How many more a category has.
    package func count(_ category: Stride) -> Int { head.count(category) - base.count(category) }

    /// How many more a surface has.
    package func count(surface: String) -> Int {
      head.count(surface: surface) - base.count(surface: surface)
    }
  }
}

/// Where the open failures are now, and where they were at a base.
///
/// Hosts and systems that have no base count on both sides with what is known now, so that the difference is what changed
/// and not what was seen first.
package struct StrideMovement: Sendable {
  package private(set) var now: StrideMatrix
  /// Nil where no host has a base.
  package var base: StrideMatrix? { hasBase ? before : nil }
  /// How many systems of hosts have no base, and do not count in the change.
  package private(set) var withoutBase = 0
  private var before: StrideMatrix
  private var hasBase = false

  /// Creates matrices without a failure.
  package init(_ judgement: Judgement) {
    now = StrideMatrix(judgement)
    before = now
  }

  /// Counts all that is open on a host.
  ///
  /// - Parameters:
  ///   - host: What is known of it now.
  ///   - base: What was known of it at the base; nil without one.
  ///   - withoutBase: How many of its systems have none.
  package mutating func add(_ host: JudgedHost, before base: JudgedHost?, withoutBase: Int = 0) {
    self.withoutBase += withoutBase
    now.add(host)
    before.add(base ?? host)
    if base != nil { hasBase = true }
  }
}

extension StrideMatrix.Failure {
  /// What sorts before: a lower one is worse.
  fileprivate var rank: (Int, Int, Int, ControlID) {
    (-Int(severity?.rawValue ?? 0), isPrimary ? 0 : 1, -hosts.count, control)
  }
}

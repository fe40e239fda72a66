/// How many results of each kind a tool counted, or were read.
package struct ResultCounts: Hashable, Sendable {
  package var pass: Int
  package var fail: Int
  package var warn: Int
  package var info: Int

  /// Creates counts.
  package init(pass: Int = 0, fail: Int = 0, warn: Int = 0, info: Int = 0) {
    self.pass = pass
    self.fail = fail
    self.warn = warn
    self.info = info
  }

  /// The number of results.
  package var all: Int { pass &+ fail &+ warn &+ info }

  /// Adds the results of another count.
  package mutating func add(_ other: ResultCounts) {
    pass &+= other.pass
    fail &+= other.fail
    warn &+= other.warn
    info &+= other.info
  }
}

/// A part of a run with results and a summary of its own: the benchmark of docker-bench, or what kube-bench
/// checks of a node (master, etcd, node, policies ...).
package struct ParsedTarget: Sendable {
  /// The id of its heading: docker-bench's benchmark, or the section that kube-bench begins with.
  package var id: TextRange = .empty
  /// The text of its heading.
  package var title: TextRange = .empty
  /// What JSON calls `version`: the benchmark.
  package var version: TextRange = .empty
  /// The name of the target, such as `master`.
  package var kind: TextRange = .empty
  /// The index in ``ParsedRun/checks`` of its first check.
  package var firstCheck: Int
  /// The tool's own counts.
  package var printed: ResultCounts?

  /// Creates a target without a heading.
  package init(firstCheck: Int) { self.firstCheck = firstCheck }
}

extension ParsedRun {
  /// Adds the targets of another part of the same run.
  package mutating func append(_ part: ParsedRun) {
    hasEnd = part.hasEnd
    if part.isDaemonMissing { isDaemonMissing = true }
    diagnostics += part.diagnostics
    guard !isFull(forCheckAt: part.line) else { return }
    let (checkCount, detailCount, byteCount) = (checks.count, details.count, bytes.count)
    func moved(_ range: TextRange) -> TextRange {
      TextRange(start: Int(range.start) + byteCount, count: Int(range.count))
    }
    bytes += part.bytes
    for var check in part.checks {
      check.id = moved(check.id)
      check.title = moved(check.title)
      check.firstDetail += Int32(truncatingIfNeeded: detailCount)
      checks.append(check)
    }
    for var detail in part.details {
      detail.text = moved(detail.text)
      details.append(detail)
    }
    for var target in part.targets {
      target.id = moved(target.id)
      target.title = moved(target.title)
      target.version = moved(target.version)
      target.kind = moved(target.kind)
      target.firstCheck += checkCount
      targets.append(target)
    }
    tally.checks += part.tally.checks
    tally.details += part.tally.details
  }

  /// Takes checks out that turned out to be none, with what a terminal's width broke off them.
  ///
  /// - Parameter isNone: Tells it of the index of a check.
  package mutating func removeChecks(where isNone: (Int) -> Bool) {
    var places = [Int?](repeating: nil, count: checks.count)
    var kept: [ParsedCheck] = []
    kept.reserveCapacity(checks.count)
    var firsts: [Int] = []
    for (number, check) in checks.enumerated() {
      while firsts.count < targets.count, targets[firsts.count].firstCheck <= number {
        firsts.append(kept.count)
      }
      if isNone(number) { continue }
      places[number] = kept.count
      kept.append(check)
    }
    for index in targets.indices {
      targets[index].firstCheck = index < firsts.count ? firsts[index] : kept.count
    }
    checks = kept
    rests = rests.compactMap { rest in
      guard places.indices.contains(rest.check), let place = places[rest.check] else { return nil }
      var rest = rest
      rest.check = place
      return rest
    }
  }
}

import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `A standing` {
  private static let oldest = Example.release("1.0.0@18d5a13", edition: "e01-cis1.6")
  private static let earlier = Example.release("v1.6.0", edition: "e10-cis1.5.0")
  private static let aqua = Example.release("cis-1.2", edition: "cis-1.2", tool: .aquaDockerBench)

  private static func past(_ build: (inout Past) -> Void) -> Past {
    var past = Past()
    build(&past)
    return past
  }

  @Test func `keeps what a run did not evaluate as it was`() {
    let past = Self.past {
      $0.add(day: 0, ["a": .fail, "b": .pass])
      $0.add(day: 1, ["b": .pass])
      $0.add(day: 2, ["c": .pass])
    }
    #expect(past.known("a")?.isOpen == true)
    #expect(past.known("a")?.openSince == Past.day(0))
    #expect(past.known("b")?.outcome == .pass)
    #expect(past.standing().turns[1].isEmpty)
    #expect(past.standing().turns[2] == [.init(check: "c", change: .other)])
  }

  @Test func `tells what each run changed`() {
    let past = Self.past {
      $0.add(day: 0, ["a": .pass, "b": .fail, "c": .fail])
      $0.add(day: 1, ["a": .fail, "b": .pass, "c": .notApplicable, "d": .fail])
      $0.add(day: 2, ["a": .fail, "b": .pass, "c": .fail])
    }
    let turns = past.standing().turns
    #expect(turns[1].map(\.change) == [.regressed, .fixed, .noLongerApplicable, .newlySeen])
    #expect(turns[2] == [.init(check: "c", change: .regressed, movement: .regressed)])
  }

  @Test func `knows since when a check fails`() {
    let past = Self.past {
      $0.add(day: 0, ["old": .fail, "new": .pass, "again": .fail])
      $0.add(day: 1, ["old": .fail, "new": .fail, "again": .pass])
      $0.add(day: 2, ["old": .fail, "new": .fail, "again": .fail, "seen": .fail])
    }
    #expect(past.known("old")?.openSince == Past.day(0))
    #expect(past.known("old")?.isOpenFromStart == true)
    #expect(past.known("new")?.openSince == Past.day(1))
    #expect(past.known("new")?.isOpenFromStart == false)
    #expect(past.known("again")?.openSince == Past.day(2))
    #expect(past.known("again")?.isOpenFromStart == false)
    #expect(past.known("seen")?.openSince == Past.day(2))
    #expect(past.known("seen")?.isOpenFromStart == false)
  }

  @Test func `does not read a run that found what the one before found`() {
    let past = Self.past {
      $0.add(day: 0, ["a": .fail])
      $0.add(day: 1, ["a": .fail])
      $0.add(day: 2, ["a": .fail])
      $0.add(day: 3, ["a": .pass])
      $0.add(day: 4, ["a": .fail])
    }
    let (standing, turns, reads) = past.standing()
    #expect(reads == 3)
    #expect(standing.runs == 5)
    #expect(turns.map(\.count) == [1, 0, 0, 1, 1])
    #expect(standing.latestRuns.first?.id == 5)
  }

  @Test func `forgets a host`() {
    let past = Self.past { $0.add(day: 0, ["a": .fail]) }
    var standing = past.standing().standing
    standing.reset()
    #expect(standing.runs == 0)
    #expect(standing.latestRuns.isEmpty)
    #expect(standing.systems.allSatisfy { $0.entries.allSatisfy { $0 == nil } })
  }

  // MARK: Editions

  @Test func `retires what the tool's new edition does not have`() throws {
    let past = Self.past {
      $0.add(
        day: 0, ["host-kernel-current": .fail, "container-no-privileged": .fail],
        release: Self.oldest)
      $0.add(day: 1, ["daemon-live-restore": .pass])
    }
    let kernel = try #require(past.known("host-kernel-current"))
    #expect(kernel.isRetired)
    #expect(!kernel.isOpen)
    #expect(kernel.outcome == .fail)
    // The new edition has this one, which was not run.
    #expect(past.known("container-no-privileged")?.isOpen == true)
    #expect(
      past.standing().turns[1].contains(
        .init(check: "host-kernel-current", change: nil, movement: .retired)))
  }

  @Test func `brings back what an older edition has again`() throws {
    let past = Self.past {
      $0.add(day: 0, ["host-kernel-current": .fail], release: Self.oldest)
      $0.add(day: 1, ["daemon-live-restore": .pass])
      $0.add(day: 2, ["host-kernel-current": .fail], release: Self.oldest)
    }
    let kernel = try #require(past.known("host-kernel-current"))
    #expect(kernel.isOpen)
    #expect(kernel.openSince == Past.day(0))
    #expect(kernel.turns.isEmpty)
  }

  @Test func `retires a check that no edition knows with its edition`() {
    let past = Self.past {
      $0.add(day: 0, ["9.9": .fail], release: Self.earlier)
      $0.add(day: 1, ["a": .pass], release: Self.earlier)
      $0.add(day: 2, ["b": .pass])
    }
    #expect(past.known("9.9")?.isRetired == true)
    let same = Self.past {
      $0.add(day: 0, ["9.9": .fail])
      $0.add(day: 1, ["a": .pass])
    }
    #expect(same.known("9.9")?.isOpen == true)
  }

  @Test func `does not retire by a part of a run`() throws {
    // Cut off, of few checks, or of no known edition: none tells that the tool has another edition now.
    var unknown = Example.release()
    unknown.edition = nil
    for (release, isComplete, checks) in [
      (Example.release(), false, 4), (Example.release(), true, 1), (unknown, true, 4),
    ] {
      let past = Self.past {
        $0.add(
          day: 0,
          ["host-kernel-current": .fail, "a": .pass, "b": .pass, "c": .pass, "d": .pass],
          release: Self.oldest)
        $0.add(
          day: 1, findings: ["a", "b", "c", "d"].prefix(checks).map { Example.finding($0, .pass) },
          release: release, isComplete: isComplete)
      }
      #expect(past.known("host-kernel-current")?.isOpen == true, "\(checks)")
    }
    // The whole run after it does.
    let past = Self.past {
      $0.add(day: 0, ["host-kernel-current": .fail, "a": .pass, "b": .pass], release: Self.oldest)
      $0.add(day: 1, ["a": .pass])
      $0.add(day: 2, ["a": .pass, "b": .pass])
    }
    #expect(past.known("host-kernel-current")?.isRetired == true)
  }

  @Test func `does not retire what another tool judged`() {
    let past = Self.past {
      $0.add(day: 0, ["host-kernel-current": .fail], release: Self.oldest)
      $0.add(day: 1, ["host-hardened": .fail], release: Self.aqua)
      $0.add(
        day: 2, ["host-partition": .fail],
        release: Example.release("cis-1.6.0", edition: "cis-1.6.0", tool: .aquaDockerBench))
    }
    #expect(past.known("host-kernel-current")?.isOpen == true)
    #expect(past.known("host-partition")?.isOpen == true)
  }

  // MARK: Criteria

  @Test func `takes another criterion for no change of the host`() {
    let past = Self.past {
      $0.add(day: 0, ["container-no-privileged-ports": .pass], release: Self.earlier)
      $0.add(day: 1, ["container-no-privileged-ports": .fail])
      $0.add(day: 2, ["container-no-privileged-ports": .pass])
    }
    let turns = past.standing().turns
    #expect(turns[1].first?.isDoubtful == true)
    #expect(
      turns[2] == [.init(check: "container-no-privileged-ports", change: .fixed, movement: .fixed)])
    #expect(past.known("container-no-privileged-ports")?.turns == [2])
  }

  // MARK: Several tools

  @Test func `takes the word of the tool that ran last`() {
    let same = "container-no-privileged"
    let past = Self.past {
      $0.add(day: 0, [same: .fail])
      $0.add(day: 1, [same: .pass], release: Self.aqua)
      $0.add(day: 2, [same: .fail])
    }
    #expect(past.known(same)?.isOpen == true)
    // The third run equals the first, and is not read again.
    #expect(past.standing().reads == 2)
  }

  @Test func `knows the last run of each tool`() {
    let past = Self.past {
      $0.add(day: 0, ["a": .fail])
      $0.add(day: 1, ["b": .fail], release: Self.aqua)
      $0.add(day: 2, ["a": .fail])
    }
    let standing = past.standing().standing
    #expect(standing.latestRuns.map(\.id) == [3, 2])
    for check in ["a", "b"] {
      #expect(past.known(check).map(standing.last.isLeftOut) == false, "\(check)")
    }
  }

  @Test func `tells what the newest run of its tool left out`() {
    let past = Self.past {
      $0.add(day: 0, ["a": .fail, "b": .fail])
      $0.add(day: 1, ["a": .fail])
      $0.add(day: 2, ["c": .fail], release: Self.aqua)
    }
    let standing = past.standing().standing
    #expect(past.known("a").map(standing.last.isLeftOut) == false)
    #expect(past.known("b").map(standing.last.isLeftOut) == true)
    #expect(past.known("c").map(standing.last.isLeftOut) == false)
  }

  // MARK: Scopes

  /// Outcomes with the scopes of their runs, and whether the control is open in the end.
  @Test(
    arguments: [
      ([("fail", ""), ("pass", "exclude=db")], true),
      ([("fail", ""), ("pass", "exclude=db"), ("pass", "exclude=db")], true),
      ([("fail", ""), ("pass", "exclude=db"), ("pass", "")], false),
      ([("fail", "exclude=db"), ("pass", "exclude=db")], false),
      ([("fail", "exclude=db"), ("pass", "exclude=web")], true),
      ([("fail", "exclude=db"), ("pass", "")], false),
      // It failed for something that the later runs don't look at.
      ([("fail", ""), ("fail", "exclude=db"), ("pass", "exclude=db")], true),
      ([("fail", "exclude=db"), ("fail", ""), ("pass", "exclude=db")], true),
      ([("fail", "exclude=db"), ("fail", "exclude=web"), ("pass", "exclude=web")], true),
      ([("fail", "exclude=db"), ("fail", "exclude=web"), ("pass", "")], false),
      ([("fail", ""), ("pass", "labels=tier")], true),
      ([("fail", ""), ("info", "exclude=db")], true),
      ([("fail", ""), ("notApplicable", "exclude=db")], true),
      ([("pass", "exclude=db")], false),
      ([("pass", "exclude=db"), ("fail", "")], true),
    ] as [([(String, String)], Bool)])
  func `has nothing fixed by a run that may have left it out`(
    runs: [(String, String)], isOpen: Bool
  ) {
    var past = Past()
    for (day, run) in runs.enumerated() {
      let outcome = Outcome.allCases.first { $0.name == run.0 } ?? .manual
      past.add(day: Int64(day), ["container-no-privileged": outcome], scope: run.1)
    }
    #expect(past.known("container-no-privileged")?.isOpen == isOpen)
  }

  @Test func `lets a limited run judge what it looked at`() {
    let past = Self.past {
      $0.add(day: 0, ["daemon-live-restore": .fail, "container-no-privileged": .pass])
      $0.add(
        day: 1, ["daemon-live-restore": .pass, "container-no-privileged": .fail],
        scope: "include=web")
    }
    #expect(past.known("daemon-live-restore")?.isOpen == false)
    #expect(past.known("container-no-privileged")?.isOpen == true)
  }
}

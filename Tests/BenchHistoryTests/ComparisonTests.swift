import BenchHistory
import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `A comparison` {
  private static func finding(
    _ control: String?, _ outcome: Outcome, id: String = "1.1", items: [Item] = [],
    isTruncated: Bool = false
  ) -> Finding {
    Finding(
      control: control, section: "host", checkID: id, title: "Title of \(id)", printed: .warn,
      outcome: outcome, line: 1, items: items, itemsTruncated: isTruncated)
  }

  private static func container(_ name: String, stable: String? = nil, value: String = "") -> Item {
    Item(kind: .container, name: name, stableName: stable ?? name, value: value)
  }

  private static func run(
    _ findings: [Finding], version: String = "v1.6.1", edition: String = "e11-cis1.6.0b",
    isComplete: Bool = true
  ) -> ComparedRun {
    ComparedRun(
      release: Release(
        tool: .dockerBenchSecurity, printed: nil, edition: edition, earliest: version,
        latest: version),
      isComplete: isComplete, findings: findings)
  }

  private static func compare(_ base: ComparedRun, _ head: ComparedRun) -> Comparison {
    Comparison(
      from: base, to: head, .embedded)
  }

  private static func compare(_ base: [Finding], _ head: [Finding]) -> Comparison {
    compare(run(base), run(head))
  }

  /// The items that came and went between two failures.
  private static func items(
    _ base: [Item], _ head: [Item], baseTruncated: Bool = false, headTruncated: Bool = false
  ) -> [[String]] {
    let change = compare(
      [finding("container-user", .fail, items: base, isTruncated: baseTruncated)],
      [finding("container-user", .fail, items: head, isTruncated: headTruncated)]
    ).changes.first
    let text = { (items: [Item]?) in
      (items ?? []).map { $0.value.isEmpty ? $0.name : "\($0.name):\($0.value)" }
    }
    return [text(change?.itemsAdded), text(change?.itemsRemoved)]
  }

  @Test func `counts the changes`() {
    let base: [Finding] = [
      Self.finding("a", .pass), Self.finding("b", .fail), Self.finding("c", .fail),
      Self.finding("d", .manual),
      Self.finding("e", .fail), Self.finding("f", .fail),
    ]
    let head: [Finding] = [
      Self.finding("a", .fail), Self.finding("b", .pass), Self.finding("c", .fail),
      Self.finding("d", .manual),
      Self.finding("f", .notApplicable), Self.finding("g", .fail),
    ]
    let comparison = Self.compare(base, head)
    #expect(comparison.count(.regressed) == 1)
    #expect(comparison.count(.fixed) == 1)
    #expect(comparison.count(.stillFailing) == 1)
    #expect(comparison.count(.notEvaluated) == 1)
    #expect(comparison.count(.noLongerApplicable) == 1)
    #expect(comparison.count(.newlySeen) == 1)
    #expect(comparison.count(.other) == 0)
    #expect(comparison.unchanged == 1)
    #expect(comparison.changes.map(\.control) == ["a", "b", "c", "f", "g", "e"])
  }

  @Test func `tells items that came and went`() {
    let (web, api, database) = (Self.container("web"), Self.container("api"), Self.container("db"))
    #expect(Self.items([web, api], [api, database]) == [["db"], ["web"]])
    #expect(Self.items([web, api], [api, web]) == [[], []])
    #expect(Self.items([], [web]) == [["web"], []])
    #expect(Self.items([web], []) == [[], ["web"]])
  }

  @Test func `does not take a cut list for the whole`() {
    let (web, api, database) = (Self.container("web"), Self.container("api"), Self.container("db"))
    #expect(Self.items([web], [web, api], baseTruncated: true) == [[], []])
    #expect(Self.items([web, api], [web], headTruncated: true) == [[], []])
    #expect(Self.items([web], [database], headTruncated: true) == [["db"], []])
    #expect(Self.items([web], [database], baseTruncated: true) == [[], ["web"]])
  }

  @Test func `does not take a restarted task for another`() {
    let before = Self.container("shop_web.1.abc", stable: "shop_web")
    let after = Self.container("shop_web.1.xyz", stable: "shop_web")
    #expect(Self.items([before], [after]) == [[], []])
    #expect(
      Self.items([before], [after, Self.container("shop_web.2.uvw", stable: "shop_web")]) == [
        [], [],
      ])
  }

  @Test func `looks at what is at fault where both sides tell it`() {
    let (http, https) = (Self.container("web", value: "80"), Self.container("web", value: "443"))
    #expect(Self.items([http], [http, https]) == [["web:443"], []])
    #expect(Self.items([http], [https]) == [["web:443"], ["web:80"]])
    #expect(Self.items([Self.container("web")], [http, https]) == [[], []])
    #expect(Self.items([http, https], [Self.container("web")]) == [[], []])
  }

  @Test func `tells kinds of item apart`() {
    let image = Item(kind: .image, name: "web", stableName: "web")
    #expect(Self.items([Self.container("web")], [image]) == [["web"], ["web"]])
  }

  @Test func `names a change of items where the outcome stayed`() {
    let base = [Self.finding("a", .info, items: [Self.container("web")])]
    let head = [Self.finding("a", .info, items: [Self.container("api")])]
    let comparison = Self.compare(base, head)
    #expect(comparison.changes.map(\.change) == [.other])
    #expect(comparison.unchanged == 0)
  }

  @Test func `of a run with itself has no change but what still fails`() throws {
    for name in Fixture.texts + Fixture.documents {
      let run = try Reading.run(name)
      let side = ComparedRun(
        release: run.release, isComplete: run.isComplete, findings: run.findings)
      let comparison = Self.compare(side, side)
      #expect(comparison.changes.allSatisfy { $0.change == .stillFailing }, "\(name)")
      #expect(
        comparison.changes.allSatisfy { $0.itemsAdded.isEmpty && $0.itemsRemoved.isEmpty },
        "\(name)")
      #expect(comparison.criterionChanged == 0, "\(name)")
      let controls = Set(run.findings.map { $0.control ?? $0.checkID })
      #expect(comparison.changes.count + comparison.unchanged == controls.count, "\(name)")
    }
  }

  @Test func `of one state under two editions has no change that is not another criterion's`()
    throws
  {
    let before = try Reading.run("s1-v1.6.0-log.txt")
    let after = try Reading.run("s1-v1.6.1-log.txt")
    let comparison = Self.compare(
      ComparedRun(release: before.release, isComplete: true, findings: before.findings),
      ComparedRun(release: after.release, isComplete: true, findings: after.findings))
    for change in comparison.changes where change.change != .stillFailing {
      #expect(change.isCriterionChanged, "\(change.control ?? "") \(change.change)")
    }
    #expect(comparison.changes.allSatisfy { $0.itemsAdded.isEmpty && $0.itemsRemoved.isEmpty })
  }

  @Test func `counts what another criterion may explain apart`() throws {
    let comparison = Self.compare(
      Self.run(
        [Self.finding("daemon-icc-disabled", .pass)], version: "v1.6.0", edition: "e10-cis1.5.0"),
      Self.run([Self.finding("daemon-icc-disabled", .fail)]))
    let change = try #require(comparison.changes.first)
    #expect(change.change == .regressed)
    #expect(change.isCriterionChanged)
    #expect(comparison.count(.regressed) == 0)
    #expect(comparison.criterionChanged == 1)
    #expect(change.criteria?.base != change.criteria?.head)
  }

  @Test func `does not count another criterion that changed no outcome`() {
    let comparison = Self.compare(
      Self.run(
        [Self.finding("daemon-icc-disabled", .fail)], version: "v1.6.0", edition: "e10-cis1.5.0"),
      Self.run([Self.finding("daemon-icc-disabled", .fail)]))
    #expect(comparison.criterionChanged == 0)
  }

  @Test(
    arguments: [
      ("host-kernel-current", true, .notInEdition), ("host-kernel-current", false, .notInEdition),
      ("daemon-icc-disabled", true, .notRun), ("daemon-icc-disabled", false, .incompleteRun),
      (nil, true, .notRun), (nil, false, .incompleteRun),
    ] as [(String?, Bool, Absence)])
  func `says why a control is absent`(control: String?, isComplete: Bool, absence: Absence) throws {
    let comparison = Self.compare(
      Self.run([Self.finding(control, .fail)]), Self.run([], isComplete: isComplete))
    let change = try #require(comparison.changes.first)
    #expect(change.change == .notEvaluated)
    #expect(change.absence == absence)
    #expect(change.head == nil)
    #expect(change.itemsRemoved.isEmpty)
  }

  @Test func `matches checks without a control by id and title`() {
    let comparison = Self.compare(
      [Self.finding(nil, .pass, id: "9.1"), Self.finding(nil, .pass, id: "9.2")],
      [Self.finding(nil, .fail, id: "9.1"), Self.finding(nil, .fail, id: "9.3")])
    #expect(comparison.changes.map(\.change) == [.regressed, .newlySeen, .notEvaluated])
  }

  @Test func `joins a control that an edition has under two ids`() throws {
    let web = Self.container("web")
    let comparison = Self.compare(
      [Self.finding("a", .pass)],
      [Self.finding("a", .pass), Self.finding("a", .fail, id: "1.2", items: [web])])
    #expect(comparison.changes.map(\.change) == [.regressed])
    #expect(comparison.changes.first?.itemsAdded == [web])
  }
}

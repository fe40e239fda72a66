import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchReports
import BenchService
import BenchTestSupport
import Testing

struct `Writing the report` {
  private let repository = MemoryRepository()

  private func add() throws {
    try repository.add(
      .of([Sample.icc: .fail, Sample.privileged: .pass, Sample.restore: .fail], day: 0),
      .of([Sample.icc: .fail, Sample.privileged: .fail, Sample.restore: .pass], day: 1),
      .of([Sample.anonymous: .pass], day: 1, second: 60, release: Sample.kube),
      .of([Sample.anonymous: .fail, "9.9": .fail], day: 2, release: Sample.kube),
      .of([Sample.icc: .fail], day: 1, host: "db-1"),
      .of([Sample.icc: .fail], day: 3, host: "db-1"),
      .of([Sample.partition: .fail], day: 3, host: "db-2"))
  }

  /// The lines of a document that say something, without those of its heading.
  private func lines(_ document: Document) -> [String] {
    MarkdownRenderer().render(document).split(separator: "\n").map(String.init).filter {
      !$0.hasPrefix("#") && !$0.hasPrefix("| --")
    }
  }

  @Test(arguments: [nil, "web-1", "db-1"])
  func `makes one document whose numbers are those of the single reports`(host: String?) throws {
    try add()
    let query = Sample.query(host: host, policy: Sample.accepting(Sample.privileged))
    let (document, time) = try WriteReport(query, limit: 50).run(in: repository)
    #expect(time == query.time)
    let report = Set(lines(document))
    let fleet = try query.overview(silentAfter: WriteReport.silentAfter, in: repository)
    #expect(report.contains { $0.hasPrefix("| Open | **\(fleet.open.total)**") })
    #expect(report.contains { $0.contains("\(fleet.hosts.reduce(0) { $0 + $1.worse }) worse") })
    let read = try ReadTrend(query).run(in: repository)
    let trend = TrendReport.document(
      read.trend,
      TrendReport.Options(host: read.host, point: read.point, limit: 50))
    let charts = lines(trend).filter { $0.contains("▁") || $0.contains("█") }
    for line in charts { #expect(report.contains(line)) }
    let ranking = try query.ranking(by: .control, in: repository).entries.map(\.name)
    let cards = document.blocks.compactMap { block -> [String]? in
      guard case .findings(let cards) = block else { return nil }
      return cards.filter { !$0.tags.isAccepted }.map {
        MarkdownRenderer().render(Document([.paragraph($0.code)]))
      }
    }
    #expect(cards.count == 1 && cards[0].count == ranking.count)
    for (card, name) in zip(cards.first ?? [], ranking) where !name.contains(" ") {
      #expect(card.contains(name), "\(name)")
    }
    let matrix = try query.stride(base: .previous, in: repository).now
    for surface in matrix.surfaces {
      let cells = Stride.allCases.map { "\(matrix[$0, surface])" }
      let row = [surface] + cells + ["**\(matrix.count(surface: surface))**"]
      #expect(report.contains("| " + row.joined(separator: " | ") + " |"), "\(surface)")
    }
  }

  @Test func `has books that end with what is open`() throws {
    try add()
    var books = Books()
    try Sample.query().forEach(in: repository) { books += $0.now.findings.books }
    let open = try ReadTrend(Sample.query()).run(in: repository).trend.points.last?.open
    #expect(books.after == open)
    #expect(
      [books[.regressed], books[.newlySeen], books[.fixed], books[.firstSeen]] == [2, 1, 1, 1])
    var document = Document()
    document.paragraph(BooksReport.line(books))
    let words = try #require(lines(document).first)
    let report = try WriteReport(Sample.query(), limit: 5).run(in: repository).document
    #expect(MarkdownRenderer().render(report).contains(words))
  }

  @Test func `says whether the policy is kept, by the gate's reasons`() throws {
    try add()
    var policy = Policy()
    policy.thresholds.newFailures = true
    policy.thresholds.severity = .critical
    let query = Sample.query(policy: policy)
    let gate = try GateHosts(query, thresholds: policy.thresholds).run(in: repository)
    let text = MarkdownRenderer().render(
      try WriteReport(query, limit: 5).run(in: repository).document)
    #expect(text.contains("Gate failed on \(gate.count(.tripped)) of \(gate.hosts.count) hosts"))
  }

  @Test func `is as of the time that is asked for`() throws {
    try add()
    let (document, time) = try WriteReport(Sample.query(until: Past.day(1)), limit: 5)
      .run(in: repository)
    #expect(time == Past.day(1))
    #expect(MarkdownRenderer().render(document).contains("2 hosts"))
  }

  @Test func `needs runs`() {
    #expect(throws: ServiceError.noRuns(host: nil)) {
      try WriteReport(Sample.query(), limit: 5).run(in: repository)
    }
  }
}

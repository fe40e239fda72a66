import BenchReports
import BenchTestSupport
import Testing

@testable import BenchAnalysis
@testable import BenchCatalog

/// What reports say of the frameworks that auditors ask for.
struct `A report by framework` {
  private static func framework() throws -> Framework {
    try #require(Catalog.embedded.frameworks.framework(Framework.nist))
  }

  private static func options(_ framework: Framework) -> TopReport.Options {
    TopReport.Options(
      grouping: .requirement(framework), limit: 50, isExplained: false, time: Sample.day(40))
  }

  private static func markdown(_ document: Document) -> String {
    MarkdownRenderer().render(document)
  }

  private static func standings() throws -> RequirementStandings {
    var standings = RequirementStandings(try framework(), .embedded)
    for host in Sample.hosts() { standings.add(JudgedHost(host.now, Sample.judgement())) }
    return standings
  }

  @Test func `ranks requirements by their ids and names`() throws {
    let framework = try Self.framework()
    let ranking = Sample.ranking(by: .requirement(framework))
    let text = Self.markdown(TopReport.document(ranking, Self.options(framework)))
    #expect(text.contains("most urgent by requirement of NIST SP 800-53 Revision 5"))
    #expect(text.contains("| requirement |"))
    #expect(text.contains("AC-6 Least Privilege"))
    #expect(text.contains("no requirement of NIST SP 800-53 Revision 5"))
    let json = try JSONText.encode(TopJSON(ranking, Self.options(framework)))
    #expect(json.contains("\"framework\" : \"nist-800-53\""))
    #expect(json.contains("\"requirement\" : \"AC-6\""))
    #expect(!json.contains("\"requirement\" : \"no requirement"))
  }

  @Test func `counts the controls of each requirement`() throws {
    let text = Self.markdown(FrameworkReport.document(try Self.standings()))
    #expect(text.contains("| requirement | name | fail | accepted | pass | not evaluated |"))
    #expect(text.contains("What a requirement asks for beyond these checks is not looked at."))
    // container-no-docker-sock and container-no-privileged fail, image-user-created too.
    #expect(text.contains("| **AC-6** | Least Privilege | 3 | 0 | 0 | 0 |"))
  }

  @Test func `says that there is nothing to count`() throws {
    let standings = RequirementStandings(try Self.framework(), .embedded)
    let text = Self.markdown(FrameworkReport.document(standings))
    #expect(text.contains("The runs have no control."))
  }

  @Test func `tells what the requirements of a control are based on`() throws {
    let nist = try Self.framework()
    let requirements = [Framework.Requirement(id: "CM-6", name: "Configuration Settings")]
    func text(_ basis: String...) -> String {
      Self.markdown(
        FrameworkReport.document([
          Frameworks.Mapping(framework: nist, requirements: requirements, basis: basis)
        ]))
    }
    #expect(text("judgement").contains("CM-6 Configuration Settings"))
    #expect(text("judgement").contains("our judgement"))
    #expect(!text("judgement").contains("published"))
    #expect(text("mitre").contains("published by mitre"))
    #expect(
      text("mitre", "prowler", "judgement").contains(
        "published by mitre and prowler, the rest is our judgement"))
  }

  @Test func `is a section of the whole report`() throws {
    var report = FullReport(
      Sample.judgement(), Sample.model(), limit: 3, framework: try Self.framework())
    for host in Sample.hosts() {
      report.add(JudgedHost(host.now, Sample.judgement()), before: nil) { _ in host.run }
    }
    let document = report.document(
      trend: (Sample.fleetTrend("web-1"), .days(1)),
      fleet: FleetOverview(time: Sample.day(40), silentAfter: 2, hasGate: false),
      changes: Sample.fleet("web-1"), gate: nil)
    let sections = document.blocks.count { if case .section = $0 { true } else { false } }
    #expect(sections == 11)
    #expect(
      Self.markdown(document).contains("\n### By requirement of NIST SP 800-53 Revision 5\n"))
  }
}

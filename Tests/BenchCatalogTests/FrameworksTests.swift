import BenchModel
import Testing

@testable import BenchCatalog

struct `The frameworks` {
  private static let frameworks = Frameworks(
    Table(
      text: """
        framework\ttitle\tversion\tpublisher\turl\tsource
        one\tThe One\tv2\tOne Ltd\thttps://one.example\tours
        two\tThe Two\t2022\tTwo Ltd\thttps://two.example\tours

        """),
    requirements: Table(
      text: """
        framework\trequirement\tname
        one\t1.1\tOf the one
        one\t1.2\tAnother of the one
        two\t1.1\tOf the two

        """),
    controls: Table(
      text: """
        control\tframework\trequirements\tbasis
        own-rule\ttwo\t1.1\tsomebody,judgement
        own-rule\tone\t1.1,1.2\tjudgement
        other-rule\tone\t1.2,9.9\tsomebody
        other-rule\tthree\t1.1\tsomebody

        """))

  @Test func `are in the order of their table`() throws {
    #expect(Self.frameworks.all.map(\.id) == ["one", "two"])
    let one = try #require(Self.frameworks.framework("one"))
    #expect(one.name == "The One v2")
    #expect(one.noRequirement == "no requirement of The One v2")
    #expect(one.publisher == "One Ltd" && one.source == "ours")
    #expect(Self.frameworks.framework("three") == nil)
  }

  @Test func `have the requirements of a control`() {
    let mappings = Self.frameworks.mappings(of: "own-rule")
    #expect(mappings.map(\.framework.id) == ["one", "two"])
    #expect(
      mappings.map { $0.requirements.map(\.title) } == [
        ["1.1 Of the one", "1.2 Another of the one"], ["1.1 Of the two"],
      ])
    #expect(mappings.map(\.basis) == [["judgement"], ["somebody", "judgement"]])
    #expect(Self.frameworks.mappings(of: "no-rule").isEmpty)
  }

  @Test func `have the requirements of a control in one of them`() {
    let frameworks = Self.frameworks
    #expect(frameworks.requirements(of: "own-rule", in: "two").map(\.name) == ["Of the two"])
    #expect(frameworks.requirements(of: "other-rule", in: "two").isEmpty)
    #expect(frameworks.requirements(of: "own-rule", in: "three").isEmpty)
    #expect(frameworks.requirements(of: nil, in: "one").isEmpty)
  }

  @Test func `keep a requirement without a name, and leave out a framework that is not there`() {
    let mappings = Self.frameworks.mappings(of: "other-rule")
    #expect(mappings.map { $0.requirements.map(\.title) } == [["1.2 Another of the one", "9.9"]])
  }

  @Test func `are read of a catalogue`() throws {
    let frameworks = Catalog.embedded.frameworks
    #expect(
      frameworks.all.map(\.id) == ["cis-controls", "nist-800-53", "pci-dss", "iso-27001", "bsi"])
    let nist = try #require(frameworks.framework(Framework.nist))
    #expect(nist.name == "NIST SP 800-53 Revision 5")
    #expect(
      frameworks.requirements(of: "container-no-privileged", in: nist.id).map(\.title).first
        == "AC-6 Least Privilege")
  }

  @Test func `may be a team's own`() throws {
    let path = "frameworks/controls.tsv"
    let header = "control\tframework\trequirements\tbasis\n"
    let row = "host-partition\tnist-800-53\tCM-6\tour auditor\n"
    let catalog = try Catalog([(path, Array((header + row).utf8))])
    #expect(
      catalog.frameworks.mappings(of: "host-partition").map(\.basis) == [["our auditor"]])
    #expect(catalog.frameworks.mappings(of: "container-no-privileged").isEmpty)
    #expect(catalog.understanding == Catalog.embedded.understanding)
  }

  @Test(arguments: [
    ("no-such\tnist-800-53\tCM-6\tjudgement", "controls.tsv"),
    ("host-partition\tno-such\tCM-6\tjudgement", "frameworks/frameworks.tsv"),
    ("host-partition\tnist-800-53\tCM-6,XX-1\tjudgement", "frameworks/requirements.tsv"),
  ])
  func `of a team name what is there`(row: String, table: String) {
    let header = "control\tframework\trequirements\tbasis\n"
    let error = #expect(throws: InvalidCatalog.self) {
      try Catalog([("frameworks/controls.tsv", Array((header + row + "\n").utf8))])
    }
    #expect(error?.errors.count == 1)
    guard case .unknownName(_, _, let named) = error?.errors.first?.kind else {
      Issue.record("\(row) is no unknown name")
      return
    }
    #expect(named == table)
  }
}

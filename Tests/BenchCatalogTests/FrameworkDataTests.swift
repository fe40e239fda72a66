import Testing

@testable import BenchCatalog

/// The tables of `catalog/frameworks/`: what auditors ask for, and which controls serve it.
struct `The tables of frameworks` {
  private static func rows(_ name: String) throws -> [[String: String]] {
    try CatalogFile("frameworks/" + name).rows
  }

  private static func ids(_ row: [String: String]) -> [String] {
    (row["requirements"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
  }

  @Test func `have a requirement of each framework for every control`() throws {
    let needed: Set = ["cis-controls", "nist-800-53", "pci-dss", "iso-27001"]
    let known = needed.union(["bsi"])
    let byControl = Dictionary(grouping: try Self.rows("controls.tsv")) { $0["control"] ?? "" }
    let controls = try CatalogFile("controls.tsv").column("control")
    #expect(Set(byControl.keys) == Set(controls))
    for (control, rows) in byControl {
      let frameworks = Set(rows.compactMap { $0["framework"] })
      #expect(frameworks.count == rows.count, "\(control)")
      #expect(frameworks.isSuperset(of: needed) && frameworks.isSubset(of: known), "\(control)")
    }
  }

  @Test func `list the requirements that are used, and no others`() throws {
    let listed = try Self.rows("requirements.tsv").map {
      "\($0["framework"] ?? "") \($0["requirement"] ?? "")"
    }
    var used: Set<String> = []
    for row in try Self.rows("controls.tsv") {
      let ids = Self.ids(row)
      let place = "\(row["control"] ?? "") \(row["framework"] ?? "")"
      #expect((1...3).contains(ids.count) && Set(ids).count == ids.count, "\(place)")
      for id in ids { used.insert("\(row["framework"] ?? "") \(id)") }
    }
    #expect(Set(listed).count == listed.count)
    #expect(Set(listed).subtracting(used).isEmpty)
    #expect(used.subtracting(listed).isEmpty)
  }

  @Test func `have ids of the forms that the publishers use`() throws {
    for row in try Self.rows("requirements.tsv") {
      let id = try #require(row["requirement"])
      let isOfForm =
        switch row["framework"] ?? "" {
        case "cis-controls": id.wholeMatch(of: /\d{1,2}\.\d{1,2}/) != nil
        case "nist-800-53": id.wholeMatch(of: /[A-Z]{2}-\d+(\(\d+\))?/) != nil
        case "pci-dss": id.wholeMatch(of: /\d{1,2}\.\d+\.\d+(\.\d+)?/) != nil
        case "iso-27001": id.wholeMatch(of: /A\.[5-8]\.\d{1,2}/) != nil
        case "bsi": id.wholeMatch(of: /(SYS\.1\.6|APP\.4\.4)\.A\d{1,2}/) != nil
        default: false
        }
      #expect(isOfForm, "\(row["framework"] ?? "") \(id)")
      #expect((1...100).contains(row["name"]?.count ?? 0), "\(id)")
    }
  }

  @Test func `name what they are based on`() throws {
    let known: Set = ["complianceascode", "mitre", "prowler", "judgement"]
    for row in try Self.rows("controls.tsv") {
      let basis = (row["basis"] ?? "").split(separator: ",").map(String.init)
      #expect(!basis.isEmpty && known.isSuperset(of: basis), "\(row["control"] ?? "")")
      // What is ours stands last.
      #expect(!basis.dropLast().contains("judgement"), "\(row["control"] ?? "")")
    }
    for row in try Self.rows("frameworks.tsv") {
      #expect(row["url"]?.hasPrefix("https://") == true)
      #expect(row["source"]?.contains("judgement") == true)
      #expect(row["version"]?.isEmpty == false)
    }
  }
}

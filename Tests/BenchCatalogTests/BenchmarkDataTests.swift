import BenchModel
import BenchTestSupport
import Testing

@testable import BenchCatalog

/// The tables on Aqua docker-bench and kube-bench.
struct `The tables of benchmarks` {
  private static let tools = ["docker-bench", "kube-bench"]

  @Test(arguments: tools) func `give every check of every edition a control`(tool: String) throws {
    let controls = Set(try CatalogFile("controls.tsv").column("control"))
    let editions = try CatalogFile("\(tool)/editions.tsv").rows
    let names = Set(editions.compactMap { $0["edition"] })
    var used: Set<String> = []
    for row in try CatalogFile("\(tool)/checks.tsv").rows {
      let name = "\(row["id"] ?? "") \(row["title"] ?? "")"
      let own = Set((row["editions"] ?? "").split(separator: ",").map(String.init))
      let control = row["control"] ?? ""
      #expect(!own.isEmpty && own.isSubset(of: names), "\(name)")
      #expect(controls.contains(control), "\(name)")
      let title = try #require(row["title"])
      #expect(Array(Title(title[...]).core) == Array(title.utf8), "no mark in \(name)")
      used.insert(control)
    }
    if tool == "kube-bench" {
      #expect(controls.filter { $0.hasPrefix("kube-") }.isSubset(of: used))
    } else {
      #expect(!used.contains { $0.hasPrefix("kube-") })
    }
  }

  @Test(arguments: tools) func `tell what each control is judged by`(tool: String) throws {
    let table = try CatalogFile("\(tool)/editions.tsv")
    let editions = table.column("edition")
    let lines = Dictionary(zip(editions, table.column("line"))) { first, _ in first }
    let steps = Dictionary(grouping: try CatalogFile("\(tool)/criteria.tsv").rows) {
      $0["control"] ?? ""
    }
    let entries = Catalog.embedded.controls.all.flatMap {
      Catalog.embedded.editions.entries(of: $0.id)
    }
    .filter { $0.tool.name == tool }
    for entry in entries {
      let all = try #require(steps[entry.control.id], "\(entry.control.id)")
      let own = all.filter { lines[$0["since"] ?? ""] == lines[entry.edition] }
      let positions = try own.map { try #require(editions.firstIndex(of: $0["since"] ?? "")) }
      #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "\(entry.control.id)")
      let texts = own.map { $0["says"] ?? "" }
      #expect(zip(texts, texts.dropFirst()).allSatisfy { $0 != $1 }, "\(entry.control.id)")
      let first = try #require(editions.firstIndex(of: entry.edition))
      let oldest = try #require(positions.first, "\(entry.control.id) in \(entry.edition)")
      #expect(oldest <= first, "\(entry.control.id) in \(entry.edition)")
    }
    #expect(Set(steps.keys) == Set(entries.map(\.control.id)))
  }

  @Test func `say how parts make a whole`() throws {
    let catalog = try #require(Catalog.embedded.benchmarks(of: .aquaDockerBench))
    var rules: Set<String> = []
    for row in try CatalogFile("docker-bench/parts.tsv").rows {
      let control = try #require(Catalog.embedded.controls.position(row["control"] ?? ""))
      let edition = try #require(catalog.editions.firstIndex { $0.name == row["edition"] })
      #expect(catalog.partCount(control, in: edition) == 2, "\(row)")
      #expect(row["why"]?.isEmpty == false)
      rules.insert(row["rule"] ?? "")
    }
    #expect(rules == ["any", "all", "a"])
    // Every control that an edition splits has a rule.
    for row in catalog.rows where PartRule.split(row.id) != nil {
      let control = try #require(row.control)
      for edition in catalog.editions.indices where row.editions.contains(edition) {
        #expect(catalog.rule(control, in: edition) != nil, "\(row.id)")
      }
    }
  }

  @Test(.enabled(if: Corpus.isPresent)) func `agree with what the tools' definitions have`() throws
  {
    var seen = 0
    for (tool, file) in [
      (Tool.aquaDockerBench, "aqua-docker-checks.tsv"), (.kubeBench, "kube-checks.tsv"),
    ] {
      let catalog = Catalog.embedded.benchmarks(of: tool)
      for row in Corpus.crosswalk(file) {
        let title = row["description"] ?? row["text"] ?? ""
        let rows = catalog?.rows(id: row["id"] ?? "", title: Title(title[...])) ?? []
        let edition = catalog?.editions.firstIndex { $0.name == row["benchmark"] } ?? -1
        let found = catalog?.row(rows, in: edition)
        #expect(found?.control != nil, "\(row["benchmark"] ?? "") \(row["id"] ?? "") \(title)")
        seen += 1
      }
    }
    #expect(seen > 2_000)
    for row in Corpus.crosswalk("aqua-vs-dbs-ids.tsv") {
      guard let id = row["aqua_id"], !id.isEmpty, let control = row["control"], !control.isEmpty
      else {
        continue
      }
      let catalog = try #require(Catalog.embedded.benchmarks(of: .aquaDockerBench))
      let found = catalog.rows(id: id, title: Title((row["aqua_title"] ?? "")[...]))
      let position = Catalog.embedded.controls.position(control)
      #expect(found.contains { catalog.rows[$0].control == position }, "\(id) \(control)")
    }
  }
}

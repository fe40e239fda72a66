import BenchModel
import Foundation
import Testing

@testable import BenchCatalog

/// The tables of `catalog/`, which are knowledge kept as data and so are tested like code.
struct `The catalogue's tables` {
  private static let folder = "docker-bench-security/"

  @Test(arguments: [
    "controls.tsv", "names.tsv", "dates/months.tsv", "dates/zones.tsv", folder + "checks.tsv",
    folder + "criteria.tsv", folder + "details.tsv", folder + "features.tsv",
    folder + "headings.tsv",
    folder + "versions.tsv", "docker-bench/checks.tsv", "docker-bench/criteria.tsv",
    "docker-bench/editions.tsv", "docker-bench/parts.tsv", "docker-bench/releases.tsv",
    "kube-bench/checks.tsv", "kube-bench/criteria.tsv", "kube-bench/editions.tsv",
    "kube-bench/marks.tsv", "kube-bench/releases.tsv", "risks.tsv", "advice.tsv", "fixes.tsv",
    "sources.tsv", "frameworks/frameworks.tsv", "frameworks/requirements.tsv",
    "frameworks/controls.tsv",
  ])
  func `are compiled in whole`(name: String) throws {
    let file = try CatalogFile(name)
    let table = Catalog.embedded.table(name)
    #expect(table.body.count == file.rows.count)
    #expect(!file.rows.isEmpty)
    #expect(Set(file.rows).count == file.rows.count, "no row stands twice")
  }

  @Test func `describe every control`() throws {
    let controls = try CatalogFile("controls.tsv").rows
    let sections: Set = [
      "host", "daemon", "files", "images", "runtime", "operations", "swarm", "enterprise",
      "community", "api-server", "controller-manager", "scheduler", "etcd", "control-plane",
      "control-plane-files", "worker-files", "kubelet", "kube-proxy", "policies",
      "cloud", "node",
    ]
    var seen: Set<String> = []
    for control in controls {
      let id = try #require(control["control"])
      #expect(seen.insert(id).inserted, "\(id)")
      let isSlug = id.utf8.allSatisfy {
        $0 == 0x2D || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
      }
      #expect(isSlug, "\(id)")
      #expect(sections.contains(control["section"] ?? ""), "\(id)")
      #expect(["automated", "manual", "inventory"].contains(control["kind"] ?? ""), "\(id)")
      #expect(["yes", "no"].contains(control["scored"] ?? ""), "\(id)")
      #expect(["info", "notApplicable"].contains(control["info"] ?? ""), "\(id)")
      let title = try #require(control["title"])
      #expect((1...75).contains(title.count), "\(id)")
      #expect(title == title.split(separator: " ").joined(separator: " "), "\(id)")
      for kind in (control["items"] ?? "").split(separator: ",") {
        #expect(ItemKind(name: kind) != nil, "\(id)")
      }
    }
    #expect(Set(controls.map { $0["title"] }).count == controls.count, "no title stands twice")
  }

  @Test func `know the control and the versions of every check`() throws {
    let controls = Set(try CatalogFile("controls.tsv").column("control"))
    let versions = try CatalogFile.versions()
    let editionOf = Dictionary(
      zip(versions, try CatalogFile(Self.folder + "versions.tsv").column("edition"))
    ) { first, _ in first }
    var used: Set<String> = []
    for row in try CatalogFile(Self.folder + "checks.tsv").rows {
      let name = "\(row["edition"] ?? "") \(row["id"] ?? "") \(row["title"] ?? "")"
      let control = try #require(row["control"])
      used.insert(control)
      #expect(controls.contains(control), "\(name)")
      let (since, until) = (row["since"] ?? "", row["until"] ?? "")
      let first = try #require(versions.firstIndex(of: since), "\(name)")
      let last =
        until.isEmpty ? versions.count - 1 : try #require(versions.firstIndex(of: until), "\(name)")
      #expect(first <= last, "\(name)")
      #expect(editionOf[since] == row["edition"], "\(name)")
      #expect(editionOf[versions[last]] == row["edition"], "\(name)")
      let words = Set((row["results"] ?? "").split(separator: ","))
      #expect(!words.isEmpty && words.isSubset(of: ["PASS", "WARN", "INFO", "NOTE"]), "\(name)")
      #expect(row["title"]?.isEmpty == false, "\(name)")
      for pair in (row["points"] ?? "").split(separator: "|", omittingEmptySubsequences: true) {
        let numbers = pair.split(separator: "/").map { Int($0) }
        #expect(numbers.count == 2 && numbers.allSatisfy { $0.map(abs) ?? 9 <= 1 }, "\(name)")
      }
    }
    #expect(used == controls.filter { !$0.hasPrefix("kube-") }, "every control has a check")
  }

  @Test func `give an id of an edition one control`() throws {
    var controls: [String: Set<String>] = [:]
    for row in try CatalogFile(Self.folder + "checks.tsv").rows {
      let key = "\(row["edition"] ?? "") \(row["id"] ?? "")"
      controls[key, default: []].insert(row["control"] ?? "")
    }
    for (key, controls) in controls { #expect(controls.count == 1, "\(key)") }
  }

  @Test func `tell what each control was judged by over time`() throws {
    let versions = try CatalogFile.versions()
    let rows = try CatalogFile(Self.folder + "criteria.tsv").rows
    let byControl = Dictionary(grouping: rows) { $0["control"] ?? "" }
    let controls = try CatalogFile("controls.tsv").column("control")
    #expect(Set(byControl.keys) == Set(controls.filter { !$0.hasPrefix("kube-") }))
    for (control, steps) in byControl {
      let positions = try steps.map {
        try #require(versions.firstIndex(of: $0["since"] ?? ""), "\(control)")
      }
      #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "\(control)")
      let texts = steps.map { $0["says"] ?? "" }
      #expect(zip(texts, texts.dropFirst()).allSatisfy { $0 != $1 }, "\(control)")
      #expect(texts.allSatisfy { !$0.isEmpty }, "\(control)")
    }
  }

  @Test func `have the versions in the order of time`() throws {
    let rows = try CatalogFile(Self.folder + "versions.tsv").rows
    #expect(rows.count <= VersionSet.capacity)
    #expect(Set(rows.map { $0["version"] }).count == rows.count)
    let editions = Set(try CatalogFile(Self.folder + "checks.tsv").column("edition"))
    let used = Set(rows.map { $0["edition"] ?? "" })
    #expect(editions.isSubset(of: used))
    for row in rows {
      let label = try #require(row["version"])
      #expect(CivilTime(row["date"] ?? "") != nil, "\(label)")
      // A proposed change has no commit that stays.
      if label.hasPrefix("pull/") {
        #expect(row["commit"] == "" && row["tag"] == "", "\(label)")
        continue
      }
      #expect(row["commit"]?.utf8.count == 40, "\(label)")
      #expect(
        label == row["tag"] || label == "\(row["prints"] ?? "")@\((row["commit"] ?? "").prefix(7))",
        "\(label)")
    }
    let order = rows.map { $0["edition"] ?? "" }
    let changes = zip(order, order.dropFirst()).count { $0 != $1 } + 1
    #expect(changes == used.count, "an edition that is left does not come back")
  }

  @Test func `know what the lines below a check name`() throws {
    let versions = try CatalogFile.versions()
    let placeholders: Set = [
      "any", "capabilities", "container", "file", "image", "ip", "network", "path", "port", "users",
    ]
    for row in try CatalogFile(Self.folder + "details.tsv").rows {
      let text = try #require(row["text"])
      for piece in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) {
        let end = try #require(piece.firstIndex(of: "}"), "\(text)")
        #expect(placeholders.contains(String(piece[..<end])), "\(text)")
      }
      let kind = row["kind"] ?? ""
      #expect(kind == "none" || ItemKind(name: kind) != nil, "\(text)")
      let names = [
        "container": "{container}", "image": "{image}", "file": "{file}", "user": "{users}",
        "network": "{network}",
      ]
      if let name = names[kind] { #expect(text.contains(name), "\(text)") }
      let outcome = row["outcome"] ?? ""
      #expect(outcome.isEmpty || Outcome.allCases.contains { $0.name == outcome }, "\(text)")
      let first = try #require(versions.firstIndex(of: row["since"] ?? ""), "\(text)")
      let until = row["until"] ?? ""
      let last =
        until.isEmpty ? versions.count - 1 : try #require(versions.firstIndex(of: until), "\(text)")
      #expect(first <= last, "\(text)")
    }
  }

  @Test func `have every month and sound offsets`() throws {
    let months = try CatalogFile("dates/months.tsv").rows
    #expect(Set(months.map { $0["month"] }) == Set((1...12).map(String.init)))
    #expect(
      months.allSatisfy { $0["word"]?.isEmpty == false && $0["word"] == $0["word"]?.lowercased() })
    for (word, rows) in Dictionary(grouping: months, by: { $0["word"] ?? "" }) {
      #expect(rows.count == 1, "\(word)")
    }
    for zone in try CatalogFile("dates/zones.tsv").rows {
      #expect(CivilTime.offset(zone["offset"] ?? "") != nil, "\(zone["zone"] ?? "")")
    }
  }

  @Test func `have no check for a heading`() throws {
    let checks = try CatalogFile(Self.folder + "checks.tsv").rows.map {
      "\($0["edition"] ?? "") \($0["id"] ?? "")"
    }
    let editions = Set(try CatalogFile(Self.folder + "checks.tsv").column("edition"))
    let ids = Set(checks)
    for row in try CatalogFile(Self.folder + "headings.tsv").rows {
      #expect(editions.contains(row["edition"] ?? ""))
      #expect(!ids.contains("\(row["edition"] ?? "") \(row["id"] ?? "")"), "\(row)")
    }
  }

  @Test func `fold names to parts that their patterns have`() throws {
    for row in try CatalogFile("names.tsv").rows {
      let pattern = row["pattern"] ?? ""
      #expect(["container", "image", "pod"].contains(row["kind"] ?? ""), "\(pattern)")
      let parts =
        pattern.components(separatedBy: "{any}").count
        + pattern.components(separatedBy: "{pod}").count - 2
      let stable = row["stable"] ?? ""
      for number in 1...9 where stable.contains("{\(number)}") {
        #expect(number <= parts, "\(pattern)")
      }
      #expect(!stable.isEmpty, "\(pattern)")
    }
  }

  @Test func `know the features' versions`() throws {
    let versions = try CatalogFile.versions()
    for row in try CatalogFile(Self.folder + "features.tsv").rows {
      for key in ["since", "until"] {
        let label = row[key] ?? ""
        #expect(label.isEmpty || versions.contains(label), "\(row["feature"] ?? "")")
      }
    }
  }
}

import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchPolicy

/// `catalog/threats/` for itself, and against the catalogue.
struct `The default threats` {
  private static let threats = DefaultThreats.model(.embedded).threats

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Fixture.repository + "/" + path, encoding: .utf8)
  }

  @Test func `are read without an error, and are those of the files`() throws {
    var ids: [String] = []
    for path in DefaultThreats.paths {
      let text = try #require(Catalog.embedded.text(path))
      #expect(text == (try Self.text("catalog/" + path)))
      let file = PolicyFile(text)
      #expect(file.errors.isEmpty, "\(path)")
      let name = path.split(separator: "/").last?.split(separator: ".").first ?? ""
      #expect(file.policy.threats.allSatisfy { $0.system.name == name && $0.id.hasPrefix(name) })
      ids += file.policy.threats.map(\.id)
    }
    #expect(Set(ids).count == ids.count)
    #expect(Self.threats.map(\.id) == ids)
    #expect(Catalog.embedded.text("threats/none.yaml") == nil)
  }

  @Test(arguments: Threat.System.allCases)
  func `are of every category`(system: Threat.System) {
    let own = Self.threats.filter { $0.system == system }
    #expect(own.count >= 5)
    // In the files they stand in the order of the categories, and each category has some.
    var categories: [Stride] = []
    for threat in own where categories.last != threat.stride { categories.append(threat.stride) }
    #expect(categories == Stride.allCases)
  }

  @Test func `are decided by controls of their category, or say why not`() throws {
    for threat in Self.threats {
      let (controls, evidence) = (threat.controls, threat.evidence)
      let deciding = evidence.deciding + evidence.decidingWhereChecked
      #expect((1...30).contains(controls.count), "\(threat.id)")
      #expect(!evidence.deciding.isEmpty, "\(threat.id)")
      #expect(deciding.count * 3 >= controls.count, "\(threat.id)")
      for control in controls {
        #expect(Catalog.embedded.controls.control(control) != nil, "\(threat.id): \(control)")
        #expect(Threat.System(of: control) == threat.system, "\(threat.id): \(control)")
      }
      let hasOther = try deciding.contains { control in
        let risk = try #require(Catalog.embedded.risks[control])
        return !risk.stride.contains { $0.stride == threat.stride }
      }
      #expect(!hasOther || threat.note != nil, "\(threat.id)")
    }
  }

  @Test func `have a severity, sources and a countermeasure of their own`() throws {
    let rows = try Self.text("catalog/sources.tsv").split(separator: "\n").dropFirst()
    let known = Set(
      rows.compactMap { $0.split(separator: "\t").first.map(String.init) } + ["judgement"])
    let techniques = Set(
      Catalog.embedded.controls.all.flatMap { Catalog.embedded.risks[$0.id]?.techniques ?? [] })
    for threat in Self.threats {
      #expect(threat.severity != nil, "\(threat.id)")
      #expect((40...420).contains(threat.countermeasure.count), "\(threat.id)")
      #expect(!threat.sources.isEmpty && known.isSuperset(of: threat.sources), "\(threat.id)")
      #expect(!threat.techniques.isEmpty, "\(threat.id)")
      #expect(techniques.union(["T1053.007"]).isSuperset(of: threat.techniques), "\(threat.id)")
    }
    #expect(Set(Self.threats.map(\.countermeasure)).count == Self.threats.count)
  }

  @Test func `have core ones that are as severe as any of their category`() {
    for system in Threat.System.allCases {
      let own = Self.threats.filter { $0.system == system }
      let core = own.filter(\.isCore)
      #expect(core.count == 5)
      #expect(Set(core.map(\.stride)).count == 5)
      for threat in core {
        let worst = own.filter { $0.stride == threat.stride }.compactMap(\.severity).max()
        #expect(threat.severity == worst, "\(threat.id)")
      }
    }
  }

  @Test func `have every control, but those of the document`() throws {
    let page = try Self.text("docs/threats.md")
    let part = try #require(
      page.components(separatedBy: "### Controls in no threat\n").last?
        .components(separatedBy: "\n## ").first)
    let outside = part.split(separator: "\n").compactMap { line in
      line.hasPrefix("| `") ? line.split(separator: "`").dropFirst().first.map(String.init) : nil
    }
    let inside = Set(Self.threats.flatMap(\.controls))
    #expect(inside.isDisjoint(with: outside))
    #expect(
      inside.union(outside) == Set(Catalog.embedded.controls.all.map(\.id)))
  }

  @Test func `are told in a few words`() {
    #expect(Set(Self.threats.map(\.title)).count == Self.threats.count)
    for threat in Self.threats {
      #expect((10...90).contains(threat.title.count), "\(threat.id)")
      #expect(threat.title.last != ".", "\(threat.id)")
      #expect((80...420).contains(threat.description.count), "\(threat.id)")
      #expect((2...4).contains(Self.sentences(threat.description).count), "\(threat.id)")
      #expect((2...5).contains(threat.components.count), "\(threat.id)")
      #expect(threat.note.map { $0.count <= 260 } ?? true, "\(threat.id)")
    }
  }

  @Test func `are told in words of our own`() throws {
    let texts = try (Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments)
      .map { Self.plain(try Fixture.text($0)) }
    #expect(texts.contains { $0.contains("remediations") })
    let known = try ["advice.tsv", "risks.tsv"].map {
      Self.plain(try Self.text("catalog/" + $0))
    }
    var seen: Set<String> = []
    for threat in Self.threats {
      for sentence in Self.sentences(threat.description) + Self.sentences(threat.countermeasure)
        + [threat.title]
      {
        let plain = Self.plain(sentence)
        #expect(seen.insert(plain).inserted, "\(sentence)")
        #expect(!(texts + known).contains { $0.contains(plain) }, "\(sentence)")
      }
    }
  }

  private static func sentences(_ text: String) -> [String] {
    text.components(separatedBy: ". ")
  }

  /// A text without what differs between two copies of it: letters and digits, a blank between words.
  private static func plain(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  @Test func `are all in the document, in its order`() throws {
    let page = try Self.text("docs/threats.md")
    for system in Threat.System.allCases {
      let part = try #require(
        page.components(separatedBy: "\n## \(system.title)\n").last?
          .components(separatedBy: "\n## ").first)
      let rows = part.split(separator: "\n").dropFirst(2).map {
        $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }.filter { $0.count == 4 }
      var category = ""
      let listed = rows.map { row in
        if !row[0].isEmpty { category = row[0] }
        return [category, row[1], row[2], row[3]]
      }
      #expect(
        listed
          == Self.threats.filter { $0.system == system }.map {
            [$0.stride.title, $0.title, "`\($0.id)`", "\($0.controls.count)"]
          })
    }
  }

  @Test func `have an example in the document that can be read`() throws {
    let page = try Self.text("docs/threats.md")
    let yaml = try #require(
      page.components(separatedBy: "```yaml\n").last?.components(separatedBy: "```").first)
    let policy = try PolicyFile(yaml).valid()
    #expect(policy.threats.count == 3)
    #expect(policy.hiddenThreats == ["docker-swarm-impostor"])
    for key in ConditionKey.allCases { #expect(page.contains("`\(key.rawValue)`"), "\(key)") }
    for key in ThreatKey.allCases {
      #expect(page.contains("`\(key.rawValue)`"), "\(key)")
      #expect(yaml.contains("\(key.rawValue):"), "\(key)")
    }
  }
}

import BenchAnalysis
import BenchCatalog
import BenchModel
import Testing

struct `A threat model` {
  private static func threat(_ id: String, _ title: String = "Title", _ stride: Stride = .denial)
    -> Threat
  {
    Threat(
      id: id, system: .docker, title: title, stride: stride, components: ["daemon"],
      description: "Text.", evidence: Threat.Evidence(deciding: ["daemon-icc-disabled"]))
  }

  private static func titles(_ model: ThreatModel) -> [String] {
    model.threats.map { "\($0.id) \($0.title)" }
  }

  @Test func `takes a team's threats in`() {
    let model = ThreatModel([Self.threat("a"), Self.threat("b")])
    let team = [Self.threat("c", "New"), Self.threat("a", "Own")]
    #expect(Self.titles(model.merging(team)) == ["a Own", "b Title", "c New"])
    #expect(Self.titles(model.merging(team, replacing: true)) == ["c New", "a Own"])
    #expect(model.merging([]) == model)
    #expect(Self.titles(model.merging([], hiding: ["b"])) == ["a Title"])
    #expect(model["b"] == Self.threat("b"))
    #expect(model["c"] == nil)
  }

  @Test func `knows the system of every control`() {
    for control in Catalog.embedded.controls.all {
      let systems = Set(Catalog.embedded.editions.entries(of: control.id).map(\.tool.system))
      let own = Threat.System(of: control.id)
      #expect(systems.allSatisfy { Threat.System($0) == own }, "\(control.id)")
    }
    #expect(Threat.System(.other("x")) == nil)
    for system in Threat.System.allCases { #expect(Threat.System(name: system.name) == system) }
    #expect(Threat.System(name: "podman") == nil)
  }
}

import BenchModel
import Testing

struct `A tool` {
  @Test func `is known by its row`() {
    #expect(Tool.dockerBenchSecurity.system == .docker)
    #expect(Tool.dockerBenchSecurity.knowledge == .versions)
    #expect(Tool.dockerBenchSecurity.printsTime)
    #expect(Tool.aquaDockerBench.system == .docker)
    #expect(!Tool.aquaDockerBench.printsTime)
    #expect(Tool(name: "kube-bench").system == .kubernetes)
    #expect(!Tool.kubeBench.printsTime)
    #expect(Set(Tool.known.map(\.tool)).count == Tool.known.count)
  }

  @Test func `is comparable with those that check the same`() {
    #expect(Tool.dockerBenchSecurity.comparable == [.dockerBenchSecurity, .aquaDockerBench])
    #expect(Tool.aquaDockerBench.comparable == [.aquaDockerBench, .dockerBenchSecurity])
    #expect(Tool.kubeBench.comparable == [.kubeBench])
  }

  @Test func `without a row is comparable with itself alone`() {
    let tool = Tool(name: "podman-bench")
    #expect(tool.comparable == [tool])
    #expect(tool.system == .other("podman-bench"))
    #expect(tool.printsTime)
  }
}

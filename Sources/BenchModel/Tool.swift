/// A bench tool, by the name its project uses.
///
/// A struct over a name rather than an enum, so that a new tool is neither a schema change nor a
/// change of this type: what is known of the tools is a row each of ``known``.
package struct Tool: Hashable, Sendable, CustomStringConvertible {
  /// The project's name, such as `docker-bench-security`.
  package let name: String

  /// Creates a tool from its project's name.
  package init(name: String) { self.name = name }

  /// docker/docker-bench-security.
  package static let dockerBenchSecurity = Tool(name: "docker-bench-security")

  /// aquasecurity/docker-bench.
  package static let aquaDockerBench = Tool(name: "docker-bench")

  /// aquasecurity/kube-bench.
  package static let kubeBench = Tool(name: "kube-bench")

  /// What a tool checks; runs of tools that check the same have controls in common.
  package enum System: Hashable, Sendable {
    case docker
    case kubernetes
    /// Nothing is known of the tool, so it is comparable with itself alone.
    case other(String)

    /// The name used in every format.
    package var name: String {
      switch self {
      case .docker: "docker"
      case .kubernetes: "kubernetes"
      case .other(let name): name
      }
    }

    /// The tools that check it.
    package var tools: [Tool] {
      if case .other(let name) = self { return [Tool(name: name)] }
      return Tool.known.filter { $0.system == self }.map(\.tool)
    }
  }

  /// Where a run of a tool names its benchmark.
  package enum BenchmarkName: Hashable, Sendable {
    /// In the id of the heading of each target.
    case headingID
    /// In what the JSON of each target calls `version`.
    case version
  }

  /// What the tables of `catalog/` know a tool by.
  package enum Knowledge: Hashable, Sendable {
    /// By the versions of the tool itself, as docker-bench-security is known, with a normalizer of its own.
    case versions
    /// By the benchmarks that the tool comes with; any number of tools are understood alike.
    case benchmarks(BenchmarkName)
  }

  /// What is known of a tool.
  package struct Facts: Hashable, Sendable {
    package var tool: Tool
    package var system: System
    /// Whether the tool's output says when it ran.
    package var printsTime: Bool
    package var knowledge: Knowledge
  }

  /// The tools that are known: a row each, and the folder of its name in `catalog/`.
  package static let known: [Facts] = [
    Facts(tool: .dockerBenchSecurity, system: .docker, printsTime: true, knowledge: .versions),
    Facts(
      tool: .aquaDockerBench, system: .docker, printsTime: false, knowledge: .benchmarks(.headingID)
    ),
    Facts(
      tool: .kubeBench, system: .kubernetes, printsTime: false, knowledge: .benchmarks(.version)),
  ]

  /// What is known of the tool; of one without a row only its name.
  package var facts: Facts {
    Self.known.first { $0.tool == self }
      ?? Facts(
        tool: self, system: .other(name), printsTime: true, knowledge: .benchmarks(.version))
  }

  /// What the tool checks.
  package var system: System { facts.system }

  /// Whether the tool's output says when it ran.
  package var printsTime: Bool { facts.printsTime }

  /// What the catalogue knows the tool by.
  package var knowledge: Knowledge { facts.knowledge }

  /// The tools that check the same, this one first.
  package var comparable: [Tool] {
    [self] + Self.known.filter { $0.tool != self && $0.system == system }.map(\.tool)
  }

  package var description: String { name }
}

/// A bench tool, by the name its project uses.
///
/// A struct over a name rather than an enum, so that a new tool is neither a schema change nor a
/// change of this type.
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
  }

  /// What the tool checks.
  package var system: System {
    switch self {
    case .dockerBenchSecurity, .aquaDockerBench: .docker
    case .kubeBench: .kubernetes
    default: .other(name)
    }
  }

  /// Whether the tool's output says when it ran.
  package var printsTime: Bool { self != .aquaDockerBench && self != .kubeBench }

  /// The tools that check the same, this one first.
  package var comparable: [Tool] {
    [self]
      + [.dockerBenchSecurity, .aquaDockerBench, .kubeBench].filter {
        $0 != self && $0.system == system
      }
  }

  package var description: String { name }
}

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

  package var description: String { name }
}

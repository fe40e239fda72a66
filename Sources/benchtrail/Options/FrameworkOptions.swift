import ArgumentParser
import BenchCatalog

/// By which framework's requirements a report counts.
struct FrameworkOptions: ParsableArguments {
  @Option(
    name: .customLong("framework"),
    help: ArgumentHelp(
      "By the requirements of a framework: cis-controls, nist-800-53, pci-dss, iso-27001, bsi.",
      valueName: "name"), completion: .frameworks)
  var name: String?

  /// The framework that is asked for; nil for none.
  ///
  /// - Parameter catalog: Where the frameworks are.
  /// - Returns: The framework, or nil.
  /// - Throws: ``Failure``, with the names that are known.
  func load(_ catalog: CatalogOptions) throws -> Framework? {
    guard let name else { return nil }
    let frameworks = try catalog.load().frameworks
    if let framework = frameworks.framework(name) { return framework }
    throw Failure(
      Choices.words("--framework \(name)", name, frameworks.all.map(\.id)), code: Failure.usage)
  }
}

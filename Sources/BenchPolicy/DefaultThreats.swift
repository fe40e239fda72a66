package import BenchAnalysis
package import BenchCatalog

/// The default threats, from `catalog/threats/`, in the form that a policy has them in.
package enum DefaultThreats {
  /// The files, by their paths in the catalogue's folder.
  static let paths = ["threats/docker.yaml", "threats/kubernetes.yaml"]

  /// The threats of a catalogue: Docker's first, and of each system in the order of STRIDE.
  ///
  /// What has an error is left out; see ``errors(_:)``.
  package static func model(_ catalog: Catalog) -> ThreatModel {
    ThreatModel(paths.flatMap { file($0, catalog).policy.threats })
  }

  /// What is wrong with the threats of a catalogue, with the files' paths in its folder.
  package static func errors(_ catalog: Catalog) -> [(path: String, error: PolicyError)] {
    paths.flatMap { path in
      file(path, catalog).errors.map { (path, $0) }
    }
  }

  private static func file(_ path: String, _ catalog: Catalog) -> PolicyFile {
    PolicyFile(catalog.text(path) ?? "", catalog, isDefault: true)
  }
}

extension Policy {
  /// The threats that count: the default ones and the team's; reads them.
  package func threatModel() -> ThreatModel {
    DefaultThreats.model(catalog).merging(
      threats, hiding: hiddenThreats, replacing: replacesThreats)
  }
}

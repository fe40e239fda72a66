package import BenchAnalysis
private import BenchCatalog

/// The default threats, from `catalog/threats/`, in the form that a policy has them in.
package enum EmbeddedThreats {
  /// The threats that are compiled in: Docker's first, and of each system in the order of STRIDE.
  ///
  /// Read at first use. A test keeps the files free of errors; what had one would be left out.
  package static let model = ThreatModel(
    paths.flatMap { PolicyFile(EmbeddedFile.text($0) ?? "").policy.threats })

  /// The files, by their paths from the repository's top.
  static let paths = ["catalog/threats/docker.yaml", "catalog/threats/kubernetes.yaml"]
}

extension Policy {
  /// The threats that count: the default ones and the team's.
  package var threatModel: ThreatModel {
    EmbeddedThreats.model.merging(threats, replacing: replacesThreats)
  }
}

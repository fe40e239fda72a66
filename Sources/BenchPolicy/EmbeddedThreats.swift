package import BenchAnalysis
private import CEmbedded

/// The default threats, from `catalog/threats/`, in the form that a policy has them in.
package enum EmbeddedThreats {
  /// The threats that are compiled in: Docker's first, and of each system in the order of STRIDE.
  ///
  /// Read at first use. A test keeps the files free of errors; what had one would be left out.
  package static let model = ThreatModel(
    paths.flatMap { PolicyFile(bytes(of: $0)).policy.threats })

  /// The files, by their paths from the repository's top.
  static let paths = ["catalog/threats/docker.yaml", "catalog/threats/kubernetes.yaml"]

  /// The bytes of a compiled-in file; none if there is no such file.
  static func bytes(of path: String) -> [UInt8] {
    let files = UnsafeBufferPointer(start: firstEmbeddedFile(), count: embedded_file_count)
    for file in files where path == String(cString: file.path) {
      return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
    return []
  }
}

extension Policy {
  /// The threats that count: the default ones and the team's.
  package var threatModel: ThreatModel {
    EmbeddedThreats.model.merging(threats, replacing: replacesThreats)
  }
}

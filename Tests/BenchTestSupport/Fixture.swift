private import Foundation

/// A file of `Tests/Fixtures`.
package enum Fixture {
  /// The texts of whole runs, each of another state or version.
  package static let texts = [
    "s4-v1.1.0-log.txt", "s1-fa9b227-log.txt", "s1-v1.3.5-log.txt", "s4-v1.3.5-fr-stdout.txt",
    "s1-v1.6.0-log.txt", "s1-v1.6.1-log.txt", "s5-v1.6.0-stdout.txt", "s6-v1.6.0-log.txt",
    "s4-head-stdout.txt",
  ]

  /// The JSON of whole runs.
  package static let documents = [
    "s4-fa9b227-log.json", "s1-fa9b227-log.json", "s1-v1.3.5-log.json", "s5-v1.6.0-log.json",
    "s6-v1.6.0-log.json", "s4-head-log.json",
  ]

  /// The texts of whole runs of Aqua docker-bench and kube-bench.
  package static let aquaTexts = [
    "s1-aqua-cis-1.2-stdout.txt", "s1-aqua-cis-1.2-ids-stdout.txt",
    "s1-aqua-cis-1.6.0-pty-stdout.txt", "s2-aqua-cis-1.6.0-raw-stdout.txt",
    "before-kube-cis-1.6-stdout.txt", "after-kube-cis-1.6-stdout.txt",
    "before-kube-cis-1.6-node-stdout.txt", "before-kube-cis-1.23-stdout.txt",
    "before-kube-v0.3.0-cis-1.5-stdout.txt", "before-kube-eks-stig-stdout.txt",
  ]

  /// The JSON of whole runs of Aqua docker-bench and kube-bench, each with a text of the same state.
  package static let aquaDocuments = [
    "s1-aqua-cis-1.2-ids-stdout.json", "before-kube-cis-1.6-node-stdout.json",
    "before-kube-eks-stig-stdout.json",
  ]

  /// The path of a fixture.
  package static func path(_ name: String) -> String { folder + "/" + name }

  /// The bytes of a fixture.
  ///
  /// - Throws: Foundation's error, if there is no such file.
  package static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// The text of a fixture.
  ///
  /// - Throws: Foundation's error, if there is no such file.
  package static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// The repository's top.
  package static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let folder = repository + "/Tests/Fixtures"
}

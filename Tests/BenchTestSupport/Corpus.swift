private import Foundation

/// The large collection of logs beside the checkout, which not every machine has.
package enum Corpus {
  /// The folder that holds `corpus/` and `crosswalk/`, or nil where it is absent.
  package static let shared: String? = {
    let path = URL(fileURLWithPath: Fixture.repository).deletingLastPathComponent().path + "/shared"
    return FileManager.default.fileExists(atPath: path + "/corpus/runs") ? path : nil
  }()

  /// Whether the collection is there.
  package static var isPresent: Bool { shared != nil }

  /// A folder with the files that one execution of the tool left.
  package struct Folder: Sendable, CustomStringConvertible {
    package let path: String
    /// The names of the files with a log: `stdout.txt`, `log.txt`, `log.json`.
    package let logs: [String]
    /// The state of the machine and the variant, such as `S1/v1.6.0+b`.
    package let name: String

    package var description: String { name }

    /// The bytes of a log.
    ///
    /// - Throws: Foundation's error, if there is no such file.
    package func bytes(_ log: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + log)))
    }
  }

  /// The folders by name; none where the collection is absent.
  package static let folders: [Folder] = {
    guard let shared else { return [] }
    let runs = shared + "/corpus/runs"
    return names(runs).flatMap { state in
      names(runs + "/" + state).map { variant in
        let path = runs + "/" + state + "/" + variant
        let logs = names(path).filter { ["stdout.txt", "log.txt", "log.json"].contains($0) }
        return Folder(path: path, logs: logs, name: state + "/" + variant)
      }
    }
  }()

  /// The rows of a table of the crosswalk, each by the names of its columns; none where it is absent.
  package static func crosswalk(_ name: String) -> [[String: String]] {
    guard let shared,
      let text = try? String(contentsOfFile: shared + "/crosswalk/" + name, encoding: .utf8)
    else { return [] }
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { fields in
      Dictionary(zip(header, fields)) { first, _ in first }
    }
  }

  private static func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}

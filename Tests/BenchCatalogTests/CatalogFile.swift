import BenchTestSupport
import Foundation
import Testing

/// A table of `catalog/` as people edit it, each row by the names of its columns.
struct CatalogFile {
  let rows: [[String: String]]

  init(_ name: String) throws { try self.init(name, at: Fixture.repository + "/catalog/" + name) }

  /// Reads a table of `Tests/Fixtures`.
  init(fixture name: String) throws { try self.init(name, at: Fixture.path(name)) }

  private init(_ name: String, at path: String) throws {
    let url = URL(fileURLWithPath: path)
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    rows = lines.dropFirst().enumerated().map { number, fields in
      #expect(fields.count == header.count, "\(name):\(number + 2)")
      return Dictionary(zip(header, fields)) { first, _ in first }
    }
    #expect(text.last == "\n", "\(name) ends with a line feed")
  }

  /// The values of a column.
  func column(_ name: String) -> [String] { rows.map { $0[name] ?? "" } }

  /// The versions of docker-bench-security, oldest first.
  static func versions() throws -> [String] {
    try CatalogFile("docker-bench-security/versions.tsv").column("version")
  }
}

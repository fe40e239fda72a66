import BenchTestSupport
import Foundation
import Testing

@testable import benchtrail

struct `The licences` {
  private static func file(_ path: String) throws -> String {
    try String(contentsOfFile: Fixture.repository + "/" + path, encoding: .utf8)
  }

  /// Each dependency of Package.swift, by the last part of its address, with its version.
  private static func dependencies() throws -> [String: String] {
    var found: [String: String] = [:]
    for line in try file("Package.swift").split(separator: "\n") {
      guard let match = line.firstMatch(of: /\.package\(url: ".*\/(.+?)", (.+)\)/) else { continue }
      // A range would make another program on another day: docs/decisions/0012-exact-versions.md.
      let exact = try #require(match.2.firstMatch(of: /exact: "(.+)"/), "\(line)")
      found[String(match.1)] = String(exact.1)
    }
    return found
  }

  @Test func `name every dependency with the version that Package.swift asks for`() throws {
    let dependencies = try Self.dependencies()
    #expect(dependencies.count >= 4)
    for (name, version) in dependencies {
      let component = try #require(
        Licenses.components.first { $0.name == name },
        "\(name) is missing in LICENSES/components.tsv")
      #expect(component.version == version, "\(name)")
    }
  }

  /// What the dependencies bring is pinned by nobody.
  @Test func `name what the dependencies depend on`() throws {
    let resolved = try Data(
      contentsOf: URL(fileURLWithPath: Fixture.repository + "/Package.resolved"))
    let object = try #require(try JSONSerialization.jsonObject(with: resolved) as? [String: Any])
    let pins = try #require(object["pins"] as? [[String: Any]])
    let names = Set(Licenses.components.map { $0.name.lowercased() })
    for pin in pins {
      let name = try #require(pin["identity"] as? String)
      #expect(names.contains(name), "\(name) is missing in LICENSES/components.tsv")
    }
  }

  @Test func `have a text for all that is part of the binary`() {
    for component in Licenses.components where component.isStatic {
      for name in component.license.components(separatedBy: " WITH ") {
        #expect(Licenses.texts.contains(name), "\(component.name): \(name)")
      }
    }
  }

  @Test func `are printed whole`() async throws {
    let result = try await Tool().run("--licenses")
    #expect(result.code == 0)
    #expect(
      result.output.contains("GRDB.swift (7.10.0): MIT\n  Copyright (C) 2015-2025 Gwendal Roué\n"))
    #expect(result.output.contains("BenchTrail (\(Benchtrail.version)): Apache-2.0"))
    for path in try FileManager.default.contentsOfDirectory(
      atPath: Fixture.repository + "/LICENSES")
    where path.hasSuffix(".txt") {
      #expect(result.output.contains(try Self.file("LICENSES/" + path)), "\(path)")
    }
    #expect(try Self.file("LICENSES/Apache-2.0.txt") == Self.file("LICENSE"))
  }
}

import BenchTestSupport
import Foundation
import Testing

@testable import benchtrail

struct `The changelog` {
  /// The headings of versions, newest first: what stands in the brackets.
  private static func versions() throws -> [String] {
    let text = try String(contentsOfFile: Fixture.repository + "/CHANGELOG.md", encoding: .utf8)
    return text.matches(of: /(?m)^## \[(.+?)\]/).map { String($0.1) }
  }

  /// The program's version is the one that was released last, or the one in the making.
  @Test func `begins with what is in the making, and knows the version`() throws {
    let versions = try Self.versions()
    #expect(versions.first == "Unreleased")
    let released = versions.dropFirst()
    #expect(released.isEmpty || released.first == Benchtrail.version, "\(versions)")
  }

  @Test func `has semantic versions, newest first`() throws {
    let versions = try Self.versions().dropFirst()
    let numbers = versions.map { $0.split(separator: ".").compactMap { Int($0) } }
    #expect(numbers.allSatisfy { $0.count == 3 })
    for (newer, older) in zip(numbers, numbers.dropFirst()) {
      #expect(older.lexicographicallyPrecedes(newer), "\(newer) stands before \(older)")
    }
    let own = Benchtrail.version.split(separator: ".").compactMap { Int($0) }
    #expect(own.count == 3)
  }
}

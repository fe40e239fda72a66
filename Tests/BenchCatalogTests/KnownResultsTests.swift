import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

/// What was understood is kept for logs that say the same; no log may be taken for another.
struct `A normalizer that has read other logs` {
  private static let names =
    Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments

  /// Expects that a normalizer understands a log as one does that has read nothing before.
  private static func expectAsNew(_ bytes: [UInt8], _ used: Normalizer, _ comment: Comment) {
    let (again, new) = (Reading.results(bytes, by: used), Reading.results(bytes))
    #expect(again.map(\.run.findings) == new.map(\.run.findings), comment)
    #expect(again.map(\.run.release) == new.map(\.run.release), comment)
    #expect(again.map(\.run.isComplete) == new.map(\.run.isComplete), comment)
    #expect(again.map(\.diagnostics) == new.map(\.diagnostics), comment)
  }

  @Test func `understands each as if it had read none`() throws {
    let used = Normalizer(catalog: .embedded)
    for _ in 0..<2 {
      for name in Self.names { Self.expectAsNew(try Fixture.bytes(name), used, "\(name)") }
    }
  }

  @Test(arguments: [
    "s4-head-stdout.txt", "s4-head-log.json", "s2-aqua-cis-1.6.0-raw-stdout.txt",
    "before-kube-cis-1.6-node-stdout.json",
  ])
  func `sees any byte that is another`(name: String) throws {
    let used = Normalizer(catalog: .embedded)
    let bytes = try Fixture.bytes(name)
    _ = Reading.results(bytes, by: used)
    for index in stride(from: 0, to: bytes.count, by: 499) {
      var other = bytes
      other[index] = other[index] == 0x61 ? 0x62 : 0x61
      Self.expectAsNew(other, used, "\(name) at \(index)")
    }
  }
}

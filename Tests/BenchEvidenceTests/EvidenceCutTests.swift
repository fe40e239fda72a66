import BenchEvidence
import BenchModel
import BenchTestSupport
import Testing

struct `The evidence of a run` {
  private static func parts(_ text: String) -> [String] {
    let evidence = EvidenceCut().cut(Array(text.utf8))
    return evidence.parts.map { part in
      (part.digest == nil ? "own: " : "")
        + String(decoding: evidence.bytes[part.range], as: UTF8.self)
    }
  }

  /// A section that is long enough to be a part.
  private static func section(_ heading: String) -> String {
    heading + "\n" + String(repeating: "[PASS] 1.1 - A check\n", count: 20)
  }

  @Test(arguments: Fixture.texts + Fixture.documents + Fixture.aquaTexts + Fixture.aquaDocuments)
  func `is all of its bytes, cut into several parts`(fixture: String) throws {
    let bytes = try Fixture.bytes(fixture)
    let evidence = EvidenceCut().cut(bytes)
    #expect(evidence.parts.flatMap { bytes[$0.range] } == bytes)
    #expect(evidence.parts.count > 1)
    for part in evidence.parts {
      guard let digest = part.digest, let packed = part.packed else { continue }
      let own = Array(bytes[part.range])
      #expect(Digest(of: own) == digest)
      #expect(Compression.unpack(packed, size: own.count) == own)
      #expect(Compression.unpack(packed, size: own.count + 1) == nil)
      #expect(Compression.unpack(packed.dropLast(), size: own.count) == nil)
    }
  }

  @Test func `is cut at the sections of a text, and its date is its own`() {
    let (one, two) = (Self.section("[INFO] 1 - Host"), Self.section("[INFO] 2 - Daemon"))
    #expect(
      Self.parts("# banner\nInitializing 2026-01-01\n" + one + two)
        == ["# banner\n", "own: Initializing 2026-01-01\n", one, two])
    let (first, second) = (Self.section("[INFO] 1 Master"), Self.section("== Summary =="))
    #expect(Self.parts(first + second) == [first, second])
    let colored = Self.section("\u{1b}[1;34m[INFO]\u{1b}[0m 2 - Daemon")
    #expect(Self.parts(one + colored) == [one, colored])
    // A heading of a part of a section is none, and neither is a short section.
    #expect(Self.parts(one + Self.section("[INFO] 1.1 - Hosts")).count == 1)
    #expect(Self.parts("[INFO] 1 - Host\n[INFO] 2 - Daemon\n").count == 1)
  }

  @Test func `is cut at the sections of JSON, and its times are its own`() {
    let one = Self.section("    {\"id\": \"1\", \"desc\": \"Host\"")
    let two = Self.section("    {\"id\": \"2\", \"desc\": \"Daemon\"")
    #expect(
      Self.parts(
        "{\n  \"start\": 17,\n  \"tests\": [\n" + one + two + "  ], \"checks\": 9, \"end\": 18\n}")
        == [
          "{\n", "own:   \"start\": 17,\n", "  \"tests\": [\n" + one, two + "  ], \"checks\": 9, ",
          "own: \"end\": 18\n", "}",
        ])
  }

  @Test func `is the same for logs that differ in their dates alone`() throws {
    let text = try Fixture.text("s1-v1.6.1-log.txt")
    let other = text.replacing("2026-11-23T03:53:31", with: "2027-01-01T00:00:00")
    #expect(text != other)
    let cut = EvidenceCut()
    let (first, second) = (cut.cut(Array(text.utf8)), cut.cut(Array(other.utf8)))
    #expect(first.digest == second.digest)
    #expect(first.bytes != second.bytes)
    // What was packed is not packed again.
    #expect(second.parts.allSatisfy { $0.packed == nil })
    let changed = cut.cut(Array(text.replacing("[WARN]", with: "[PASS]").utf8))
    #expect(changed.digest != first.digest)
  }

  @Test(arguments: [0, 1, 70_000, 300_000])
  func `may be one line of any length`(count: Int) {
    for byte: UInt8 in [0x20, 0x0A, 0x7B] {
      let bytes = [UInt8](repeating: byte, count: count)
      let evidence = EvidenceCut().cut(bytes)
      #expect(evidence.parts.flatMap { bytes[$0.range] } == bytes)
      #expect(evidence.parts.allSatisfy { $0.range.count <= 1 << 17 })
    }
  }

  @Test func `is put together alike from equal bytes alone`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let words = [
        "[INFO] 1 - A\n", "Initializing x\n", "\"start\": 1\n", "x", "\n", "{\"section\":",
      ]
      let text = (0..<Int.random(in: 0..<900, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }.joined()
      let evidence = EvidenceCut().cut(Array(text.utf8))
      #expect(
        evidence.parts.map { Array(evidence.bytes[$0.range]) }.joined().elementsEqual(text.utf8))
      #expect(EvidenceCut().cut(Array(text.utf8)).digest == evidence.digest)
    }
  }
}

import BenchModel
import Testing

@testable import BenchExports

struct `An export's sink` {
  private struct Full: Error {}

  /// What a sink of a piece size hands on.
  private static func pieces(
    _ size: Int, _ body: (ExportSink) throws -> Void
  ) throws -> [String] {
    var pieces: [String] = []
    let sink = ExportSink(pieceSize: size) { pieces.append(String(decoding: $0, as: UTF8.self)) }
    try body(sink)
    return pieces
  }

  @Test func `hands on pieces once they are worth it`() throws {
    let pieces = try Self.pieces(8) { sink in
      sink.append("0123456789")
      try sink.flush()
      try sink("abc")
      try sink("defgh")
      try sink("i")
    }
    #expect(pieces == ["0123456789", "abcdefgh"])
  }

  @Test func `hands on the rest when it is told to, and nothing twice`() throws {
    let pieces = try Self.pieces(8) { sink in
      try sink("abc")
      try sink.drain()
      try sink.drain()
    }
    #expect(pieces == ["abc"])
  }

  @Test func `takes more than a piece at once`() throws {
    let text = String(repeating: "äöü", count: 1_000)
    #expect(try Self.pieces(8) { try $0(text) } == [text])
  }

  @Test(arguments: [0, 9, 10, 99, 100, 4_711, Int.max, -1, Int.min])
  func `writes numbers`(number: Int) throws {
    let pieces = try Self.pieces(8) { sink in
      sink.append(number)
      try sink.drain()
    }
    #expect(pieces == [String(number)])
  }

  /// The digest of "3:abc", as `printf 3:abc | sha256sum` prints it.
  @Test func `writes fingerprints and their beginnings`() throws {
    let fingerprint = Fingerprint(["abc"])
    let pieces = try Self.pieces(1) { sink in
      sink.append(fingerprint)
      try sink.flush()
      sink.append(fingerprint, digits: 16)
      try sink.flush()
    }
    #expect(
      pieces == [
        "aab5f9ae99b2e38fb462025c8f72f570c9c811705d2a4277dc855d7fa293fe97", "aab5f9ae99b2e38f",
      ])
  }

  @Test func `ends with an error of whoever takes it`() {
    #expect(throws: Full.self) {
      try ExportSink(pieceSize: 1) { _ in throw Full() }("x")
    }
  }
}

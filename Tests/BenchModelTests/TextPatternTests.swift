import BenchModel
import Testing

struct `A pattern over bytes` {
  private static let slash = UInt8(ascii: "/")

  /// What each open part of a pattern takes of a text.
  private func taken(_ parts: [TextPattern.Part], _ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    return TextPattern(parts).match(bytes)?.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `takes as little as will do, and where it is told to as much`() {
    let inWord = TextPattern.Part.literal(Array(" in ".utf8))
    #expect(taken([.any(), inWord, .any()], "a in b in c") == ["a", "b in c"])
    #expect(taken([.any(takesMost: true), inWord, .any()], "a in b in c") == ["a in b", "c"])
    #expect(taken([.any(least: 1), inWord, .any(least: 1)], " in  in x") == [" in ", "x"])
    #expect(taken([.any(least: 1)], "") == nil)
  }

  @Test func `takes back what it took where the rest does not fit`() {
    let digits = TextPattern.Part.measured { $0.first.map { $0 &- 0x30 < 10 } == true ? 1 : nil }
    let dash = TextPattern.Part.literal([0x2D])
    #expect(taken([.any(least: 1), dash, digits], "a-b-1") == ["a-b"])
    #expect(
      taken([.any(least: 1), dash, .any(least: 1), dash, digits], "a-b-c-1") == ["a", "b-c"])
    #expect(taken([.any(excluded: Self.slash), dash], "a/b-") == nil)
    #expect(
      taken([.any(), .literal([0x2F]), .any(excluded: Self.slash)], "a/b/c") == ["a/b", "c"])
  }

  @Test func `agrees with a search that tries everything`() {
    var state: UInt64 = 19
    func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    func text(_ count: Int) -> [UInt8] { (0..<count).map { _ in [0x61, 0x62, 0x2F][below(3)] } }
    for _ in 0..<3_000 {
      let parts = (0..<below(6)).map { _ -> TextPattern.Part in
        switch below(5) {
        case 0: .any()
        case 1: .any(least: 1, excluded: Self.slash)
        case 2: .scalar
        default: .literal(text(1 + below(2)))
        }
      }
      let text = text(below(10))
      #expect(
        TextPattern(parts).match(text) == Self.first(parts[...], text, 0),
        "\(parts) on \(String(decoding: text, as: UTF8.self))")
    }
  }

  /// What the open parts take of an ASCII text, by trying each length, the shortest first.
  private static func first(
    _ parts: ArraySlice<TextPattern.Part>, _ text: [UInt8], _ place: Int
  ) -> [Range<Int>]? {
    guard let part = parts.first else { return place == text.count ? [] : nil }
    switch part {
    case .literal(let literal):
      guard text[place...].starts(with: literal) else { return nil }
      return first(parts.dropFirst(), text, place + literal.count)
    case .scalar:
      return place < text.count ? first(parts.dropFirst(), text, place + 1) : nil
    case .measured: return nil
    case .any(let least, let excluded, _):
      guard place + least <= text.count else { return nil }
      for end in (place + least)...text.count {
        if text[place..<end].contains(where: { $0 == excluded }) { return nil }
        if let rest = first(parts.dropFirst(), text, end) { return [place..<end] + rest }
      }
      return nil
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `takes no longer where somebody wants it to`() {
    let a = TextPattern.Part.literal([0x61])
    let text = [UInt8](repeating: 0x61, count: 4_000)
    for open in [TextPattern.Part.any(), .any(least: 1, excluded: Self.slash)] {
      let parts = (0..<400).flatMap { _ in [open, a] } + [.literal([0x62])]
      #expect(TextPattern(parts).match(text, from: Array(0...text.count)) == nil)
    }
  }
}

import BenchModel
import Testing

struct `The bytes of a name` {
  private static let names: [[UInt8]] = [
    Array("web-1".utf8), Array("caf\u{E9}".utf8), [0x63, 0x61, 0x66, 0xE9],
    [0x63, 0x61, 0x66, 0xE8],
    [0xFF], [0xC3], [], Array("\u{10FEE9}".utf8), [0xC3, 0xA9, 0xE9],
  ]

  @Test(arguments: names)
  func `come back from its text`(name: [UInt8]) {
    #expect(NameBytes.bytes(NameBytes.text(name)) == name)
    #expect(NameBytes.bytes(NameBytes.standingIn(for: name)) == name)
  }

  @Test func `tell names apart`() {
    #expect(Set(Self.names.map { NameBytes.text($0) }).count == Self.names.count)
  }

  @Test func `are themselves where they are UTF-8`() {
    #expect(NameBytes.text(Array("café".utf8)) == "café")
  }
}

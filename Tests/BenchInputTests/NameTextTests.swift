import BenchInput
import BenchModel
import BenchTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct `A name from outside` {
  @Test func `is another's only where the bytes are`() {
    let names: [[UInt8]] = [
      Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8), [0x63, 0x61, 0x66, 0xE9],
      Array("\u{212B}".utf8),
      Array("\u{C5}".utf8), Array("A\u{30A}".utf8), Array("\u{1100}\u{1161}".utf8),
      Array("\u{AC00}".utf8),
    ]
    let texts = names.map { NameBytes.distinct($0) }
    #expect(Set(texts).count == names.count)
    #expect(texts.map(NameBytes.bytes) == names)
  }

  @Test func `may be no text, and the file is read all the same`() throws {
    let folder = try TemporaryFolder()
    for byte: UInt8 in [0xE8, 0xE9] {
      let path = NameBytes.text(Array((folder.path + "/caf").utf8) + [byte])
      let file = NameBytes.withCString(path) { open($0, O_WRONLY | O_CREAT, 0o600) } ?? -1
      #expect(write(file, "a", 1) == 1)
      close(file)
    }
    let entries = LogFiles.entries([folder.path])
    #expect(entries.count == 2)
    for entry in entries { #expect(try LogFile(path: entry.path).bytes(limit: 9) == [0x61]) }
    let pattern = try #require(HostPattern("{host}"))
    #expect(Set(entries.compactMap { pattern.host(in: $0.path) }).count == 2)
  }
}

import BenchInput
import BenchModel
import BenchTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct `A log file` {
  private static func read(_ path: String) throws -> (bytes: [UInt8], noticed: [Diagnostic]) {
    var bytes: [UInt8] = []
    let noticed = try LogFile(path: path).read { bytes += $0 }
    return (bytes, noticed)
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `is handed out as it is`() throws {
    let (bytes, noticed) = try Self.read(Fixture.path("s4-head-log.json"))
    #expect(bytes == (try Fixture.bytes("s4-head-log.json")))
    #expect(noticed.isEmpty)
  }

  @Test(arguments: [0, 1, 2, 3, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
  func `may have any size`(size: Int) throws {
    let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try folder.write("log", content)
    #expect(try Self.read(path).bytes == content)
  }

  @Test func `is unzipped`() throws {
    let (bytes, noticed) = try Self.read(Fixture.path("s4-v1.1.0-log.txt.gz"))
    #expect(bytes == (try Fixture.bytes("s4-v1.1.0-log.txt")))
    #expect(noticed.isEmpty)
  }

  @Test func `may be of two zipped members`() throws {
    let zipped = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    let plain = try Fixture.bytes("s4-v1.1.0-log.txt")
    let (bytes, noticed) = try Self.read(folder.write("two.gz", zipped + zipped))
    #expect(bytes == plain + plain)
    #expect(noticed.isEmpty)
  }

  @Test func `may have padding after the zipped data`() throws {
    let zipped = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    let path = try folder.write("padded.gz", zipped + [UInt8](repeating: 0, count: 512))
    #expect(try Self.read(path).bytes == (try Fixture.bytes("s4-v1.1.0-log.txt")))
  }

  @Test func `that is zipped may end at any byte`() throws {
    let zipped = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    let plain = try Fixture.bytes("s4-v1.1.0-log.txt")
    for end in 2..<zipped.count {
      let (bytes, noticed) = try Self.read(folder.write("cut.gz", Array(zipped[..<end])))
      #expect(plain.starts(with: bytes), "cut at \(end)")
      #expect(noticed.map(\.kind) == [.brokenCompression], "cut at \(end)")
    }
  }

  @Test func `that is zipped may be damaged`() throws {
    let zipped = try Fixture.bytes("s4-v1.1.0-log.txt.gz")
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      var broken = zipped
      let index = Int.random(in: 2..<broken.count, using: &generator)
      broken[index] ^= UInt8.random(in: 1...255, using: &generator)
      _ = try Self.read(folder.write("broken.gz", broken))
    }
    var broken = zipped
    broken[zipped.count / 2] ^= 0xFF
    let (bytes, noticed) = try Self.read(folder.write("broken.gz", broken))
    #expect(noticed.map(\.kind) == [.brokenCompression])
    #expect(bytes.count < 2 * (try Fixture.bytes("s4-v1.1.0-log.txt")).count)
  }

  @Test func `that is missing is an error with its path`() {
    let path = folder.file("missing")
    let error = #expect(throws: LogFile.Unreadable.self) { try Self.read(path) }
    #expect(error?.path == path)
    #expect(error?.code == ENOENT)
    #expect(!LogFile.exists(path))
  }

  @Test func `is no folder`() {
    let error = #expect(throws: LogFile.Unreadable.self) { try Self.read(folder.path) }
    #expect(error?.code == EISDIR)
    #expect(LogFile.exists(folder.path))
  }

  @Test func `stops where the reader throws`() {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try LogFile(path: Fixture.path("s4-head-log.json")).read { _ in throw Enough() }
    }
  }
}

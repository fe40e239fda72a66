import BenchFuzz
import Foundation
import Testing

struct `A part that reads what others wrote` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fuzz/Seeds").standardizedFileURL

  /// The seeds, and what a fuzzer found: a folder of them for each part.
  private static func seeds(of target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target.rawValue), includingPropertiesForKeys: nil)
  }

  @Test(.timeLimit(.minutes(2)), arguments: FuzzTarget.allCases)
  func `takes its seeds, cut off and with a byte changed too`(target: FuzzTarget) throws {
    let seeds = try Self.seeds(of: target)
    #expect(!seeds.isEmpty)
    for seed in seeds {
      let bytes = Array(try Data(contentsOf: seed))
      target.run(bytes)
      for part in 1...4 {
        target.run(Array(bytes.prefix(bytes.count * part / 5)))
        var changed = bytes
        if !changed.isEmpty { changed[(changed.count - 1) * part / 5] ^= 0x24 }
        target.run(changed)
      }
    }
  }
}

import BenchModel
import BenchParsing
import BenchTestSupport
import Testing

/// Logs with bytes changed at random: whatever is read of them holds together.
enum FlippedBytes {
  /// Reads a fixture's beginning so many times, each with other bytes changed.
  static func read(_ fixture: String, seed: UInt64, rounds: Int) throws {
    let bytes = Array(try Fixture.bytes(fixture).prefix(6_000))
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<rounds {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        let index = Int.random(in: broken.indices, using: &generator)
        broken[index] = UInt8.random(in: 0...255, using: &generator)
      }
      for run in LogReader.runs(in: broken) {
        #expect(run.details.count >= run.checks.reduce(0) { $0 + Int($1.detailCount) })
        #expect(run.targets.allSatisfy { (0...run.checks.count).contains($0.firstCheck) })
      }
    }
  }
}

import BenchModel
import Testing

/// Work on many values that several threads share.
struct `Values in parallel` {
  @Test(arguments: [0, 1, 31, 32, 33, 1_000, 4_097])
  func `stay in their order, each taken once`(count: Int) {
    let values = Array(0..<count)
    #expect(values.mapInParallel { "\($0)" } == values.map { "\($0)" })
  }
}

import BenchFuzz
import Foundation

/// The part that the variable `FUZZ_TARGET` names.
private let target = FuzzTarget(
  rawValue: ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "")

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else {
    fatalError(
      "FUZZ_TARGET names none of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

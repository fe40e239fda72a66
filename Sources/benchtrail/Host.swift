import BenchModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// This machine.
enum Host {
  /// The machine's name.
  static var name: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? "localhost" : String(decoding: bytes, as: UTF8.self)
  }

  /// The time, in seconds since 1970.
  ///
  /// `SOURCE_DATE_EPOCH`, of a year up to 9999, takes its place, so that an output can be made again: https://reproducible-builds.org.
  static var now: Int64 {
    Output.environment("SOURCE_DATE_EPOCH").flatMap { Int64($0) }.flatMap {
      (0...CivilTime.storable.upperBound).contains($0) ? $0 : nil
    }
      ?? Int64(time(nil))
  }
}

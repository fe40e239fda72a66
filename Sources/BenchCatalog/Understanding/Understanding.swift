import BenchModel
private import CNettle

/// What a run is read as, and how runs are compared, in a few bytes: two programs that have the same read a log alike.
///
/// Made of the version of the readers and of every table that decides. What only says how bad or how to be mended something
/// is, such as risks, advice, frameworks and threats, is not in it.
package struct Understanding: Hashable, Sendable, CustomStringConvertible {
  /// The version of what reads and understands logs, code and all; a test tells when it must be raised.
  package static let readersVersion = 2

  private let high: UInt64
  private let low: UInt64

  /// How many bytes it has.
  package static let size = 16

  /// Creates an understanding from its bytes; nil for another number of them.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.init(digest: bytes)
  }

  /// Makes the understanding of a catalogue.
  init(readers: Int, _ catalog: Catalog) {
    var content = Array("benchtrail readers \(readers)\n".utf8)
    for path in Self.paths {
      let text = Array((catalog.text(path) ?? "").utf8)
      content += Array("\(path) \(text.count)\n".utf8)
      content += text
    }
    var context = sha256_ctx()
    var digest = [UInt8](repeating: 0, count: Self.size)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, content.count, content)
    nettle_sha256_digest(&context, digest.count, &digest)
    self.init(digest: digest)
  }

  private init(digest: [UInt8]) {
    high = digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = digest.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The files that decide: every table but those on what a failure means and how it is mended.
  static let paths = TableRule.all.map(\.path).filter { !others.contains($0) }

  private static let others: Set = [
    "risks.tsv", "fixes.tsv", "advice.tsv", "sources.tsv", "frameworks/frameworks.tsv",
    "frameworks/requirements.tsv", "frameworks/controls.tsv", "kube-bench/distributions.tsv",
    "kube-bench/distribution-fixes.tsv", "kube-bench/paths.tsv", "kube-bench/fix-versions.tsv",
  ]

  /// The bytes.
  package var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }

  /// The bytes as hexadecimal digits.
  package var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

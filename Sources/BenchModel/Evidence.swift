/// The bytes that a run was read from, cut so that equal parts of different logs are stored once.
///
/// The parts, one after the other, are the bytes: after unzipping, and decoded to UTF-8.
package struct Evidence: Sendable {
  /// A stretch of the bytes.
  package struct Part: Sendable {
    package var range: Range<Int>
    /// The digest of the bytes; nil for a part that is the run's own, such as the line with its date.
    package var digest: Digest?
    /// The bytes compressed, where that is known already.
    package var packed: [UInt8]?

    /// Creates a part.
    package init(range: Range<Int>, digest: Digest?, packed: [UInt8]? = nil) {
      self.range = range
      self.digest = digest
      self.packed = packed
    }
  }

  /// The most bytes that are kept as the evidence of a run.
  package static let mostBytes = 32 << 20

  package let bytes: [UInt8]
  package let parts: [Part]
  /// The digest of the parts' digests: evidence that is equal but for the runs' own parts has the same.
  package let digest: Digest
  /// Which of the runs that are read from the bytes it is, counted from 0: a logger's document may wrap several.
  package var place = 0

  /// Creates evidence of its parts.
  package init(bytes: [UInt8], parts: [Part], digest: Digest) {
    self.bytes = bytes
    self.parts = parts
    self.digest = digest
  }
}

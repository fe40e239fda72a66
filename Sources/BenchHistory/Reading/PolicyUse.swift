package import BenchModel

/// A stretch of time in which commands judged by one content of a policy's file.
package struct PolicyUse: Hashable, Sendable {
  /// The file, by its whole path.
  package var path: String
  /// The digest of its content.
  package var digest: Digest
  /// The commit of git that has the content, as 40 or 64 hexadecimal digits; nil where there is none.
  package var revision: String?
  /// When a command first judged by it, in seconds since 1970.
  package var firstSeen: Int64
  /// When one last did.
  package var lastSeen: Int64

  /// Creates a use.
  package init(
    path: String, digest: Digest, revision: String? = nil, firstSeen: Int64, lastSeen: Int64
  ) {
    self.path = path
    self.digest = digest
    self.revision = revision
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }

  /// How old ``lastSeen`` may grow before it is written again: most commands then write nothing.
  package static let precision: Int64 = 3_600

  /// What a list of uses is once a content was seen at a time: the last use of the path goes on, or another begins.
  ///
  /// - Parameters:
  ///   - uses: The uses so far, in the order of ``firstSeen``.
  ///   - path: The file.
  ///   - digest: Its content's digest.
  /// - Returns: The place of the use that goes on; nil where another one begins.
  package static func current(in uses: [PolicyUse], of path: String, _ digest: Digest) -> Int? {
    guard let last = uses.lastIndex(where: { $0.path == path }), uses[last].digest == digest else {
      return nil
    }
    return last
  }
}

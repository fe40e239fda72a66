/// Where the policy is from that findings are judged by.
package struct PolicySource: Hashable, Sendable {
  /// How it is related to the time that is asked about.
  package enum Kind: String, Sendable {
    /// The file as it is now.
    case current
    /// The file as it was at the time that is asked about.
    case inForce
    /// The earliest content that is known: that of the time is not known, so what was accepted later is left out.
    case earliestKnown
  }

  package var kind: Kind
  /// The file, by its whole path.
  package var path: String
  /// The commit of git that has the content; nil where none is known.
  package var revision: String?
  /// The digest of the content in hexadecimal; nil where no database keeps it.
  package var digest: String?
  /// When a command first judged by the content, in seconds since 1970; nil where none did yet.
  package var firstSeen: Int64?
  /// How many errors this version finds in a content of before, whose entries it leaves out.
  package var errors: Int

  /// Creates a source.
  package init(
    _ kind: Kind, path: String, revision: String? = nil, digest: String? = nil,
    firstSeen: Int64? = nil,
    errors: Int = 0
  ) {
    self.kind = kind
    self.path = path
    self.revision = revision
    self.digest = digest
    self.firstSeen = firstSeen
    self.errors = errors
  }
}

/// Why an entry is not added to a policy's text.
package enum PolicyEditError: Error, Hashable, Sendable {
  /// The policy has errors, so nobody can tell what it says.
  case invalid([PolicyError])
  /// The whole file is written in brackets, as JSON is; with the entry as JSON.
  case fileInBrackets(at: PolicyError.Place, entry: String)
  /// The list is written in brackets; with the entry as JSON.
  case listInBrackets(at: PolicyError.Place, entry: String)
  /// The list is written in a way that is not edited, with a tag or an anchor; with the entry as JSON.
  case unusual(at: PolicyError.Place, entry: String)
  /// A value has a character that may not stand in a policy.
  case unwritable(key: String, UInt32)
  /// A value has nothing but blanks.
  case blank(key: String)
  /// An entry about the same is there, and differs in the values of these keys.
  case differs(line: Int, keys: [String])
  /// What would be written would not be read as it is meant; with the entry as JSON.
  case notRead(entry: String)
}

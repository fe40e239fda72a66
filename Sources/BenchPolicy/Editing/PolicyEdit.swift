/// A change of a policy's text that adds an entry.
package struct PolicyEdit: Hashable, Sendable {
  /// The whole new text.
  package internal(set) var text: String
  /// The 1-based line of the new text at which the entry begins.
  package internal(set) var line: Int
  /// The line of the old text that is another one now, if there is one.
  package internal(set) var removed: [String] = []
  /// What that line is now, and the lines that are new.
  package internal(set) var added: [String]
}

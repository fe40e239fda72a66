/// Something that is wrong with a file of a catalogue.
package struct CatalogError: Error, Hashable, Sendable {
  /// The path in the catalogue's folder.
  package var file: String
  /// Whether the file is the team's: a row of ours may name what a file of the team does not have.
  package var isOwn: Bool
  /// The 1-based line; 0 for what is about the whole file.
  package var line: Int
  package var kind: Kind

  /// What is wrong, with the values that its wording needs.
  package enum Kind: Hashable, Sendable {
    /// No file of a catalogue has such a path.
    case unknownFile(near: String?)
    /// The file has more bytes than are read.
    case tooLarge(limit: Int)
    /// The file is not UTF-8.
    case notUTF8
    /// The first line has other names of columns.
    case wrongColumns(expected: [String], found: [String])
    /// A row has too many fields, or too few.
    case wrongCount(expected: Int, found: Int)
    /// There are more rows, or more editions, than can be told apart.
    case tooMany(limit: Int)
    /// A control character, or one that turns text around.
    case unsafeCharacter(UInt32)
    /// A field has more bytes than are read.
    case tooLong(column: String, limit: Int)
    /// A field that must have a value has none.
    case blank(column: String)
    /// The row is there already, in this line.
    case repeated(String, first: Int)
    /// The row says something else of the same than this line does.
    case contradicts(String, first: Int)
    /// No row of another table has the name.
    case unknownName(column: String, String, table: String)
    /// A word that means nothing here.
    case unknownWord(column: String, String, expected: [String])
    /// A value that can't be read, and what is expected.
    case malformed(column: String, String, expected: Expected)
    /// A span of versions that ends before it begins.
    case reversed(since: String, until: String)
    /// There are more errors than are told.
    case moreErrors(limit: Int)
  }

  /// What a value must be, where no list of words tells it.
  package enum Expected: Hashable, Sendable {
    /// One to six categories, each with its source: `elevation@judgement`.
    case stride
    /// A minor version of Kubernetes, or nothing: `1.28`.
    case kubernetesVersion
    /// A month's number.
    case month
    /// A zone's offset: `+02:00`.
    case offset
    /// A pattern of names with placeholders that exist, four of `{any}` and `{pod}` at most.
    case namePattern
    /// A line with placeholders in closed brackets.
    case linePattern
    /// Points of a PASS and of a WARN: `1/-1`, several with `|` between them.
    case points
    /// `any`, `all`, or the letter of a part.
    case partRule
  }
}

/// The errors of a catalogue, file by file.
package struct InvalidCatalog: Error, Hashable, Sendable {
  package var errors: [CatalogError]

  /// Creates the error from those that were found.
  package init(_ errors: [CatalogError]) { self.errors = errors }
}

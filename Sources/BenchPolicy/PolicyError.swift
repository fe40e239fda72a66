package import BenchModel

/// Something that is wrong with a policy's file.
package struct PolicyError: Error, Hashable, Sendable {
  /// Where in the file it is.
  package var place: Place
  package var kind: Kind

  /// Creates an error.
  package init(_ kind: Kind, at place: Place) {
    self.place = place
    self.kind = kind
  }

  /// The 1-based line.
  package var line: Int { place.line }
  /// The 1-based column, counted in Unicode scalars.
  package var column: Int { place.column }

  /// A position in a file.
  package struct Place: Hashable, Sendable, Comparable {
    package var line: Int
    package var column: Int

    /// Creates a place; both numbers begin with 1.
    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
      (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
  }

  /// What is wrong, with the values that its wording needs.
  ///
  /// The cases up to ``controlCharacter(_:)`` are about the file as a whole: nothing of it was understood.
  package enum Kind: Hashable, Sendable {
    /// The file has more bytes than are read.
    case tooLarge(limit: Int)
    /// The file is not UTF-8.
    case notUTF8
    /// Lists and mappings are nested deeper than any policy needs.
    case tooDeep
    /// The file has several documents.
    case severalDocuments
    /// The file has anchors and aliases, which are not read.
    case anchor
    /// A value begins with a star and has no quotes, which makes it an alias.
    case unquotedStar
    /// A tab stands where YAML wants blanks.
    case tab
    /// The YAML is broken in another way; with the beginning of the line at fault.
    case syntax(String)
    /// A character that YAML does not allow.
    case controlCharacter(UInt32)
    /// The file is of another version of the format.
    case otherVersion(String)

    /// A key that means nothing here, and the one that was perhaps meant.
    case unknownKey(String, near: String?)
    /// A key for the second time, and the line of the first.
    case duplicateKey(String, first: Int)
    /// A key that is a list or a mapping.
    case keyIsNoText
    /// A required key is missing, or has no value.
    case missingKey(String)
    /// A waiver has none of `control`, `stride` and `severity`.
    case missingSubject
    /// A waiver has several of `control`, `stride` and `severity`.
    case severalSubjects([String])
    /// A value is of the wrong type; the key is nil for the whole document.
    case wrongType(key: String?, expected: Expected, found: Found)
    /// A value has nothing but blanks.
    case blank(key: String)
    /// A list has no entries: whether all or none are meant is not to be guessed.
    case emptyList(key: String)
    /// A value is twice in a list.
    case repeated(String)
    /// A text that is no date such as `2026-12-31`, or one that the calendar lacks.
    case badDate(key: String, String)
    /// A day of acceptance that is behind the last day on which the entry holds, and the key that has that day.
    case acceptedTooLate(String, lastDay: String, key: String)
    /// No control has this name.
    case unknownControl(UnknownControl)
    /// A severity, category or decision that does not exist.
    case unknownWord(key: String, String, expected: [String])
    /// A number below the least or above the most.
    case outOfRange(key: String, String, least: Int, most: Int?)
    /// A threat's id that is no slug such as `stolen-laptop`.
    case badID(String)
    /// An id that is hidden and is none of a default threat.
    case noDefaultThreat(String)
    /// A key of a threat that is hidden, where it says nothing.
    case besideHide(key: String)
    /// Two keys of which only one may be there.
    case eitherKey(String, String)
    /// A text that is no control with an outcome, such as `daemon-tls-auth notApplicable`, or with a tool.
    case badSign(String)
    /// A text that is no technique of MITRE ATT&CK, such as `T1611`.
    case badTechnique(String)
    /// A pattern without `{host}`, or with several.
    case badHostPattern(String)
    /// A host is renamed to a name that is itself renamed.
    case renamedAgain(String, to: String)
    /// There are more errors than are told.
    case moreErrors(limit: Int)
  }

  /// A name that no control has, and what was perhaps meant.
  package struct UnknownControl: Hashable, Sendable {
    package var name: String
    /// The controls that are spelt nearly so, the nearest first.
    package var near: [ControlID]
    /// If the name is a check's id: what it means in the editions that have it.
    package var meanings: [Meaning]
  }

  /// A control that an id means, and the editions in which it does.
  package struct Meaning: Hashable, Sendable {
    package var control: ControlID
    package var editions: [String]
  }

  /// What a key wants.
  package enum Expected: Hashable, Sendable {
    case mapping
    case list
    case text
    case textOrList
    case boolean
    case wholeNumber
    case number
  }

  /// What a key has.
  package enum Found: Hashable, Sendable {
    case nothing
    case text(String)
    case list
    case mapping
  }
}

/// The errors of a policy's file, in the order of the file.
package struct InvalidPolicy: Error, Hashable, Sendable {
  package var errors: [PolicyError]

  /// Creates the error from those that were found.
  package init(_ errors: [PolicyError]) { self.errors = errors }
}

/// What a run found, cut at its sections, with the digests by which equal content is stored once.
package struct RunContent: Sendable {
  /// The findings of one section.
  package struct Section: Sendable {
    package var name: String
    /// Their places among the findings of the run.
    package var places: [Int] = []
    /// For each the line, counted from that of the run, and the place: 4 bytes each, the lowest first.
    package var lines: [UInt8] = []
    /// Of the findings without their lines.
    package var digest = Digest(0, 0)

    /// Creates a section without findings.
    package init(name: String) { self.name = name }
  }

  /// In the order of the run.
  package let sections: [Section]
  /// Of all of it, lines included.
  package let digest: Digest

  /// Creates a content.
  package init(sections: [Section], digest: Digest) {
    self.sections = sections
    self.digest = digest
  }
}

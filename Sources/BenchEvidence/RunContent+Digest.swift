package import BenchModel

extension RunContent {
  /// Cuts what a run found at its sections.
  package init(_ run: Run) {
    var sections: [Section] = []
    // Places instead of copies: a finding has many parts to count references of.
    for (place, finding) in run.findings.enumerated() {
      var index = sections.lastIndex { $0.name == finding.section }
      if index == nil {
        sections.append(Section(name: finding.section))
        index = sections.count - 1
      }
      guard let index else { continue }
      sections[index].places.append(place)
      for number in [max(finding.line - run.line, 0), place] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) {
          sections[index].lines.append(contentsOf: $0)
        }
      }
    }
    var input = DigestInput()
    for index in sections.indices {
      sections[index].digest = Self.digest(
        section: sections[index].name, run.findings, sections[index].places)
      input.add(sections[index].digest)
      input.add(sections[index].lines)
    }
    self.init(sections: sections, digest: Digest(of: input.bytes))
  }

  /// The digest of the findings of one section, without their lines.
  ///
  /// - Parameters:
  ///   - section: The section.
  ///   - findings: The findings of a run.
  ///   - places: Where in these the section's are.
  /// - Returns: The digest.
  package static func digest(
    section: String, _ findings: [Finding], _ places: some Sequence<Int>
  ) -> Digest {
    var input = DigestInput()
    input.add(section)
    for place in places {
      let finding = findings[place]
      input.add(finding.checkID)
      input.add(finding.title)
      input.add(finding.control ?? "")
      input.add(Int(finding.printed.rawValue))
      input.add(Int(finding.outcome.rawValue))
      input.add(finding.itemsTruncated ? 1 : 0)
      input.add(finding.items.count)
      for item in finding.items {
        input.add(Int(item.kind.rawValue))
        input.add(item.name)
        input.add(item.stableName)
        input.add(item.value)
      }
      input.add(finding.details.count)
      for detail in finding.details { input.add(detail) }
    }
    return Digest(of: input.bytes)
  }
}

import BenchEvidence
import BenchModel

/// The digests by which equal content is stored once.
enum RunDigest {
  /// The digest of the findings of one section, without their lines.
  ///
  /// - Parameters:
  ///   - section: The section.
  ///   - findings: The findings of a run.
  ///   - places: Where in these the section's are.
  /// - Returns: The digest.
  static func state(section: String, _ findings: [Finding], _ places: some Sequence<Int>) -> Digest
  {
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

  /// The id of a run: the same in every database that holds it.
  ///
  /// - Parameters:
  ///   - host: The host's name.
  ///   - tool: The tool's name.
  ///   - startedAt: Seconds since 1970.
  ///   - attempt: Tells runs apart that one host started within a second.
  /// - Returns: The id, which is never negative.
  static func run(host: String, tool: String, startedAt: Int64, attempt: Int) -> Int64 {
    var input = DigestInput()
    input.add(host)
    input.add(tool)
    input.add(Int(startedAt))
    input.add(attempt)
    return Digest(of: input.bytes).id
  }
}

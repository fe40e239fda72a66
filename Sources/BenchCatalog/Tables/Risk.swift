package import BenchModel

/// What an open failure of a control means: how bad it is, and what threat it opens.
package struct Risk: Hashable, Sendable {
  package var severity: Severity
  /// The reason for the severity in one sentence.
  package var reason: String
  /// The STRIDE categories, the primary one first, each with the key of its source in `sources.tsv`, or `judgement`.
  package var stride: [Category]
  /// The attack surface, such as `runtime` or `api-server`.
  package var surface: String
  /// MITRE ATT&CK techniques of the Enterprise matrix, of ``attackVersion``.
  package var techniques: [String]
  /// The section of NIST SP 800-190 on countermeasures; empty if none fits.
  package var nist: String

  /// The version of ATT&CK in which every technique of the catalogue is valid (April 2026).
  package static let attackVersion = "v19"

  /// A STRIDE category and where it comes from.
  package struct Category: Hashable, Sendable {
    package var stride: Stride
    package var source: String
  }
}

/// The risks of all controls, from `risks.tsv`.
package struct Risks: Sendable {
  private let risks: [ControlID: Risk]

  /// Reads the table `risks.tsv`.
  init(_ table: Table) {
    var risks: [ControlID: Risk] = [:]
    for fields in table.body {
      guard let severity = Severity(name: fields[1]) else { continue }
      let stride = fields[3].split(separator: ",").compactMap { entry -> Risk.Category? in
        let parts = entry.split(separator: "@")
        guard parts.count == 2, let category = Stride(name: parts[0]) else { return nil }
        return Risk.Category(stride: category, source: String(parts[1]))
      }
      risks[String(fields[0])] = Risk(
        severity: severity, reason: String(fields[2]), stride: stride, surface: String(fields[4]),
        techniques: fields[5].split(separator: ",").map(String.init), nist: String(fields[6]))
    }
    self.risks = risks
  }

  /// The risk of a control; nil for one that is not in the catalogue.
  package subscript(control: ControlID) -> Risk? { risks[control] }
}

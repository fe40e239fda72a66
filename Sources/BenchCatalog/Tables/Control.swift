package import BenchModel

/// What is known of a control, whatever tool and edition reports it.
package struct Control: Hashable, Sendable {
  /// Who decides.
  package enum Kind: String, Sendable {
    /// The tool judges.
    case automated
    /// A person must judge; the tool only reminds.
    case manual
    /// The tool counts things and gives no verdict.
    case inventory
  }

  package var id: ControlID
  /// The part of the host that it is about, which stays where the tools' section numbers move.
  ///
  /// One of host, daemon, files, image, runtime, operations, swarm, enterprise, community.
  package var section: String
  package var kind: Kind
  /// Whether it counts in the score of its latest edition.
  package var isScored: Bool
  /// The kinds of item that it reports.
  package var itemKinds: [ItemKind]
  /// What the tool's INFO means here when nothing more is said.
  package var infoOutcome: Outcome
  /// The wanted state in our own words.
  package var title: String
}

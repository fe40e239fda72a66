/// A publication that states something of controls or threats, from `sources.tsv`.
package struct Source: Hashable, Sendable {
  /// The name that the tables have for it, such as `poulton`.
  package var id: String
  /// Who, what and when, and what of it was used.
  package var citation: String
  /// Where it is; empty where it has no address.
  package var url: String

  /// What stands for a source where there is none: our own judgement.
  package static let judgement = "judgement"
}

package import BenchModel

/// A control as a person names it: by its slug, or by an id of some edition's numbering.
package enum CheckName {
  /// Why a name is no control.
  package enum Problem: Error, Hashable, Sendable {
    /// Neither a slug nor an id of any edition.
    case unknown(String)
    /// The edition has no such id.
    case notInEdition(String, edition: String)
    /// The id means several controls; each with the editions in which it does.
    case ambiguous(String, [Candidate])
  }

  /// What an id may mean.
  package struct Candidate: Hashable, Sendable {
    package var control: ControlID
    package var editions: [String]
  }

  /// Finds the controls that a name means.
  ///
  /// An id means what it means in the editions at hand, if it is in any and means one thing in all; else what it means in
  /// all editions, if that is one thing. `cis-1.2:5.10` names the edition.
  ///
  /// - Parameters:
  ///   - name: The slug, the id, or the edition and the id.
  ///   - editions: The editions of the runs at hand.
  ///   - catalog: What is known of the checks.
  /// - Returns: The controls; several where an edition has parts of controls under one id.
  /// - Throws: ``Problem``
  package static func controls(
    _ name: String, editions: Set<String>, _ catalog: Catalog
  ) throws(Problem) -> Set<ControlID> {
    if catalog.controls.control(name) != nil { return [name] }
    var id = name
    var only: String?
    if let colon = name.firstIndex(of: ":") {
      only = String(name[..<colon])
      id = String(name[name.index(after: colon)...])
    }
    // The sub-checks of `2.2` are `2.2.a` and so on in some editions.
    let all = catalog.editions.meanings(of: id)
    guard !all.isEmpty else { throw .unknown(name) }
    if let only {
      let own = all.filter { $0.edition == only }
      guard !own.isEmpty else { throw .notInEdition(id, edition: only) }
      return Set(own.map(\.control.id))
    }
    let own = all.filter { editions.contains($0.edition) }
    for meanings in [own, all] where !meanings.isEmpty {
      let controls = Set(meanings.map(\.control.id))
      let editions = Set(meanings.map(\.edition))
      // One edition may have several under an id, and all are meant.
      if controls.count == 1 || editions.count == 1 { return controls }
      if meanings.count == own.count, !own.isEmpty { break }
    }
    var candidates: [Candidate] = []
    for meaning in own.isEmpty ? all : own {
      if let index = candidates.firstIndex(where: { $0.control == meaning.control.id }) {
        candidates[index].editions.append(meaning.edition)
      } else {
        candidates.append(Candidate(control: meaning.control.id, editions: [meaning.edition]))
      }
    }
    throw .ambiguous(name, candidates)
  }
}

import BenchCatalog
import BenchModel
import BenchRemedy

extension Failure {
  /// Words what is wrong with a `daemon.json`.
  static func words(_ error: DaemonJSONError, in path: String) -> String {
    "\(path):\(error.line):\(error.column): \(words(error.kind)); correct it, or the snippet would drop it"
  }

  private static func words(_ kind: DaemonJSONError.Kind) -> String {
    switch kind {
    case .tooLarge(let limit): "the file is larger than \(limit >> 10) KiB"
    case .notUTF8: "the file is not UTF-8"
    case .tooDeep: "lists and objects are nested too deeply"
    case .notAnObject: "a daemon.json must be an object"
    case .repeatedKey(let key): "the key '\(key)' is there twice"
    case .unexpectedEnd: "the file ends too early"
    case .unexpected(let character): "'\(character)' does not belong here"
    case .badNumber(let text): "'\(text)' is no number"
    case .badEscape: "this is no escape of JSON"
    }
  }

  /// The names that are spelt nearly as one, else those that share most of its words.
  static func near(_ name: String, _ known: [String]) -> [String] {
    let known = Array(Set(known))
    let spelt = Spelling.closest(to: name, in: known)
    return spelt.isEmpty ? Array(Spelling.sharing(name, in: known).prefix(3)) : spelt
  }

  /// Words why a name is no control.
  static func words(_ problem: CheckName.Problem, _ catalog: Catalog) -> String {
    switch problem {
    case .unknown(let name):
      let near = near(name, catalog.controls.all.map(\.id))
      return "'\(name)' is neither a control nor an id of any edition; "
        + (Choices.question(near).map { "\($0) " } ?? "")
        + "'benchtrail explain --list' lists the controls"
    case .notInEdition(let id, let edition):
      let known = catalog.editions.meanings(of: id).map(\.edition)
      let near = Choices.question(edition, known).map { "; \($0)" } ?? ""
      return "the edition '\(edition)' has no id '\(id)'\(near)"
    case .ambiguous(let name, let candidates):
      let meanings = candidates.map { candidate in
        let editions = candidate.editions
        return "\(candidate.control) (\(editions.prefix(3).joined(separator: ", "))"
          + (editions.count > 3 ? " ..." : "") + ")"
      }
      return "'\(name)' is ambiguous: it means \(meanings.joined(separator: ", or ")); name the "
        + "control, or the edition as in '\(candidates.first?.editions.first ?? "cis-1.2"):\(name)'"
    }
  }
}

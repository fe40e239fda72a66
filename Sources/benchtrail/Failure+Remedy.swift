import BenchCatalog
import BenchRemedy

extension Failure {
  /// Words what is wrong with a `daemon.json`.
  static func words(_ error: DaemonJSONError, in path: String) -> String {
    "\(path):\(error.line):\(error.column): \(words(error.kind)); mend it, the snippet would drop it"
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

  /// Words why a name is no control.
  static func words(_ problem: CheckName.Problem) -> String {
    switch problem {
    case .unknown(let name):
      return
        "'\(name)' is neither a control nor an id of any edition; 'benchtrail explain' knows both"
    case .notInEdition(let id, let edition): return "the edition '\(edition)' has no id '\(id)'"
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

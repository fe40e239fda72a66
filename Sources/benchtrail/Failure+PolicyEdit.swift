import BenchPolicy

extension Failure {
  /// Words why an entry is not added to a policy.
  ///
  /// - Parameters:
  ///   - error: What is the matter.
  ///   - path: The policy's file.
  ///   - kind: What was to be added, `waiver` or `attestation`.
  /// - Returns: The failure.
  static func notAdded(_ error: PolicyEditError, to path: String, _ kind: String) -> Failure {
    switch error {
    case .invalid(let errors):
      return Failure(
        errors.map { words($0, in: path) }
          + ["\(path): the policy is not changed; correct it first"])
    case .fileInBrackets(let place, let entry):
      return byHand(
        "\(path):\(place.line):\(place.column): the policy is written in brackets, as JSON is, "
          + "and those are not edited", entry, kind)
    case .listInBrackets(let place, let entry):
      return byHand(
        "\(path):\(place.line):\(place.column): the list is written in brackets, and those are "
          + "not edited", entry, kind)
    case .unusual(let place, let entry):
      return byHand(
        "\(path):\(place.line):\(place.column): no list can be added to here", entry, kind)
    case .notRead(let entry):
      return byHand(
        "\(path): with the \(kind) the policy would not be read as it is meant", entry, kind)
    case .unwritable(let key, let value):
      return Failure(
        "'--\(option(key))': the character U+\(hexadecimal(value)) may not stand in a policy; "
          + "leave it out" + (["hosts", "items"].contains(key) ? ", or put ? in its place" : ""),
        code: usage)
    case .blank(let key): return Failure("'--\(option(key))' is blank", code: usage)
    case .differs(let line, let keys):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      return Failure(
        "\(path):\(line): \(kind == "waiver" ? "a" : "an") \(kind) of the same is there already, "
          + "with another \(names); change it in that line, nothing was written")
    }
  }

  private static func byHand(_ what: String, _ entry: String, _ kind: String) -> Failure {
    Failure([
      "\(what); nothing was written", "add this to the list '\(kind)s' by hand: \(entry)",
    ])
  }

  /// The option that gives a key its value.
  private static func option(_ key: String) -> String {
    switch key {
    case "hosts": "host"
    case "items": "item"
    default: key
    }
  }
}

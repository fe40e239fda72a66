import BenchPolicy

extension Failure {
  /// The gate was asked to be quiet, and has nothing to judge by.
  static func noThreshold(policy path: String?) -> Failure {
    Failure(
      [
        "'gate --quiet' has nothing to judge by: "
          + (path.map { "\($0) has no thresholds under 'gate'" } ?? "there is no policy")
          + ", and no flag sets a threshold",
        "'benchtrail policy init' makes a policy with today's numbers; "
          + "or give a flag, as in 'benchtrail gate --quiet --new-failures'",
      ], code: usage)
  }

  /// Words an error of a policy's file: where, what is wrong, what was expected.
  static func words(_ error: PolicyError, in path: String) -> String {
    "\(path):\(error.line):\(error.column): \(words(error.kind))"
  }

  private static func words(_ kind: PolicyError.Kind) -> String {
    switch kind {
    case .tooLarge(let limit): "the file is larger than \(limit >> 10) KiB"
    case .notUTF8: "the file is not UTF-8"
    case .tooDeep: "lists and mappings are nested too deeply"
    case .severalDocuments: "the file has several documents, and may have one"
    case .anchor: "anchors and aliases (&name, *name) are not read; write the value out"
    case .unquotedStar: "a value that begins with a star needs quotes: \"*.example\""
    case .tab: "a tab stands where YAML wants blanks"
    case .syntax(let line): line.isEmpty ? "this is no YAML" : "this is no YAML: '\(line)'"
    case .controlCharacter(let value): "the character U+\(hexadecimal(value)) is not allowed"
    case .otherVersion(let version):
      "the file is of version \(version), and 1 is known; update benchtrail"
    case .unknownKey(let key, let near):
      "the key '\(key)' means nothing here" + (near.map { "; did you mean '\($0)'?" } ?? "")
    case .duplicateKey(let key, let line): "the key '\(key)' is there already, in line \(line)"
    case .keyIsNoText: "a key must be a word"
    case .missingKey(let key): "'\(key)' is missing"
    case .missingSubject: "a waiver needs one of 'control', 'stride' and 'severity'"
    case .severalSubjects(let keys):
      "a waiver is about one thing, and has \(keys.map { "'\($0)'" }.joined(separator: " and "))"
    case .wrongType(let key, let expected, let found):
      (key.map { "'\($0)'" } ?? "the file") + " must be \(words(expected)), not \(words(found))"
    case .blank(let key): "'\(key)' is blank"
    case .emptyList(let key): "'\(key)' is an empty list; leave it out if all are meant"
    case .repeated(let value): "'\(value)' is there twice"
    case .badDate(let key, let text): "'\(key)': '\(text)' is no date such as 2026-12-31"
    case .acceptedTooLate(let day, let last, let key):
      "'accepted': \(day) is after \(last), the last day by '\(key)'; it would never hold"
    case .unknownControl(let control): words(control)
    case .unknownWord(let key, let word, let expected):
      "'\(key)': '\(word)' is none of \(expected.joined(separator: ", "))"
        + (Choices.question(word, expected).map { "; \($0)" } ?? "")
    case .outOfRange(let key, let text, let least, let most):
      "'\(key)': \(text) must be \(most.map { "from \(least) to \($0)" } ?? "\(least) or more")"
    case .badHostPattern(let pattern): "'\(pattern)' must have '{host}' once"
    case .badID(let id):
      "'\(id)' is no id such as 'stolen-laptop': small letters, digits and dashes"
    case .noDefaultThreat(let id):
      "'\(id)' is no default threat, so there is nothing to hide; 'benchtrail threats' lists them"
    case .besideHide(let key): "'\(key)' says nothing of a threat that is hidden; leave it out"
    case .eitherKey(let one, let other): "there is '\(one)' as well as '\(other)'; keep one of them"
    case .badSign(let text):
      "'\(text)' is no control with an outcome, such as 'daemon-tls-auth notApplicable'"
    case .badTechnique(let text):
      "'\(text)' is no technique of MITRE ATT&CK, such as T1611 or T1552.001"
    case .renamedAgain(let host, let name):
      "'\(host)' is renamed to '\(name)', which is renamed itself; give each the newest name"
    case .moreErrors(let limit): "there are more than \(limit) errors"
    }
  }

  static func words(_ control: PolicyError.UnknownControl) -> String {
    if !control.meanings.isEmpty {
      let meanings = control.meanings.map { meaning in
        "\(meaning.control) (\(meaning.editions.prefix(3).joined(separator: ", "))"
          + (meaning.editions.count > 3 ? " ..." : "") + ")"
      }
      return "'\(control.name)' is an id, which means \(meanings.joined(separator: " or ")); "
        + "name the control"
    }
    let near =
      control.near.isEmpty
      ? "" : "; did you mean \(control.near.map { "'\($0)'" }.joined(separator: " or "))?"
    return "no control is called '\(control.name)'\(near)"
  }

  private static func words(_ expected: PolicyError.Expected) -> String {
    switch expected {
    case .mapping: "keys with values"
    case .list: "a list"
    case .text: "a text"
    case .textOrList: "a text or a list of texts"
    case .boolean: "true or false"
    case .wholeNumber: "a whole number"
    case .number: "a number"
    }
  }

  private static func words(_ found: PolicyError.Found) -> String {
    switch found {
    case .nothing: "nothing"
    case .text(let text): "'\(text)'"
    case .list: "a list"
    case .mapping: "keys with values"
    }
  }

  static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}

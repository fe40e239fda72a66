import BenchCatalog

extension Failure {
  /// Words an error of a catalogue: where, what is wrong, what was expected.
  static func words(_ error: CatalogError, in folder: String) -> String {
    let place =
      error.isOwn ? self.place(of: error.file, in: folder) : "the compiled-in \(error.file)"
    return "\(place)\(error.line > 0 ? ":\(error.line)" : ""): \(words(error.kind))"
  }

  /// The path of a catalogue's file.
  static func place(of file: String, in folder: String) -> String {
    (folder.hasSuffix("/") ? folder : folder + "/") + file
  }

  private static func words(_ kind: CatalogError.Kind) -> String {
    switch kind {
    case .unknownFile(let near):
      "no file of a catalogue is called so" + (near.map { "; did you mean '\($0)'?" } ?? "")
    case .tooLarge(let limit): "the file is larger than \(limit >> 20) MiB"
    case .notUTF8: "the file is not UTF-8"
    case .wrongColumns(let expected, let found):
      "the columns must be \(expected.joined(separator: ", ")), with tabs between them, not "
        + "'\(found.joined(separator: ", "))'"
    case .wrongCount(let expected, let found):
      "the row has \(found) \(found == 1 ? "field" : "fields"), and must have \(expected), with tabs between them"
    case .tooMany(let limit): "there are more than \(limit), which is the most"
    case .unsafeCharacter(let value):
      "the character U+\(String(value, radix: 16, uppercase: true)) is not allowed"
    case .tooLong(let column, let limit): "'\(column)' has more than \(limit) bytes"
    case .blank(let column): "'\(column)' is blank"
    case .repeated(let key, let line): "'\(key)' is there already, in line \(line)"
    case .contradicts(let key, let line): "'\(key)' is another control in line \(line)"
    case .unknownName(let column, let name, let table):
      "'\(column)': '\(name)' is not in \(table)"
    case .unknownWord(let column, let word, let expected):
      "'\(column)': '\(word)' is none of \(expected.joined(separator: ", "))"
    case .malformed(let column, let text, let expected):
      "'\(column)': '\(text)' is no \(words(expected))"
    case .reversed(let since, let until): "the version \(until) is older than \(since)"
    case .moreErrors(let limit): "there are more than \(limit) errors"
    }
  }

  private static func words(_ expected: CatalogError.Expected) -> String {
    switch expected {
    case .stride: "list of categories with their sources such as 'elevation@judgement'"
    case .kubernetesVersion: "minor version of Kubernetes such as 1.28, or nothing"
    case .month: "month's number, 1 to 12"
    case .offset: "offset such as +02:00"
    case .namePattern:
      "pattern with {any}, {pod}, {digits}, {uuid}, {hex:12}, {base36:25} or {safe:5}, of the first two at most four"
    case .linePattern: "line with its {placeholders} in closed brackets"
    case .points: "points of a PASS and a WARN such as '1/-1'"
    case .partRule: "rule: any, all, or the letter of a part"
    }
  }
}

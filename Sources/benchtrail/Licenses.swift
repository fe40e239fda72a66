import BenchCatalog

/// What this program contains or is linked with, and by which licence: what `--licenses` prints.
///
/// The list is `LICENSES/components.tsv`, the texts are beside it, and all of it is compiled in, so that whoever has only the
/// program has the notices that its parts ask for.
enum Licenses {
  /// A program or library of others, or this one.
  struct Component {
    let name: String
    let version: String
    /// An SPDX licence expression.
    let license: String
    let notice: String
    /// Whether it is part of the binary; otherwise it is the system's library.
    let isStatic: Bool
    let source: String
  }

  /// The licences whose texts are printed: those of what is part of the binary, by their names in SPDX.
  static let texts = ["Apache-2.0", "Swift-exception", "MIT", "Unicode-3.0"]

  /// The rows of the list, this program first.
  static var components: [Component] {
    let lines = (EmbeddedFile.text("LICENSES/components.tsv") ?? "").split(separator: "\n")
    return lines.dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 6 else { return nil }
      return Component(
        name: fields[0], version: fields[1], license: fields[2], notice: fields[3],
        isStatic: fields[4] == "static", source: fields[5])
    }
  }

  /// The whole list, and then the texts.
  static var text: String {
    var lines: [String] = []
    for (title, isStatic) in [("In this program:", true), ("Libraries of the system:", false)] {
      lines += [title, ""]
      for component in components where component.isStatic == isStatic {
        let version = component.version == "-" ? Benchtrail.version : component.version
        lines.append("\(component.name) (\(version)): \(component.license)")
        lines.append("  \(component.notice)")
        if component.source != "-" { lines.append("  \(component.source)") }
      }
      lines.append("")
    }
    for name in texts {
      lines += [String(repeating: "-", count: 80), name, ""]
      lines.append(EmbeddedFile.text("LICENSES/\(name).txt") ?? "")
    }
    return lines.joined(separator: "\n")
  }
}

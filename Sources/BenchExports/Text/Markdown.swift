/// Markdown of texts that are not.
enum Markdown {
  /// Escapes a text of ours, so that no sign in it is markup.
  static func escaped(_ text: String) -> String {
    text.escaping("&<\\`*_[]#|!") { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      default: "\\" + String(scalar)
      }
    }
  }

  /// A name from a log as code, in which nothing is markup but the sign that would end it.
  static func code(_ text: String, limit: Int = SafeText.nameLimit) -> String {
    let name = SafeText.name(text, markup: "`", limit: limit)
    return name.isEmpty ? "(none)" : "`\(name)`"
  }
}

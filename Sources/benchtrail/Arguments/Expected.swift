/// What an option's value must be, in words.
struct Expected {
  private let option: Syntax.Parameter

  init(_ option: Syntax.Parameter) { self.option = option }

  /// What a value is, and one for an example, by what the help calls it.
  private static let kinds: [String: (kind: String, example: String)] = [
    "count": ("a whole number", "10"),
    "days": ("a whole number of days", "7"),
    "percent": ("a number from 0 to 100", "80"),
    "time": ("a date or a time", "2026-11-23T03:00"),
    "key=value": ("a name and a value", "env=prod"),
    "scope": ("what the tool was limited to", "include=web,db"),
    "host": ("a host", "web-1"),
    "run": ("a run", "web-1@2026-11-23"),
    "ids": ("ids or controls with commas between", "5.10,5.14"),
    "pattern": ("a pattern", "logs/{host}/*.log"),
    "glob": ("a name or a pattern", "web-*"),
    "span": ("a length of time", "1y6m"),
    "duration": ("a number of days or weeks", "30d"),
    "base": ("previous, baseline or a date", "baseline"),
    "file": ("a file", "FILE"),
    "output": ("a file", "report.html"),
    "folder": ("a folder", "FOLDER"),
    "octal": ("permissions in octal digits", "0640"),
    "digest": ("a digest as 'benchtrail db log' prints it", "DIGEST"),
  ]

  /// Says what to use.
  ///
  /// - Parameter name: The option as it was typed.
  /// - Returns: `use a whole number, as in '--limit 10'`.
  func words(_ name: String) -> String {
    if !option.values.isEmpty { return "use \(Choices.list(option.values))" }
    guard let known = Self.kinds[option.valueName] else {
      return option.abstract.hasSuffix(".") ? String(option.abstract.dropLast()) : option.abstract
    }
    return "use \(known.kind), as in '\(name) \(known.example)'"
  }
}

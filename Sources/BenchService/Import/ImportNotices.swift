import BenchModel

/// What an import noticed: all errors, and so many warnings that no log fills the memory with them.
struct ImportNotices {
  private var kept: [ImportNotice] = []
  private var warnings = 0
  /// More warnings than these are counted and not kept.
  static let mostWarnings = 10_000

  /// Whether anything was noticed that is no warning.
  private(set) var hasErrors = false
  /// Whether the files look like those of several hosts.
  private(set) var areOfSeveralHosts = false

  var isEmpty: Bool { kept.isEmpty }

  /// Adds a notice.
  mutating func add(_ notice: ImportNotice) {
    if case .severalHosts = notice.kind { areOfSeveralHosts = true }
    if notice.severity == .error {
      hasErrors = true
    } else {
      warnings += 1
      guard warnings <= Self.mostWarnings else { return }
    }
    kept.append(notice)
  }

  /// The notices in their order, and at the end how many more there were.
  var all: [ImportNotice] {
    guard warnings > Self.mostWarnings else { return kept }
    return kept + [ImportNotice(.moreWarnings(warnings - Self.mostWarnings), path: "import")]
  }
}

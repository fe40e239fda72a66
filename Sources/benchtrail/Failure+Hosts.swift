import BenchInput

extension Failure {
  /// Words that logs look like those of several hosts, and what to type.
  static func words(_ several: SeveralHosts) -> String {
    let shown = several.places.prefix(2).joined(separator: " and ")
    let more = several.places.count - 2
    let places = shown + (more > 0 ? " and \(more) more" : "")
    let pattern = several.pattern.map(quoted) ?? "PATTERN"
    return
      "no host is named, and these \(several.areFolders ? "folders" : "files") look like those of several: "
      + "\(places); type --host-from \(pattern) to take the hosts from the paths, or --host NAME to keep all as one host's"
  }

  /// A word as a shell takes it whole.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}

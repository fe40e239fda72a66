import BenchCatalog
import BenchModel

/// A file for `docker compose --file compose.yaml --file compose.override.yaml`.
enum ComposeOverride {
  /// Makes one file of all containers.
  ///
  /// A service is named by its container, since no log tells the service's own name.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "run-option" }, usesItems: true) { host in
      var lines: [String] = []
      // The remarks on the options are with the commands, which are for the same containers and more.
      var notes: [Note] = []
      for change in ContainerChange.all(host) {
        if change.service != nil { continue }
        guard change.isDockerName else {
          notes.append(.leftOut(.container, name: change.name.spelledOut))
          continue
        }
        if change.mustChoose { notes.append(.chooseByHost("run-apparmor", "run-selinux")) }
        lines += service(change)
      }
      guard !lines.isEmpty else { return nil }
      let head = [
        "# The keys are names of containers: give each service its own name before use.",
        "services:",
      ]
      // What it cannot do is in the commands; so no fix depends on this file.
      let fixes = Set(
        ContainerChange.all(host).filter { $0.isDockerName && $0.service == nil }
          .flatMap { $0.options.map(\.option.task.fix.id) })
      return Draft(
        kind: .composeOverride, title: "The same options as an override for Docker Compose",
        fileName: "compose.override.yaml", language: "yaml",
        text: (head + lines).joined(separator: "\n") + "\n", fixes: fixes, notes: notes)
    }
  }

  private static let longestKey = 1_000

  private static func service(_ change: ContainerChange) -> [String] {
    var order: [String] = []
    var values: [String: [JSONValue]] = [:]
    var remarks: [String] = []
    var resets: Set<String> = []
    for (option, items) in change.options {
      if change.isChoice(option) {
        let entry = option.value?.compact ?? ""
        remarks.append("# \(option.key) on hosts that have it: \(entry)")
      } else if let value = option.value {
        if values[option.key] == nil, !resets.contains(option.key) { order.append(option.key) }
        values[option.key, default: []].append(value)
      } else if option.isReset {
        if values[option.key] == nil, resets.insert(option.key).inserted {
          order.append(option.key)
        }
      } else {
        remarks.append("# " + ContainerChange.words(option, items))
      }
    }
    let body = order.flatMap { key in
      guard let values = values[key] else { return ["    \(key): !reset null"] }
      return lines(key, values)
    }
    let name = JSONValue.quoted(change.name)
    let end = body.isEmpty ? " {}" : ""
    // YAML takes no longer text for a key unless it is announced as one.
    let head =
      name.utf8.count > longestKey ? ["  ? \(name)", "  :\(end)"] : ["  \(name):\(end)"]
    return head + body + remarks.map { "    " + $0 }
  }

  /// The lines of a key: JSON is YAML too, and lists of several fixes are one list.
  private static func lines(_ key: String, _ values: [JSONValue]) -> [String] {
    var entries: [JSONValue] = []
    for case .array(let own) in values {
      for entry in own where !entries.contains(entry) { entries.append(entry) }
    }
    if !entries.isEmpty {
      return ["    \(key):"] + entries.map { "      - \($0.compact)" }
    }
    return values.last.map { ["    \(key): \($0.compact)"] } ?? []
  }
}

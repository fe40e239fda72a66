import BenchCatalog

/// The daemon's configuration file.
enum DaemonJSON {
  /// Keys whose values only the site knows: they are set once its policy gives them.
  private static let siteKeys: Set<String> = ["registry-mirrors", "authorization-plugins"]

  /// Keys that do not go with one that a fix sets: the daemon refuses them, or they undo the fix.
  private static func isConflict(_ own: JSONValue.Member, with key: String) -> Bool {
    switch (key, own.key) {
    case ("log-driver", "log-opts"), ("storage-driver", "storage-opts"),
      ("storage-driver", "graph"):
      own.value != .object([]) && own.value != .array([])
    case ("icc", "iptables"): own.value == .bool(false)
    // Docker 29's image store of containerd takes neither.
    case ("userns-remap", "features"), ("storage-driver", "features"):
      own.value["containerd-snapshotter"] == .bool(true)
    case ("live-restore", "swarm-default-advertise-addr"): true
    default: false
    }
  }

  /// Makes one file of all keys, merged into one's own where there is one.
  static func maker(_ own: OwnDaemonJSON?) -> SnippetMaker {
    SnippetMaker(
      takes: { task in
        task.fix.kind == "daemon-json"
          || (siteKeys.contains(task.fix.target) && !task.value.isEmpty)
      }, usesItems: false, usesSwarm: true
    ) { host in draft(host, own?.value.members) }
  }

  private static func draft(_ host: HostTasks, _ own: [JSONValue.Member]?) -> Draft? {
    var members = own ?? []
    var notes: [Note] = []
    var fixes: Set<String> = []
    for task in host.tasks.sorted(by: { $0.fix.target < $1.fix.target }) {
      guard let value = JSONParser.value(task.value) else { continue }
      let key = task.fix.target
      notes += task.notes
      if key == "live-restore" && host.isSwarm {
        notes.append(.noLiveRestoreOnSwarm)
        continue
      }
      fixes.insert(task.fix.id)
      guard let place = members.firstIndex(where: { $0.key == key }) else {
        members.append(.init(key: key, value: value))
        notes += conflicts(own, key)
        continue
      }
      let old = members[place].value
      if old == value { continue }
      members[place].value = merged(old, value, key, &notes)
      if members[place].value != old { notes += conflicts(own, key) }
    }
    guard !fixes.isEmpty else { return nil }
    return Draft(
      kind: .daemonJSON,
      title: own == nil
        ? "Keys for the daemon's configuration, to be merged with those that are there"
        : "Your daemon.json with the fixes merged in",
      fileName: "daemon.json", destination: "/etc/docker/daemon.json", language: "json",
      text: JSONValue.object(members).pretty() + "\n", fixes: fixes, notes: notes)
  }

  private static func conflicts(_ own: [JSONValue.Member]?, _ key: String) -> [Note] {
    let conflicts: [Note] = (own ?? []).filter { isConflict($0, with: key) }
      .map { .conflict(key: $0.key, with: key) }
    // The daemon starts with both, but logs at debug all the same.
    let isDebug =
      key == "log-level" && own?.contains { $0.key == "debug" && $0.value == .bool(true) } == true
    return conflicts + (isDebug ? [.overruled(key: key, by: "debug")] : [])
  }

  /// Merges a fix's value into one's own.
  ///
  /// Entries of objects stay as they are, lists are added to, and an empty list empties; all else is replaced.
  private static func merged(
    _ own: JSONValue, _ fix: JSONValue, _ key: String, _ notes: inout [Note]
  ) -> JSONValue {
    switch (own, fix) {
    case (.object(let members), .object(let wanted)):
      var result = members
      for member in wanted {
        guard let there = members.first(where: { $0.key == member.key }) else {
          result.append(member)
          continue
        }
        if there.value != member.value {
          notes.append(
            .kept(
              key: (key + "." + member.key).spelledOut, own: there.value.compact,
              instead: member.value.compact))
        }
      }
      return .object(result)
    case (.array(let values), .array(let wanted)) where !wanted.isEmpty:
      return .array(values + wanted.filter { !values.contains($0) })
    default:
      notes.append(.replaced(key: key, old: own.compact))
      return fix
    }
  }
}

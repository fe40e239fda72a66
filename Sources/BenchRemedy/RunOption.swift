import BenchCatalog
import BenchModel

/// A container's option, as Docker's commands and a compose file spell it.
struct RunOption {
  /// The key of a service in a compose file.
  var key: String
  var value: JSONValue?
  var task: FixTask

  init(_ task: FixTask) {
    key = task.fix.target
    value = task.value.isEmpty ? nil : FixValue.loose(task.value)
    self.task = task
  }

  /// Keys that a compose file can only get rid of, where the base file has them.
  private static let reset: Set<String> = [
    "network_mode", "pid", "uts", "userns_mode", "cgroup_parent",
  ]
  /// What docker update can change of a container that runs.
  private static let updatable: Set<String> = ["mem_limit", "cpu_shares", "pids_limit", "restart"]
  private static let flags = [
    "mem_limit": "--memory", "cpu_shares": "--cpu-shares", "pids_limit": "--pids-limit",
    "restart": "--restart", "security_opt": "--security-opt", "cap_drop": "--cap-drop",
    "ipc": "--ipc",
  ]
  private static let serviceFlags = [
    "mem_limit": "--limit-memory", "pids_limit": "--limit-pids", "cap_drop": "--cap-drop",
  ]

  /// Whether docker update changes it.
  var isUpdate: Bool { Self.updatable.contains(key) && !arguments.isEmpty }

  /// Whether a compose override can only take the key away.
  var isReset: Bool { value == nil && Self.reset.contains(key) }

  /// The words to add to docker run or docker update; none where something must be taken away instead.
  var arguments: [String] {
    switch key {
    case "read_only": return value == .bool(true) ? ["--read-only"] : []
    case "ulimits": return ulimits("--ulimit")
    default:
      guard let flag = Self.flags[key] else { return [] }
      return texts.flatMap { [flag, $0] }
    }
  }

  /// The words to add to docker update.
  ///
  /// Without a limit of memory and swap together, the daemon refuses to limit the memory of a container that had none.
  var updateArguments: [String] {
    guard isUpdate else { return [] }
    return key == "mem_limit" ? arguments + texts.flatMap { ["--memory-swap", $0] } : arguments
  }

  /// The words to add to docker service update.
  var serviceArguments: [String] {
    switch key {
    case "read_only": return value == .bool(true) ? ["--read-only"] : []
    case "ulimits": return ulimits("--ulimit-add")
    case "restart":
      guard let parts = texts.first?.split(separator: ":"), parts.count == 2 else { return [] }
      return ["--restart-condition", String(parts[0]), "--restart-max-attempts", String(parts[1])]
    default:
      guard let flag = Self.serviceFlags[key] else { return [] }
      return texts.flatMap { [flag, $0] }
    }
  }

  /// Whether it limits memory, which can stop a container that is running.
  var isMemory: Bool { key.hasPrefix("mem") }

  /// The value as texts: one, or those of a list.
  private var texts: [String] {
    switch value {
    case .string(let text), .number(let text): [text]
    case .array(let values):
      values.compactMap { value in
        if case .string(let text) = value { text } else { nil }
      }
    default: []
    }
  }

  private func ulimits(_ flag: String) -> [String] {
    (value?.members ?? []).flatMap { member -> [String] in
      guard member.key.isMade(of: "_") else { return [] }
      if case .number(let both) = member.value { return [flag, "\(member.key)=\(both)"] }
      guard case .number(let soft) = member.value["soft"],
        case .number(let hard) = member.value["hard"]
      else { return [] }
      return [flag, "\(member.key)=\(soft):\(hard)"]
    }
  }
}

/// A container with what is to change of it.
struct ContainerChange {
  var name: String
  /// In the catalogue's order.
  var options: [(option: RunOption, values: [String])]
  /// The service that the container is a task of, if it is one of a swarm.
  var service: String?

  /// Whether the two options are open that each fit only one kind of host, so that one of them must be chosen.
  var mustChoose: Bool {
    let fixes = options.map(\.option.task.fix.id)
    return fixes.contains("run-apparmor") && fixes.contains("run-selinux")
  }

  /// Whether an option is one of those to choose from.
  func isChoice(_ option: RunOption) -> Bool {
    mustChoose && ["run-apparmor", "run-selinux"].contains(option.task.fix.id)
  }

  /// A remark on an option in words, on one line, with what is at fault.
  static func words(_ option: RunOption, _ values: [String]) -> String {
    option.task.fix.title
      + (values.isEmpty ? "" : " (now: \(values.map(\.spelledOut).joined(separator: ", ")))")
  }

  /// The containers of a host by name, and the fixes that say nothing of any.
  static func all(_ host: HostTasks) -> [ContainerChange] {
    var changes: [String: ContainerChange] = [:]
    for task in host.tasks {
      let option = RunOption(task)
      for (name, values) in task.named(.container) {
        changes[
          name, default: ContainerChange(name: name, options: [], service: swarmService(name))
        ].options.append((option, values))
      }
    }
    return changes.values.sorted { $0.name < $1.name }
  }

  /// The service of a container that Swarm named: `service.slot.task` or `service.node.task`.
  private static func swarmService(_ name: String) -> String? {
    guard name.isMade(of: "._-") else { return nil }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, let task = parts.last, task.utf8.count == 25 else { return nil }
    let place = parts[parts.count - 2]
    guard place.utf8.count == 25 || Int(place) != nil else { return nil }
    return parts.dropLast(2).joined(separator: ".")
  }

  /// Whether Docker itself allows the name.
  var isDockerName: Bool {
    guard let first = name.unicodeScalars.first, first != ".", first != "-", first != "_" else {
      return false
    }
    return name.isMade(of: "_.-")
  }
}

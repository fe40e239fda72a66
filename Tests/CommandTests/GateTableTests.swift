import BenchTestSupport
import Testing

/// Every host of a fleet against every combination of flags and policy, through the binary.
struct `The gate's table` {
  /// A host by what its runs are: worse than its base, the same as its base, or its only one.
  private enum Host: String, CaseIterable {
    case worse, same, only
  }

  /// What new failures and compliance are asked for by; nil where nothing is said.
  private struct Ask {
    var newFailures: Bool?
    var compliance: Int?
    var firstRun: String?

    var flags: [String] {
      (newFailures.map { [$0 ? "--new-failures" : "--no-new-failures"] } ?? [])
        + (compliance.map { ["--compliance", "\($0)"] } ?? [])
        + (firstRun.map { ["--first-run", $0] } ?? [])
    }

    var policy: String {
      let keys =
        (newFailures.map { ["new-failures: \($0)"] } ?? [])
        + (compliance.map { ["compliance: \($0)"] } ?? [])
        + (firstRun.map { ["first-run: \($0)"] } ?? [])
      return "version: 1\ngate: {\(keys.joined(separator: ", "))}\n"
    }
  }

  private static let asks = [
    Ask(), Ask(newFailures: true), Ask(newFailures: false), Ask(compliance: 100),
    Ask(compliance: 0), Ask(newFailures: true, compliance: 100),
    Ask(newFailures: false, compliance: 0), Ask(newFailures: true, firstRun: "fail"),
    Ask(firstRun: "pass"),
  ]

  /// How a host comes through, by the rule: a flag counts in place of its key.
  private static func state(_ host: Host, _ flags: Ask, _ policy: Ask) -> String {
    let newFailures = flags.newFailures ?? policy.newFailures ?? false
    if flags.compliance ?? policy.compliance ?? 0 == 100 { return "tripped" }
    guard newFailures else { return "passed" }
    switch host {
    case .worse: return "tripped"
    case .same: return "passed"
    case .only:
      return flags.firstRun ?? policy.firstRun ?? "report" == "fail" ? "notMeasurable" : "passed"
    }
  }

  private static func code(_ states: [String]) -> Int32 {
    states.contains("tripped") ? 1 : states.contains("notMeasurable") ? 3 : 0
  }

  private func expect(
    _ tool: Tool, _ hosts: [Host], _ flags: Ask, _ policy: Ask
  ) async throws {
    let only = hosts.count == 1 ? ["--host", hosts[0].rawValue] : []
    let result = try await tool.run(["gate", "--format", "json"] + only + flags.flags)
    let json = try result.json()
    let states = hosts.map { Self.state($0, flags, policy) }
    let comment = "\(hosts.map(\.rawValue)) \(flags.flags) \(policy.policy)"
    #expect(result.code == Self.code(states), "\(comment)")
    #expect(json["passed"] as? Bool == (result.code == 0), "\(comment)")
    let found = try #require(json["hostStates"] as? [[String: Any]])
    let byHost = Dictionary(
      found.map { ($0["host"] as? String ?? "", $0["state"] as? String ?? "") }
    ) { first, _ in first }
    #expect(hosts.map { byHost[$0.rawValue] } == states, "\(comment)")
    // A host has reasons if the gate failed on it, and only then.
    let reasons = json["reasons"] as? [[String: Any]] ?? []
    for (host, state) in zip(hosts, states) {
      let isNamed = reasons.contains { $0["host"] as? String == host.rawValue }
      #expect(isNamed == (state == "tripped"), "\(comment)")
    }
  }

  @Test func `holds for each host and for all of them`() async throws {
    let tool = try Tool()
    let better = try tool.log(day: 1, Tool.withoutPrivileged)
    try await tool.run("import", better, "--host", "worse")
    let first = try tool.log(day: 1)
    try await tool.run("import", first, "--host", "same")
    let second = try tool.log(day: 2)
    for host in Host.allCases { try await tool.run("import", second, "--host", host.rawValue) }
    for policy in Self.asks {
      try tool.folder.write("benchtrail.yaml", Array(policy.policy.utf8))
      for flags in Self.asks {
        try await expect(tool, Host.allCases, flags, policy)
        for host in Host.allCases { try await expect(tool, [host], flags, policy) }
      }
    }
  }
}

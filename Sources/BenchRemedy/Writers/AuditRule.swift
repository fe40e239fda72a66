import BenchCatalog

/// Watches for the kernel's audit system, as auditctl -R and augenrules read them.
enum AuditRule {
  /// Makes one file of all rules.
  static var maker: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "audit-rule" }, usesItems: false) { host in
      var rules: [String] = []
      for task in host.tasks where isValid(task.value) && !rules.contains(task.value) {
        rules.append(task.value)
      }
      guard !rules.isEmpty else { return nil }
      return Draft(
        kind: .auditRules, title: "Audit rules for Docker's programs and files",
        fileName: "docker.rules", destination: "/etc/audit/rules.d/docker.rules", language: "text",
        // Without -c the first path whose folder the host has not keeps the rest from being loaded.
        text: (["## Load with: augenrules --load", "-c"] + rules).joined(separator: "\n") + "\n",
        fixes: Set(host.tasks.filter { isValid($0.value) }.map(\.fix.id)), notes: host.notes)
    }
  }

  /// Whether a rule is a watch of one path.
  static func isValid(_ rule: String) -> Bool {
    let words = rule.words
    return words.count == 6 && words[0] == "-w" && words[2] == "-p" && words[4] == "-k"
      && words[1].hasPrefix("/") && words[1].isMade(of: "/_.@+-") && !words[3].isEmpty
      && words[3].allSatisfy("rwxa".contains) && words[5].isMade(of: "_.-")
      && rule == words.joined(separator: " ")
  }
}

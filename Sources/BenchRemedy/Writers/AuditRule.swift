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

  /// Whether a rule watches one path, in the form of auditctl 3 or, as a policy may have it, in the one before.
  static func isValid(_ rule: String) -> Bool {
    rule.wholeMatch(
      of:
        #/-a always,exit -F (path|dir)=/[A-Za-z0-9/_.@+-]*( -F arch=b(32|64))? -F perm=[rwxa]+ -F key=[A-Za-z0-9_.-]+/#
    ) != nil || isWatch(rule)
  }

  private static func isWatch(_ rule: String) -> Bool {
    let words = rule.words
    return words.count == 6 && words[0] == "-w" && words[2] == "-p" && words[4] == "-k"
      && words[1].hasPrefix("/") && words[1].isMade(of: "/_.@+-") && !words[3].isEmpty
      && words[3].allSatisfy("rwxa".contains) && words[5].isMade(of: "_.-")
      && rule == words.joined(separator: " ")
  }
}

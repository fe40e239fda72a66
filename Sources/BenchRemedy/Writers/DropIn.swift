import BenchCatalog

/// Settings of units that systemd reads beside the packaged unit.
enum DropIn {
  /// Makes the drop-ins of the daemon and of its socket.
  static var makers: [SnippetMaker] { [service, socket] }

  private static var service: SnippetMaker {
    SnippetMaker(takes: { $0.fix.kind == "systemd" }, usesItems: false) { host in
      guard let unit = host.tasks.first?.fix.target else { return nil }
      return draft(
        unit, "Settings of \(unit)",
        host.tasks.flatMap { $0.value.replacing("\\n", with: "\n").split(separator: "\n") }
          .map(String.init), host)
    }
  }

  /// The daemon's socket is made anew at each start, so a change of its file alone does not last.
  private static var socket: SnippetMaker {
    SnippetMaker(
      takes: {
        ["ownership", "mode"].contains($0.fix.kind) && $0.fix.target == "/var/run/docker.sock"
      }, usesItems: false
    ) { host in
      var lines = ["[Socket]"]
      for task in host.tasks {
        if task.fix.kind == "mode" {
          lines.append("SocketMode=0" + task.value.drop { $0 == "0" })
        } else {
          let parts = task.value.split(separator: ":")
          guard parts.count == 2 else { return nil }
          lines += ["SocketUser=\(parts[0])", "SocketGroup=\(parts[1])"]
        }
      }
      return draft(
        "docker.socket", "Owner and mode of the daemon's socket that last beyond its next start",
        lines, host)
    }
  }

  private static func draft(
    _ unit: String, _ title: String, _ lines: [String], _ host: HostTasks
  ) -> Draft {
    Draft(
      kind: .systemdDropIn, title: title, fileName: unit + ".conf",
      destination: "/etc/systemd/system/\(unit).d/benchtrail.conf", language: "ini",
      text: (["# After a change: systemctl daemon-reload, then restart the unit."] + lines)
        .joined(separator: "\n") + "\n", fixes: host.fixes, notes: host.notes)
  }
}

import BenchCatalog

/// Settings of units that systemd reads beside the packaged unit.
enum DropIn {
  /// Makes the drop-in of the daemon's socket, which is made anew at each start: a change of its file alone does not last.
  static var maker: SnippetMaker {
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

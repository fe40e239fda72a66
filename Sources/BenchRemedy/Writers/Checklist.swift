import BenchCatalog
import BenchModel

/// What only a person can do, in plain words.
enum Checklist {
  /// Makes the list.
  static func draft(_ host: HostTasks) -> Draft? {
    guard !host.tasks.isEmpty else { return nil }
    return Draft(
      kind: .checklist, title: "What a person must do or decide", fileName: "checklist.txt",
      language: "text", text: host.tasks.flatMap(lines).joined(separator: "\n") + "\n",
      fixes: host.fixes,
      notes: HostTasks.unique(host.tasks.flatMap(\.notes)).filter { note in
        // The remarks are in the list itself.
        if case .remark = note { false } else { true }
      })
  }

  private static func lines(_ task: FixTask) -> [String] {
    let place = task.fix.distribution.map { " (\($0.name))" } ?? ""
    var lines = ["[ ] \(task.fix.title)\(place)"]
    if !task.fix.target.isEmpty {
      let value = task.value.isEmpty ? "" : " = \(task.value)"
      lines.append("    Where: \(task.fix.target)\(value)")
    } else if !task.value.isEmpty {
      lines.append("    Command: \(task.value)")
    }
    if !task.fix.note.isEmpty { lines.append("    \(task.fix.note)") }
    for kind in ItemKind.allCases {
      for (name, values) in task.named(kind) {
        let values = values.isEmpty ? "" : ": " + values.map(\.spelledOut).joined(separator: ", ")
        lines.append("    - \(kind.name) \(name.spelledOut)\(values)")
      }
    }
    return lines
  }
}

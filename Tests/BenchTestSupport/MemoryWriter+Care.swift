import BenchHistory
import BenchModel

extension MemoryWriter {
  func remove(_ runs: [Int64]) {
    past = past.only { !runs.contains($0.run.id) }
    markTies()
  }

  func rename(_ host: String, to name: String, at time: Int64) -> HostRenaming {
    var renaming = HostRenaming()
    let sources = Set(names.all(of: host)).subtracting([name])
    var others = past.entries.filter { $0.host == name }
    for entry in past.entries where sources.contains(entry.host) {
      if let place = others.firstIndex(where: { Self.isSame($0, entry) }) {
        let known = others.remove(at: place)
        for (key, value) in entry.summary.labels where known.summary.labels[key] == nil {
          if key == RunFilter.baselineLabel { past.mark(known.run.id, isBaseline: true) }
          past.change(known.run.id) { $0.summary.labels[key] = value }
        }
        renaming.repeated.append(entry.run.id)
      } else {
        renaming.runs += 1
      }
    }
    past = past.only { !renaming.repeated.contains($0.run.id) }
      .renamed { sources.contains($0) ? name : $0 }
    var systems: Set<Tool.System> = []
    let shown = names.all(of: name)
    for entry in past.entries.sorted(by: { $0.run.order > $1.run.order })
    where past.isBaseline(entry.run) && shown.contains(entry.host) {
      if !systems.insert(entry.summary.release.tool.system).inserted {
        renaming.unmarked.append(entry.run.id)
      }
    }
    for id in renaming.unmarked { past.mark(id, isBaseline: false) }
    markTies()
    return renaming
  }

  private static func isSame(_ one: Past.Entry, _ other: Past.Entry) -> Bool {
    one.run.order.ties(with: other.run.order) && one.summary.line == other.summary.line
      && one.summary.release.tool == other.summary.release.tool && one.findings == other.findings
  }

  func label(
    _ runs: [Int64], with labels: [(key: String, value: String)], removing keys: [String]
  ) {
    for id in runs {
      past.change(id) { entry in
        for key in keys { entry.summary.labels[key] = nil }
        for (key, value) in labels { entry.summary.labels[key] = value }
      }
    }
  }

  /// Notes anew of which runs the order is a guess.
  private func markTies() {
    let place = { [names] (entry: Past.Entry) in
      [names.current(entry.host), entry.summary.release.tool.system.name]
    }
    for entry in past.entries {
      let isTied = past.entries.contains {
        $0.run.id != entry.run.id && place($0) == place(entry)
          && $0.run.order.ties(with: entry.run.order)
      }
      past.change(entry.run.id) { $0.summary.isOrderGuessed = isTied }
    }
  }
}

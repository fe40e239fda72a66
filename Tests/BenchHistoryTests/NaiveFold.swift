import BenchCatalog
import BenchHistory
import BenchModel

/// What is open on a host by the words of the rules, in the plainest way: an oracle for ``Standing`` that shares none of
/// its code.
struct NaiveFold {
  private struct Known {
    var isFailing: Bool
    var isRetired = false
    var tool: Tool
    var scope: RunScope
    var items: Set<Item>
  }

  /// By system, and by control or by id and title.
  private var known: [Tool.System: [String: Known]] = [:]
  private var editions: [Tool: String] = [:]
  private var greatest: [Tool: Int] = [:]

  /// Adds a run, in the order of time.
  mutating func add(_ run: StoredRun) {
    let (release, scope) = (run.summary.release, run.summary.scope)
    var own = known[release.tool.system] ?? [:]
    var names: Set<String> = []
    for finding in run.findings {
      let name = finding.control ?? "\(finding.checkID) \(finding.title)"
      names.insert(name)
      let isFailing = finding.outcome == .fail
      var new = Known(
        isFailing: isFailing, tool: release.tool, scope: scope, items: Set(finding.items))
      if let old = own[name], old.isFailing {
        let isOfContainers =
          finding.control.flatMap { Catalog.embedded.controls.control($0) }?.itemKinds.contains {
            $0 == .container || $0 == .image
          } ?? false
        let mayHaveLeftOut = isOfContainers && !scope.isWhole && scope != old.scope
        // Only where all that failed was certainly looked at, it has been judged.
        let isSeen = !old.items.isEmpty && old.items.allSatisfy { scope.covers($0) }
        if mayHaveLeftOut, !isFailing, !isSeen { continue }
        if mayHaveLeftOut, isFailing, !old.isRetired {
          new.items.formUnion(old.items.filter { !scope.covers($0) })
          new.scope = .whole
        }
      }
      own[name] = new
    }
    if let edition = release.edition, run.summary.isComplete,
      run.findings.count * 2 >= greatest[release.tool] ?? 0
    {
      greatest[release.tool] = max(greatest[release.tool] ?? 0, run.findings.count)
      if let before = editions[release.tool], before != edition {
        for (name, value) in own where value.tool == release.tool && !names.contains(name) {
          if !name.contains(" "), Catalog.embedded.editions.has(name, release) { continue }
          own[name]?.isRetired = true
        }
      }
      editions[release.tool] = edition
    }
    known[release.tool.system] = own
  }

  /// What fails and is not retired.
  var open: Set<String> {
    Set(
      known.flatMap { system, own in
        own.filter { $0.value.isFailing && !$0.value.isRetired }.map { "\(system.name) \($0.key)" }
      })
  }
}

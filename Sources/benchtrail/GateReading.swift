import BenchAnalysis
import BenchModel
import BenchReports
import BenchStorage

/// Leads the hosts of a history through the gate.
struct GateReading {
  var gate: Gate
  /// Whether new failures are asked for, so that each host needs something to be measured against.
  let needsBase: Bool
  /// What all are measured against; nil for each host's baseline or the run before.
  var base: StoredRun?
  /// Hosts that have nothing to be measured against.
  private(set) var withoutBase: [String] = []

  init(gate: Gate, needsBase: Bool) {
    self.gate = gate
    self.needsBase = needsBase
  }

  /// What the process ends with; nil if all is well.
  var exitCode: Int32? {
    if !withoutBase.isEmpty { return Failure.incomparable }
    return gate.isTripped ? Failure.tripped : nil
  }

  /// Judges every host of a history.
  ///
  /// - Throws: The database's errors.
  mutating func read(_ history: RunHistory) throws {
    let reading = HostReading(history)
    try reading.forEach { host, findings, _ in try add(host, findings, reading) }
  }

  /// Judges a host.
  ///
  /// - Throws: The database's errors.
  mutating func add(
    _ host: RunHistory.Host, _ findings: HostFindings, _ reading: HostReading
  ) throws {
    let history = reading.history
    var changes: [(run: RunSummary, comparison: Comparison)] = []
    if needsBase {
      for latest in try history.latest(of: host) {
        guard let head = try reading.run(latest.head) else { continue }
        guard
          let before = try base ?? (latest.baseline ?? latest.base).flatMap(reading.run),
          before.summary.release.tool.system == head.summary.release.tool.system
        else {
          withoutBase.append(host.name)
          continue
        }
        let comparison = Comparison(from: before, to: head)
        if comparison.isMeaningful {
          changes.append((head.summary, comparison))
        } else {
          withoutBase.append(host.name)
        }
      }
    }
    gate.check(
      Gate.Subject(
        host: host.name, findings: findings, runs: try findings.runs.compactMap(history.summary),
        changes: changes))
  }
}

/// Prints what the gate says.
enum GateOutput {
  static func write(_ result: GateReading, _ output: OutputOptions, isQuiet: Bool) throws {
    if !isQuiet || result.exitCode != nil {
      if output.format == .github {
        Output.write(GateReport.annotations(result.gate))
      } else {
        try output.write {
          GateJSON(result.gate)
        } document: {
          GateReport.document(result.gate)
        }
      }
    }
    reportWithoutBase(result)
  }

  /// Says which hosts have nothing to be measured against.
  static func reportWithoutBase(_ result: GateReading) {
    guard !result.withoutBase.isEmpty else { return }
    let hosts = result.withoutBase.prefix(5).joined(separator: ", ")
    let more = result.withoutBase.count > 5 ? " and \(result.withoutBase.count - 5) more" : ""
    Output.error(
      "benchtrail: new failures of \(hosts)\(more) can't be told: there is no run before, no baseline, or "
        + "none that can be compared; 'benchtrail baseline set' makes one")
  }
}

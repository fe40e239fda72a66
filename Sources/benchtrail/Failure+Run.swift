import BenchHistory
import BenchModel

extension Failure {
  /// Words why a name names no run.
  static func noSuchRun(_ name: String, _ reason: RepositoryError.NoSuchRun) -> Failure {
    switch reason {
    case .noRuns: Failure("the database has no runs; 'benchtrail import LOG' adds some")
    case .noRunsOfHost(let host): Failure("no runs of host '\(host)'", hints: [hosts])
    case .notThatMany(let have):
      Failure(
        "no run is named '\(name)': there \(have == 1 ? "is only 1 run" : "are only \(have) runs")",
        hints: ["'benchtrail runs' lists them"])
    case .noneUntil(let date, let first):
      Failure(
        "no run is named '\(name)': there is no run on or before \(date)"
          + (first.map { "; the first is of \(CivilTime.short($0)) UTC" } ?? ""),
        hints: ["'benchtrail runs' lists the runs with their times"])
    case .noneWithLabels:
      Failure(
        "no run is named '\(name)': none that it may mean has the labels of '--label'",
        hints: ["'benchtrail runs' lists the runs with their labels"])
    case .noBaseline:
      Failure(
        "no run is named '\(name)': no run is a baseline",
        hints: ["'benchtrail baseline set RUN' makes one"])
    case .badDate(let date):
      Failure(
        "no run is named '\(name)': '\(date)' is no date such as 2025-01-12 or 2025-01-12T03:00")
    case .unknown(let hosts): unknownRun(name, hosts)
    }
  }

  /// Words that a host has no runs.
  ///
  /// - Parameters:
  ///   - host: The name as it was typed.
  ///   - isPattern: Whether it stands for several.
  ///   - hosts: The hosts that there are.
  /// - Returns: The failure, with the hosts that are spelt nearly so.
  static func unknownHost(_ host: String, isPattern: Bool = false, _ hosts: [String]) -> Failure {
    if hosts.isEmpty { return noSuchRun(host, .noRuns) }
    if isPattern {
      return Failure(
        "no host fits '\(host)'", hints: ["'benchtrail hosts' lists all \(hosts.count)"])
    }
    return Failure("no runs of host '\(host)'", hints: [hint(near: host, hosts)])
  }

  // MARK: - Parts

  private static let hosts = "'benchtrail hosts' lists the hosts"

  /// Words that are names of runs themselves.
  private static let words = ["latest", "baseline"]

  private static func hint(near host: String, _ hosts: [String]) -> String {
    let near = Spelling.closest(to: host, in: hosts)
    let list =
      hosts.count == 1
      ? "'benchtrail hosts' lists it" : "'benchtrail hosts' lists all \(hosts.count)"
    if !near.isEmpty { return "did you mean \(Choices.list(near))? \(list)" }
    return hosts.count == 1 ? "there is only \(hosts[0])" : list
  }

  private static func unknownRun(_ name: String, _ hosts: [String]) -> Failure {
    let forms =
      "a run is latest, latest~1, a host, HOST@2025-01-12, baseline, or the beginning of an id"
    guard !name.isEmpty else { return Failure("a run's name is empty", hints: [forms]) }
    let base = base(of: name)
    let near = Spelling.closest(to: base, in: words)
    if !near.isEmpty, Spelling.closest(to: base, in: hosts).isEmpty {
      return Failure("no run is named '\(name)'", hints: [Choices.question(near) ?? "", forms])
    }
    let isID = (4...16).contains(name.count) && name.allSatisfy(\.isHexDigit)
    if isID {
      return Failure(
        "no run's id begins with '\(name)', and no host is called so",
        hints: ["'benchtrail runs' lists the ids, 'benchtrail hosts' the hosts"])
    }
    if hosts.isEmpty { return noSuchRun(name, .noRuns) }
    return Failure("no runs of host '\(base)'", hints: [hint(near: base, hosts), forms])
  }

  /// The host of `web-1~2` or `web-1@2025-01-12`.
  private static func base(of name: String) -> String {
    var base = Substring(name)
    if let tilde = base.lastIndex(of: "~"), Int(base[base.index(after: tilde)...]) != nil {
      base = base[..<tilde]
    }
    if let at = base.lastIndex(of: "@"), base[base.index(after: at)...].first?.isNumber == true {
      base = base[..<at]
    }
    return String(base)
  }
}

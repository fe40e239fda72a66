import BenchAnalysis
import BenchHistory
import BenchModel
import BenchService
import BenchTestSupport

/// Runs of which a few outcomes are told, and questions about them.
enum Sample {
  /// A critical control, a high and a medium one, and a low one of Docker, and a critical one of Kubernetes.
  static let privileged = "container-no-privileged"
  static let icc = "daemon-icc-disabled"
  static let partition = "host-partition"
  static let restore = "daemon-live-restore"
  static let anonymous = "kube-kubelet-anonymous-auth-disabled"
  static let always = "kube-kubelet-authorization-not-always-allow"

  static let kube = Example.release("cis-1.6", edition: "cis-1.6", tool: .kubeBench)
  static let aqua = Example.release("cis-1.2", edition: "cis-1.2", tool: .aquaDockerBench)

  /// A question on the tenth day.
  static func query(
    host: String? = nil, labels: [(key: String, value: String)] = [], until: Int64? = nil,
    policy: Policy = Policy()
  ) -> HostQuery {
    HostQuery(host: host, labels: labels, asOf: until, policy: policy, time: Past.day(10))
  }

  /// A policy that accepts a control on all hosts.
  static func accepting(_ control: ControlID, until end: Int64? = nil) -> Policy {
    var policy = Policy()
    policy.waivers = [
      Waiver(
        coverage: Coverage(.control(control)), reason: "known", owner: "us", end: end, line: 3)
    ]
    return policy
  }

  /// Thresholds that only new failures trip.
  static var newFailures: Thresholds {
    var thresholds = Thresholds()
    thresholds.newFailures = true
    return thresholds
  }
}

extension Run {
  /// A run of outcomes by control; a name that begins with a digit is a check that no edition knows.
  static func of(
    _ outcomes: KeyValuePairs<String, Outcome>, day: Int64, second: Int64 = 0,
    host: String = "web-1", release: Release = Example.release(), isComplete: Bool = true
  ) -> Run {
    let findings = outcomes.map { name, outcome in
      name.first?.isNumber == true
        ? Example.finding(nil, outcome, id: name) : Example.finding(name, outcome)
    }
    return Run(
      host: host, release: release, form: .text, startedAt: Past.day(day) + second,
      timeSource: .log, isComplete: isComplete, printedChecks: nil, printedScore: nil, line: 1,
      findings: findings)
  }
}

extension RunRepository {
  /// Stores runs, and returns their ids.
  @discardableResult
  func add(
    _ runs: Run..., labels: [(key: String, value: String)] = []
  ) throws -> [Int64] {
    try add(runs, labels: labels)
  }

  /// Stores runs, and returns their ids.
  @discardableResult
  func add(_ runs: [Run], labels: [(key: String, value: String)] = []) throws -> [Int64] {
    try write(isDryRun: false) { writer in
      try runs.map {
        try writer.store(
          $0, path: "bench.log", labels: labels, importedAt: Past.day(9)
        ).id
      }
    }
  }

  /// Makes runs the baselines of their hosts.
  func mark(_ ids: Int64...) throws {
    try write(isDryRun: false) { try $0.setBaseline(ids, at: 0) }
  }
}

extension HostQuery {
  /// Creates a query without a policy.
  init(
    host: String? = nil, labels: [(key: String, value: String)] = [], asOf: Int64? = nil,
    time: Int64
  ) {
    self.init(host: host, labels: labels, asOf: asOf, policy: Policy(), time: time)
  }
}

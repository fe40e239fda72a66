package import BenchModel

/// How urgent an open failure is, as a product of terms that each can be explained.
///
/// All weights are here: there is no other place that knows them. They are our judgement; what matters is their order,
/// severity before all else, so that no number of trifles outranks one way to root: a severity's factor is at least 15 times
/// that of the next one, and all other terms together move a score by less, from ``least`` to ``most``.
package struct Priority: Hashable, Sendable {
  /// One factor with its reason.
  package struct Term: Hashable, Sendable {
    package var name: String
    package var factor: Double
    /// Why, in words.
    package var reason: String
  }

  /// What is known of a control's open failures.
  package struct Facts: Hashable, Sendable {
    package var severity: Severity?
    /// The attack surface of the catalogue; empty for an unmapped check.
    package var surface: String
    package var hosts: Int
    package var items: Int
    /// The age of the oldest in days.
    package var days: Int
    /// The hosts on which it fails since the newest run.
    package var newHosts: Int

    /// Creates facts.
    package init(
      severity: Severity?, surface: String, hosts: Int, items: Int, days: Int, newHosts: Int
    ) {
      self.severity = severity
      self.surface = surface
      self.hosts = hosts
      self.items = items
      self.days = days
      self.newHosts = newHosts
    }
  }

  package let terms: [Term]

  /// The product of all terms.
  package var score: Double { terms.reduce(1) { $0 * $1.factor } }

  /// Weighs facts.
  package init(_ facts: Facts) {
    terms = [
      Self.severity(facts.severity), Self.exposure(facts.surface),
      Self.breadth(facts.hosts, "host", of: 1), Self.breadth(facts.items, "item", of: 0.5),
      Self.age(facts.days), Self.regression(facts.newHosts),
    ]
  }

  private static func severity(_ severity: Severity?) -> Term {
    let factor: Double =
      switch severity {
      case .critical: 10_000
      case .high: 650
      case .medium: 40
      case .low: 2.5
      // Nobody has looked at it, so it is neither hidden nor first.
      case nil: 40
      }
    return Term(
      name: "severity", factor: factor,
      reason: severity?.name ?? "unmapped, so unknown: taken for medium")
  }

  /// What an attacker meets first counts more than what needs root to be used.
  private static func exposure(_ surface: String) -> Term {
    let (factor, reason): (Double, String) =
      switch surface {
      case "runtime", "workloads": (1.5, "inside the reach of every container")
      case "daemon", "api-server", "kubelet", "etcd": (1.3, "a control interface")
      case "network", "registry", "swarm": (1.2, "reached over the network")
      case "daemon-files", "control-plane-files", "worker-files", "operations":
        (0.7, "needs an account on the host, or a person's slip")
      case "": (1, "the surface is not known")
      default: (1, surface)
      }
    return Term(name: "exposure", factor: factor, reason: reason)
  }

  /// The product of all terms but severity, at its least and at its most.
  package static let least = 0.7
  package static let most = 1.5 * 2 * 1.5 * 1.25 * 1.5

  /// Twice as many count somewhat more, not twice as much, and no number more than `weight` more: 8 of them half of it.
  private static func breadth(_ count: Int, _ noun: String, of weight: Double) -> Term {
    let doublings = Self.log2(max(count, 1))
    return Term(
      name: noun + "s", factor: 1 + weight * doublings / (doublings + 3),
      reason: "\(count) \(noun)\(count == 1 ? "" : "s")")
  }

  private static func age(_ days: Int) -> Term {
    Term(
      name: "age", factor: 1 + 0.25 * Double(min(max(days, 0), 90)) / 90,
      reason: "open for \(days) day\(days == 1 ? "" : "s"), counted up to 90")
  }

  private static func regression(_ hosts: Int) -> Term {
    hosts > 0
      ? Term(
        name: "regressed", factor: 1.5,
        reason: "new with the newest run of \(hosts) host\(hosts == 1 ? "" : "s")")
      : Term(name: "regressed", factor: 1, reason: "not new")
  }

  /// The binary logarithm to a thousandth, without a mathematics library.
  private static func log2(_ value: Int) -> Double {
    var (whole, rest) = (0.0, Double(value))
    while rest >= 2 {
      rest /= 2
      whole += 1
    }
    var (part, fraction) = (0.5, 0.0)
    for _ in 0..<12 {
      rest *= rest
      if rest >= 2 {
        rest /= 2
        fraction += part
      }
      part /= 2
    }
    return whole + fraction
  }
}

import BenchModel

/// A way in which people get Kubernetes, such as K3s or Amazon EKS, with where its settings are.
package struct Distribution: Hashable, Sendable {
  /// How the options of a component are written.
  package enum Layout: String, Hashable, Sendable, CaseIterable {
    /// Lines of the manifests of kubeadm.
    case staticPod = "static-pod"
    /// The kubelet's own configuration file.
    case kubeletConfig = "kubelet-config"
    /// Lists such as `kube-apiserver-arg` of K3s and RKE2.
    case configYAML = "config-yaml"
    /// `extra_args` of RKE1.
    case clusterYML = "cluster-yml"
    /// A file of MicroK8s for each component, with an option on a line.
    case argsFile = "args-file"
    /// `NodeConfig` of Amazon EKS.
    case nodeConfig = "node-config"
    /// The node system configuration of Google GKE.
    case nodeSystemConfig = "node-system-config"
    /// The custom node configuration of Azure AKS.
    case customKubeletConfig = "custom-kubelet-config"
    /// A `KubeletConfig` of OpenShift.
    case kubeletResource = "kubelet-resource"
    /// Nothing that its owner can set so.
    case none
  }

  /// The word of the tables, such as `k3s`.
  package var id: String
  /// The name as its makers write it.
  package var name: String
  /// How options of the control plane's programs are written.
  package var flags: Layout
  /// The file, or the folder of files, that these are written in; empty where there is none.
  package var flagsFile: String
  /// How settings of the kubelet are written.
  package var kubelet: Layout
  /// The file, or the folder of files, that these are written in; empty where there is none.
  package var kubeletFile: String
  /// The command that makes a change take hold.
  package var restart: String
}

/// What distributions of Kubernetes have otherwise than kubeadm, from the tables of `kube-bench/`.
package struct Distributions: Sendable {
  /// The fix of a distribution in place of the one that holds elsewhere.
  private struct OwnFix: Sendable {
    var kind: String
    var target: String
    var value: String
    var note: String
  }

  /// Kubernetes minor versions, such as 1.25 to 1.28; an end that is nil is open.
  private struct Versions: Sendable {
    var from: Int?
    var to: Int?

    init(_ from: Substring, _ to: Substring) {
      self.from = Self.minor(from)
      self.to = Self.minor(to)
    }

    static func minor(_ text: Substring) -> Int? {
      text.hasPrefix("1.") ? Int(text.dropFirst(2)) : nil
    }

    func overlaps(_ other: Versions) -> Bool {
      (from ?? 0) <= (other.to ?? .max) && (other.from ?? 0) <= (to ?? .max)
    }

    var text: String {
      switch (from, to) {
      case (let from?, let to?): "Kubernetes 1.\(from) to 1.\(to)"
      case (let from?, nil): "Kubernetes 1.\(from) and later"
      case (nil, let to?): "Kubernetes up to 1.\(to)"
      case (nil, nil): "every Kubernetes"
      }
    }
  }

  /// All of them, in the order of the table.
  package let all: [Distribution]
  private let byLine: [String: Int]
  private let lines: [String: String]
  private let editions: [String: Versions]
  private let fixes: [String: [String: OwnFix]]
  private let paths: [String: [String: (there: String, note: String)]]
  private let versions: [String: Versions]

  /// Reads the tables.
  init(_ catalog: Catalog) {
    let folder = Tool.kubeBench.name + "/"
    var all: [Distribution] = []
    var byLine: [String: Int] = [:]
    for fields in catalog.table(folder + "distributions.tsv").body {
      for line in fields[2].split(separator: ",") { byLine[String(line)] = all.count }
      all.append(
        Distribution(
          id: String(fields[0]), name: String(fields[1]),
          flags: .init(rawValue: String(fields[3])) ?? .none, flagsFile: String(fields[4]),
          kubelet: .init(rawValue: String(fields[5])) ?? .none, kubeletFile: String(fields[6]),
          restart: String(fields[7])))
    }
    var lines: [String: String] = [:]
    var editions: [String: Versions] = [:]
    for fields in catalog.table(folder + "editions.tsv").body {
      lines[String(fields[0])] = String(fields[1])
      editions[String(fields[0])] = Versions(fields[3], fields[4])
    }
    var fixes: [String: [String: OwnFix]] = [:]
    for fields in catalog.table(folder + "distribution-fixes.tsv").body {
      fixes[String(fields[0]), default: [:]][String(fields[1])] = OwnFix(
        kind: String(fields[2]), target: String(fields[3]), value: String(fields[4]),
        note: String(fields[5]))
    }
    var paths: [String: [String: (there: String, note: String)]] = [:]
    for fields in catalog.table(folder + "paths.tsv").body {
      paths[String(fields[0]), default: [:]][String(fields[1])] = (
        String(fields[2]), String(fields[3])
      )
    }
    var versions: [String: Versions] = [:]
    for fields in catalog.table(folder + "fix-versions.tsv").body {
      versions[String(fields[0])] = Versions(fields[1], fields[2])
    }
    self.all = all
    self.byLine = byLine
    self.lines = lines
    self.editions = editions
    self.fixes = fixes
    self.paths = paths
    self.versions = versions
  }

  /// The distribution that an edition is for; nil for plain Kubernetes.
  package func distribution(of edition: String?) -> Distribution? {
    edition.flatMap { lines[$0] }.flatMap { byLine[$0] }.map { all[$0] }
  }

  /// The fix as it is made where a run's edition was checked.
  ///
  /// - Parameters:
  ///   - fix: The fix as it is made with kubeadm.
  ///   - edition: The edition.
  /// - Returns: The fix for its distribution; of the kind `provider` where the provider runs what would have to change, and
  ///   `none` where there is nothing to change so.
  package func fix(_ fix: Fix, in edition: String?) -> Fix {
    guard let edition, lines[edition] != nil else { return fix }
    let distribution = distribution(of: edition)
    if let distribution, let own = fixes[distribution.id]?[fix.id] {
      return Fix(
        id: fix.id, kind: own.kind, title: fix.title, target: own.target, value: own.value,
        note: own.note, distribution: distribution)
    }
    if let limit = versions[fix.id], let own = editions[edition], !limit.overlaps(own) {
      return Fix(
        id: fix.id, kind: "none", title: fix.title, target: "", value: "",
        note: "\(edition) is for \(own.text), and this holds for \(limit.text).",
        distribution: distribution)
    }
    guard let distribution else { return fix }
    switch fix.kind {
    case "mode", "ownership": return moved(fix, to: distribution)
    case "apiserver-flag", "controller-manager-flag", "scheduler-flag", "etcd-flag",
      "kubelet-config":
      var own = fix
      own.distribution = distribution
      return own
    default: return fix
    }
  }

  /// The advice as it holds where a run's edition was checked.
  ///
  /// - Parameters:
  ///   - advice: The advice as it holds with kubeadm.
  ///   - edition: The edition.
  ///   - check: The id of the check there.
  /// - Returns: The advice with the fix of its distribution; what shows whether it holds is then the check itself, since
  ///   processes and files have other names there.
  package func advice(_ advice: Advice, in edition: String?, check: String) -> Advice {
    let fix = fix(advice.fix, in: edition)
    guard fix != advice.fix, let edition else { return advice }
    var own = advice
    own.fix = fix
    guard fix.distribution != nil else { return own }
    own.verification = "kube-bench run --benchmark \(edition) --check \(check)"
    switch fix.kind {
    case "provider", "none", "command": own.restart = "none"
    default: if own.restart == "static-pod" { own.restart = "kubelet" }
    }
    return own
  }

  /// The fix of files at the paths that they have in a distribution.
  private func moved(_ fix: Fix, to distribution: Distribution) -> Fix {
    let known = paths[distribution.id] ?? [:]
    let targets = fix.target.split(separator: " ").map(String.init)
    let there = targets.flatMap { target in
      known[target].map { $0.there.split(separator: " ").map(String.init) } ?? [target]
    }
    guard there != targets else { return fix }
    var own = fix
    own.distribution = distribution
    own.target = there.joined(separator: " ")
    let notes = targets.compactMap { known[$0]?.note }.filter { !$0.isEmpty }
    own.note = ([fix.note] + notes).filter { !$0.isEmpty }.joined(separator: " ")
    if there.isEmpty {
      own.kind = "none"
      own.value = ""
      own.note = notes.joined(separator: " ")
    }
    return own
  }
}

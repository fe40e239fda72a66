import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchCatalog

/// What the literature states about STRIDE, against the catalogue.
///
/// The reasons for what differs are in docs/threats.md.
struct `The literature on STRIDE` {
  /// A category that a source gives to something, and the controls that this is about.
  ///
  /// Which controls it is about is our reading: no source but one has ids of a benchmark.
  private struct Statement {
    var source: String
    /// What the source speaks of, by its own name for it.
    var subject: String
    var category: Stride
    var controls: [ControlID]

    init(_ source: String, _ subject: String, _ category: Stride, _ controls: [ControlID]) {
      self.source = source
      self.subject = subject
      self.category = category
      self.controls = controls
    }
  }

  private static let statements = cavirin + jain + threagile + wong + maxgio + labels

  /// Labels that publications, and students of one course, gave to single controls: `verdict` is `primary` where we name the
  /// category first, `named` where it is among ours, and `differs` where it is not, with the argument.
  private static let table = (try? CatalogFile(fixture: "stride-labels.tsv"))?.rows ?? []

  /// Those of the sources that are stated here by nothing else.
  private static let labels = table.compactMap { row -> Statement? in
    guard let source = row["source"], ["poulton", "udacity", "poulopoulos"].contains(source),
      row["verdict"] != "differs", let label = row["label"].flatMap({ Stride(name: $0[...]) })
    else { return nil }
    return Statement(source, row["statement"] ?? "", label, [row["control"] ?? ""])
  }

  @Test func `gives labels that we follow, or argues`() throws {
    #expect(Self.table.count >= 148)
    for row in Self.table {
      let (control, verdict) = (row["control"] ?? "", row["verdict"] ?? "")
      let risk = try #require(Catalog.embedded.risks[control], "\(control)")
      let label = try #require(row["label"].flatMap { Stride(name: $0[...]) }, "\(row)")
      let place = risk.stride.firstIndex { $0.stride == label }
      switch verdict {
      case "primary": #expect(place == 0, "\(control) \(label)")
      case "named": #expect((place ?? 0) > 0, "\(control) \(label)")
      default: #expect(verdict == "differs" && place == nil, "\(control) \(label)")
      }
      #expect((row["argument"]?.isEmpty == false) == (verdict == "differs"), "\(control) \(label)")
    }
  }

  private static let cavirin = [
    Statement("cavirin", "AppArmor profile", .elevation, ["container-apparmor"])
  ]

  private static let jain = [
    Statement("jain", "trusted base images", .spoofing, ["image-trusted-base"]),
    Statement("jain", "content trust", .spoofing, ["image-content-trust"]),
    Statement("jain", "content trust", .tampering, ["image-content-trust"]),
    Statement("jain", "COPY, not ADD", .tampering, ["image-copy-not-add"]),
    Statement(
      "jain", "auditd", .repudiation,
      [
        "host-audit-dockerd", "host-audit-var-lib-docker", "host-audit-etc-docker",
        "host-audit-docker-service", "host-audit-docker-socket-unit", "host-audit-docker-sock",
        "host-audit-etc-default-docker", "host-audit-etc-sysconfig-docker",
        "host-audit-daemon-json", "host-audit-containerd-binary", "host-audit-runc-binary",
        "host-audit-run-containerd", "host-audit-containerd-socket", "host-audit-containerd-config",
        "host-audit-containerd-shim", "host-audit-containerd-shim-runc-v1",
        "host-audit-containerd-shim-runc-v2", "host-audit-docker-registry-service",
        "host-audit-etc-sysconfig-docker-network", "host-audit-etc-sysconfig-docker-registry",
        "host-audit-etc-sysconfig-docker-storage",
      ]),
    Statement("jain", "sensitive mounts", .disclosure, ["container-no-sensitive-mounts"]),
    Statement(
      "jain", "dependency scanning", .disclosure,
      ["image-scanned-and-patched", "enterprise-image-scanning"]),
  ]

  private static let threagile = [
    Statement(
      "threagile", "container-platform-escape", .elevation,
      [
        "daemon-userns-remap", "image-user-created", "container-capabilities-restricted",
        "container-no-privileged", "container-no-sensitive-mounts", "container-no-host-pid",
        "container-no-host-ipc", "container-no-host-devices", "container-seccomp-enabled",
        "container-no-host-userns", "container-no-docker-sock", "community-no-cap-dac-read-search",
        "community-no-cap-sys-module", "community-no-cap-sys-admin", "community-no-cap-sys-ptrace",
        "kube-pod-privileged-limited",
      ]),
    Statement(
      "threagile", "missing-network-segmentation", .elevation,
      [
        "daemon-icc-disabled", "container-no-host-network", "container-no-docker0",
        "swarm-management-plane-separated", "kube-network-policy-supported",
        "kube-network-policy-every-namespace",
      ]),
    Statement(
      "threagile", "mixed-targets-on-shared-runtime", .elevation, ["kube-namespaces-separate"]),
    Statement(
      "threagile", "missing-authentication", .elevation,
      [
        "daemon-tls-auth", "kube-apiserver-anonymous-auth-disabled",
        "kube-apiserver-kubelet-client-certificate-set",
        "kube-apiserver-insecure-bind-address-unset", "kube-apiserver-insecure-port-disabled",
        "kube-apiserver-etcd-client-certificate-set", "kube-apiserver-client-ca-set",
        "kube-etcd-client-cert-auth-enabled", "kube-etcd-peer-client-cert-auth-enabled",
        "kube-kubelet-anonymous-auth-disabled", "kube-kubelet-client-ca-set",
      ]),
    Statement(
      "threagile", "unencrypted-communication", .disclosure,
      [
        "daemon-no-insecure-registries", "daemon-tls-auth", "swarm-overlay-encrypted",
        "kube-apiserver-kubelet-https-enabled", "kube-apiserver-insecure-bind-address-unset",
        "kube-apiserver-insecure-port-disabled", "kube-apiserver-secure-port-enabled",
        "kube-apiserver-etcd-client-certificate-set", "kube-apiserver-tls-certificate-set",
        "kube-apiserver-tls-ciphers-strong", "kube-etcd-tls-certificate-set",
        "kube-etcd-peer-tls-certificate-set", "kube-kubelet-tls-certificate-set",
        "kube-kubelet-tls-ciphers-strong",
      ]),
    Statement(
      "threagile", "unencrypted-asset", .disclosure,
      [
        "swarm-manager-autolock", "kube-apiserver-encryption-config-set",
        "kube-apiserver-encryption-provider-strong",
      ]),
    Statement("threagile", "accidental-secret-leak", .disclosure, ["image-no-secrets"]),
    Statement(
      "threagile", "missing-vault", .disclosure,
      ["swarm-secrets-used", "kube-secrets-external-storage"]),
    Statement("threagile", "missing-hardening", .tampering, ["host-hardened"]),
    Statement(
      "threagile", "container-baseimage-backdooring", .tampering,
      ["image-trusted-base", "kube-image-provenance"]),
    Statement(
      "threagile", "unchecked-deployment", .tampering,
      ["image-scanned-and-patched", "enterprise-image-scanning"]),
    Statement("threagile", "missing-identity-store", .spoofing, ["enterprise-ldap"]),
    // Rules that no control is about.
    Statement("threagile", "service-registry-poisoning", .spoofing, []),
    Statement("threagile", "DoS-risky-access", .denial, []),
  ]

  private static let wong = [
    Statement(
      "wong", "resource limits", .denial,
      ["container-memory-limit", "container-cpu-limit", "container-pids-limit"])
  ]

  private static let maxgio = [
    Statement(
      "maxgio", "spoofing", .spoofing,
      [
        "kube-apiserver-tls-certificate-set", "kube-apiserver-client-ca-set",
        "kube-pki-key-permissions", "kube-pki-ownership",
        "kube-service-account-tokens-mounted-where-needed",
      ]),
    Statement(
      "maxgio", "tampering", .tampering,
      [
        "kube-apiserver-pod-security-policy-enabled", "kube-apiserver-secure-port-enabled",
        "kube-apiserver-audit-log-path-set", "kube-apiserver-tls-certificate-set",
        "kube-apiserver-encryption-config-set", "kube-apiserver-encryption-provider-strong",
        "kube-audit-policy-exists", "kube-audit-policy-coverage", "kube-pod-policy-control-active",
        "kube-pod-host-path-limited", "kube-secrets-external-storage", "kube-pod-security-context",
        "kube-etcd-data-dir-permissions", "kube-etcd-data-dir-ownership",
      ]),
    Statement(
      "maxgio", "repudiation", .repudiation,
      [
        "kube-apiserver-audit-log-path-set", "kube-apiserver-audit-log-max-age",
        "kube-apiserver-audit-log-max-backup", "kube-apiserver-audit-log-max-size",
        "kube-audit-policy-exists", "kube-audit-policy-coverage",
      ]),
    Statement(
      "maxgio", "information disclosure", .disclosure,
      [
        "kube-apiserver-authorization-node", "kube-apiserver-authorization-rbac",
        "kube-apiserver-node-restriction-enabled", "kube-apiserver-encryption-config-set",
        "kube-apiserver-encryption-provider-strong", "kube-apiserver-etcd-client-certificate-set",
        "kube-apiserver-kubelet-client-certificate-set", "kube-apiserver-tls-certificate-set",
        "kube-etcd-tls-certificate-set", "kube-etcd-client-cert-auth-enabled",
        "kube-etcd-peer-tls-certificate-set", "kube-etcd-peer-client-cert-auth-enabled",
        "kube-kubelet-anonymous-auth-disabled", "kube-kubelet-authorization-not-always-allow",
        "kube-kubelet-client-ca-set", "kube-kubelet-read-only-port-disabled",
        "kube-rbac-secrets-access-limited", "kube-rbac-create-pods-limited",
        "kube-rbac-node-proxy-limited", "kube-secrets-external-storage",
        "kube-network-policy-supported", "kube-network-policy-every-namespace",
      ]),
    Statement(
      "maxgio", "denial of service", .denial,
      [
        "kube-apiserver-anonymous-auth-disabled", "kube-kubelet-anonymous-auth-disabled",
        "kube-kubelet-read-only-port-disabled", "kube-network-policy-supported",
        "kube-network-policy-every-namespace",
      ]),
    Statement(
      "maxgio", "elevation of privilege", .elevation,
      [
        "kube-apiserver-authorization-node", "kube-apiserver-authorization-rbac",
        "kube-apiserver-pod-security-policy-enabled", "kube-kubelet-seccomp-default-enabled",
        "kube-rbac-cluster-admin-limited", "kube-rbac-wildcards-limited",
        "kube-service-account-default-unused", "kube-service-account-tokens-mounted-where-needed",
        "kube-rbac-node-proxy-limited", "kube-pod-policy-control-active",
        "kube-pod-host-pid-limited", "kube-pod-host-ipc-limited", "kube-pod-host-network-limited",
        "kube-pod-privilege-escalation-limited", "kube-pod-root-limited",
        "kube-pod-net-raw-limited", "kube-pod-added-capabilities-limited",
        "kube-pod-assigned-capabilities-limited", "kube-pod-seccomp-profile",
        "kube-pod-security-context", "kube-network-policy-supported",
        "kube-network-policy-every-namespace",
      ]),
  ]

  @Test func `is among our categories, with a source`() throws {
    var sources: [Pair: Set<String>] = [:]
    for statement in Self.statements {
      for control in statement.controls {
        let pair = Pair(control: control, category: statement.category)
        sources[pair, default: []].insert(statement.source)
      }
    }
    // Where two state the same, one is named.
    for (pair, sources) in sources {
      let risk = try #require(Catalog.embedded.risks[pair.control], "\(pair.control)")
      let own = risk.stride.first { $0.stride == pair.category }
      #expect(own.map { sources.contains($0.source) } ?? false, "\(pair)")
    }
  }

  private struct Pair: Hashable {
    var control: ControlID
    var category: Stride
  }

  @Test func `is named only for what it states`() {
    let stated = Set(
      Self.statements.flatMap { statement in
        statement.controls.map { "\($0) \(statement.category.name)@\(statement.source)" }
      })
    for control in Catalog.embedded.controls.all {
      for category in Catalog.embedded.risks[control.id]?.stride ?? []
      where category.source != "judgement" {
        #expect(stated.contains("\(control.id) \(category.stride.name)@\(category.source)"))
      }
    }
  }

  @Test func `leaves no control with more than three categories`() {
    for control in Catalog.embedded.controls.all {
      #expect(
        (1...3).contains(Catalog.embedded.risks[control.id]?.stride.count ?? 0), "\(control.id)")
    }
  }

  /// The controls whose first category no source states, and those that are stated.
  private static var differences: [ControlID: Set<Stride>] {
    var stated: [ControlID: Set<Stride>] = [:]
    for statement in statements {
      for control in statement.controls { stated[control, default: []].insert(statement.category) }
    }
    return stated.filter { control, categories in
      Catalog.embedded.risks[control].map { risk in
        risk.stride.first.map { !categories.contains($0.stride) } ?? true
      } ?? true
    }
  }

  @Test func `differs from us where the document says so, and nowhere else`() throws {
    let page = try String(contentsOfFile: Fixture.repository + "/docs/threats.md", encoding: .utf8)
    let part = try #require(page.components(separatedBy: "### Where we differ\n").last)
    let rows = part.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(Set(rows.map { $0[0] }).count == rows.count)
    let differences = Self.differences
    #expect(Set(rows.map { $0[0] }) == Set(differences.keys.map { "`\($0)`" }))
    for (control, stated) in differences {
      let row = try #require(rows.first { $0[0] == "`\(control)`" })
      let theirs = Stride.allCases.filter(stated.contains).map(\.name).joined(separator: ", ")
      #expect(row[1] == theirs, "\(control)")
      #expect(row[2] == Catalog.embedded.risks[control]?.stride.first?.stride.name, "\(control)")
      #expect(row[3].count > 20, "\(control)")
    }
    for statement in Self.statements where statement.controls.isEmpty {
      #expect(page.contains(statement.subject), "\(statement.subject)")
    }
  }
}

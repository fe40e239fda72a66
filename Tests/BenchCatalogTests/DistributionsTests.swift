import BenchModel
import Testing

@testable import BenchCatalog

/// What distributions of Kubernetes have otherwise than kubeadm.
struct `The distributions` {
  private static let catalog = Catalog.embedded
  private static let distributions = catalog.distributions

  private static func fix(_ id: String) throws -> Fix {
    try #require(catalog.advice.fixes.first { $0.id == id }, "\(id)")
  }

  @Test func `are told by the line of an edition`() {
    let names = [
      ("k3s-cis-1.8", "K3s"), ("rke2-cis-1.8-hardened", "RKE2"), ("eks-1.8.0", "Amazon EKS"),
      ("eks-stig-kubernetes-v1r6", "Amazon EKS"), ("rh-1.8", "Red Hat OpenShift 4"),
      ("cis-1.24-microk8s", "MicroK8s"),
    ]
    for (edition, name) in names {
      #expect(Self.distributions.distribution(of: edition)?.name == name)
    }
    for edition in ["cis-1.12", "1.6", "rh-0.7", "e08-cis1.3.1", "none", nil] {
      #expect(Self.distributions.distribution(of: edition) == nil)
    }
  }

  @Test(arguments: [
    ("apiserver-no-anonymous", "k3s-cis-1.8", "apiserver-flag", "--anonymous-auth"),
    ("apiserver-no-anonymous", "eks-1.8.0", "provider", ""),
    ("own-static-manifests", "k3s-cis-1.8", "none", ""),
    (
      "mode-static-manifests", "rke2-cis-1.8", "mode",
      "/var/lib/rancher/rke2/agent/pod-manifests/*.yaml"
    ),
    ("kubelet-pod-pids", "aks-1.8", "kubelet-config", "podMaxPids"),
    ("apiserver-encryption-at-rest", "rh-1.8", "command", ""),
  ])
  func `have fixes of their own`(fix: String, edition: String, kind: String, target: String) throws
  {
    let own = Self.distributions.fix(try Self.fix(fix), in: edition)
    #expect(own.kind == kind && own.target == target && own.distribution != nil, "\(own)")
    #expect(own.id == fix)
  }

  @Test func `leave a fix as it is on plain Kubernetes`() throws {
    for fix in Self.catalog.advice.fixes {
      #expect(Self.distributions.fix(fix, in: nil) == fix)
      #expect(Self.distributions.fix(fix, in: "e08-cis1.3.1") == fix)
    }
  }

  /// Kubernetes drops flags and plugins, and a program with one that it does not know does not start.
  @Test func `print no fix for a version that has it no more`() throws {
    let gone = Self.distributions.fix(try Self.fix("apiserver-pod-security-policy"), in: "cis-1.8")
    #expect(gone.kind == "none" && gone.note.contains("Kubernetes 1.10 to 1.24"))
    let here = Self.distributions.fix(try Self.fix("apiserver-pod-security-policy"), in: "cis-1.6")
    #expect(here.kind == "apiserver-flag")
    let editions = try CatalogFile("kube-bench/editions.tsv").rows.filter { row in
      (row["from"]?.dropFirst(2)).flatMap { Int($0) }.map { $0 >= 25 } ?? false
    }
    #expect(editions.count > 30)
    for edition in editions.compactMap({ $0["edition"] }) {
      for control in Self.catalog.controls.all {
        guard let advice = Self.catalog.advice[control.id],
          Self.catalog.editions.has(
            control.id,
            Release(
              tool: .kubeBench, printed: nil, edition: edition, earliest: edition, latest: edition))
        else { continue }
        let fix = Self.distributions.fix(advice.fix, in: edition)
        for word in ["PodSecurityPolicy", "SecurityContextDeny", "--insecure-port", "--basic-auth"]
        {
          #expect(
            fix.kind == "none" || fix.value.hasPrefix("-") || fix.value.contains("(remove)")
              || !(fix.target + fix.value).contains(word), "\(control.id) in \(edition)")
        }
      }
    }
  }

  @Test func `name no file of kubeadm's where they have none`() {
    for distribution in ["k3s-cis-1.9", "rke2-cis-1.8", "rke-cis-1.7", "cis-1.24-microk8s"] {
      for fix in Self.catalog.advice.fixes {
        let own = Self.distributions.fix(fix, in: distribution)
        #expect(!own.target.contains("/etc/kubernetes/manifests"), "\(fix.id) in \(distribution)")
        #expect(!own.value.contains("/etc/kubernetes/pki"), "\(fix.id) in \(distribution)")
      }
    }
  }

  @Test func `are checked by the check itself`() throws {
    let advice = try #require(Self.catalog.advice["kube-apiserver-anonymous-auth-disabled"])
    let own = Self.distributions.advice(advice, in: "k3s-cis-1.8", check: "1.2.1")
    #expect(own.verification == "kube-bench run --benchmark k3s-cis-1.8 --check 1.2.1")
    #expect(Self.distributions.advice(advice, in: "cis-1.8", check: "1.2.1") == advice)
  }
}

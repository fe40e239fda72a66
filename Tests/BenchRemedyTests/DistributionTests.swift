import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchTestSupport
import Foundation
import Testing
import Yams

@testable import BenchRemedy

/// Texts for K3s and others, which have Kubernetes' programs elsewhere.
struct `A distribution` {
  private static let catalog = Catalog.embedded
  private static let kube = catalog.controls.all.map(\.id).filter { $0.hasPrefix("kube-") }

  /// The texts for all controls that fail in an edition.
  private static func remedies(_ edition: String, _ controls: [ControlID] = kube) -> Remedies {
    let failures = controls.map { control in
      OpenFailure(
        hosts: ["node-1"], finding: Sample.failure(control, id: "1.2.1").finding, edition: edition)
    }
    return Remedies(failures, policy: Policy())
  }

  private static let editions = [
    "k3s-cis-1.9", "rke2-cis-1.8", "rke-cis-1.7", "cis-1.24-microk8s", "eks-1.8.0", "gke-1.9.0",
    "aks-1.8", "ack-1.0", "tkgi-1.2.53", "rh-1.8",
  ]

  @Test(arguments: editions)
  func `has every fix somewhere, in texts that can be read`(edition: String) throws {
    let remedies = Self.remedies(edition)
    let snippets = remedies.snippets()
    let fixes = Set(snippets.flatMap(\.fixes))
    for group in remedies.groups { #expect(fixes.contains(group.fix.id), "\(group.fix.id)") }
    let others = Set(remedies.unfixable.flatMap { $0.controls.map(\.id) })
    #expect(Set(remedies.groups.flatMap(\.controls)).union(others) == Set(Self.kube))
    for group in remedies.unfixable {
      #expect(group.controls.allSatisfy { !$0.reason.isEmpty }, "\(edition)")
    }
    for snippet in snippets {
      switch snippet.language {
      case "yaml":
        #expect(throws: Never.self, "\(snippet.text)") {
          _ = Array(try Yams.load_all(yaml: snippet.text))
        }
      case "json":
        #expect(throws: Never.self, "\(snippet.text)") {
          try JSONSerialization.jsonObject(with: Data(snippet.text.utf8))
        }
      case "sh":
        if Shell.isPresent { #expect(try Shell().reads(snippet.text), "\(snippet.text)") }
      default: break
      }
      guard edition != "ack-1.0", snippet.kind != .checklist else { continue }
      #expect(!snippet.text.contains("/etc/kubernetes/manifests"), "\(snippet.text)")
      #expect(snippet.kind != .staticPod && snippet.kind != .kubeletFlags)
    }
  }

  @Test func `of K3s has lists of options in one file`() throws {
    let remedies = Self.remedies(
      "k3s-cis-1.8",
      [
        "kube-apiserver-audit-log-path-set", "kube-kubelet-streaming-timeout-set",
        "kube-apiserver-event-rate-limit-enabled",
      ])
    let snippet = try #require(remedies.snippets().only(.distributionConfig))
    #expect(snippet.destination == "/etc/rancher/k3s/config.yaml")
    let root = try #require(try Yams.load(yaml: snippet.text) as? [String: [String]])
    #expect(
      root["kube-apiserver-arg"]?.contains(
        "audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log") == true)
    #expect(
      root["kube-apiserver-arg"]?.contains(
        "enable-admission-plugins=NodeRestriction,EventRateLimit") == true)
    #expect(root["kubelet-arg"]?.first?.hasPrefix("streaming-connection-idle-timeout=") == true)
    #expect(snippet.text.contains("systemctl restart k3s"))
  }

  @Test func `of RKE1 has options of its services`() throws {
    let remedies = Self.remedies("rke-cis-1.7", ["kube-kubelet-streaming-timeout-set"])
    let snippet = try #require(remedies.snippets().only(.distributionConfig))
    let root = try #require(
      try Yams.load(yaml: snippet.text) as? [String: [String: [String: [String: String]]]])
    #expect(
      root["services"]?["kubelet"]?["extra_args"]?["streaming-connection-idle-timeout"] == "5m")
  }

  @Test func `of a cloud leaves the control plane to its provider`() throws {
    let remedies = Self.remedies(
      "eks-stig-kubernetes-v1r6",
      ["kube-apiserver-authorization-rbac", "kube-kubelet-event-rate-sufficient"])
    let group = try #require(remedies.unfixable.first)
    #expect(group.controls.map(\.id) == ["kube-apiserver-authorization-rbac"])
    #expect(group.isProvided && group.distribution?.name == "Amazon EKS")
    #expect(remedies.groups.map(\.controls) == [["kube-kubelet-event-rate-sufficient"]])
    let snippet = try #require(remedies.snippets().only(.nodeConfig))
    let root = try #require(try Yams.load(yaml: snippet.text) as? [String: Any])
    #expect(root["kind"] as? String == "NodeConfig")
    #expect(snippet.text.contains("\n      eventRecordQPS: 50\n"))
  }

  @Test func `has no manifest of kubeadm for hosts beside it`() {
    let failures = [("plain", "cis-1.8"), ("rancher", "rke2-cis-1.8")].map { host, edition in
      OpenFailure(
        hosts: [host], finding: Sample.failure("kube-apiserver-profiling-disabled").finding,
        edition: edition)
    }
    let remedies = Remedies(failures, policy: Policy())
    #expect(remedies.groups.count == 2)
    let snippets = remedies.snippets()
    #expect(snippets.only(.staticPod)?.hosts == ["plain"])
    #expect(snippets.only(.distributionConfig)?.hosts == ["rancher"])
  }
}

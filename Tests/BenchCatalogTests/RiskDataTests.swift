import BenchModel
import Foundation
import Testing

@testable import BenchCatalog

/// What the catalogue says of risks and their remedies.
struct `The risks and advice` {
  @Test func `are there for every control, and nothing else`() throws {
    let controls = try CatalogFile("controls.tsv").column("control")
    #expect(try CatalogFile("risks.tsv").column("control") == controls)
    #expect(try CatalogFile("advice.tsv").column("control") == controls)
    for control in controls {
      let risk = try #require(Catalog.embedded.risks[control])
      let advice = try #require(Catalog.embedded.advice[control])
      #expect(!risk.reason.isEmpty && risk.reason.count <= 160, "\(control)")
      #expect((1...3).contains(risk.stride.count), "\(control)")
      #expect(Set(risk.stride.map(\.stride)).count == risk.stride.count, "\(control)")
      #expect(!risk.surface.isEmpty, "\(control)")
      #expect(
        risk.techniques.allSatisfy { $0.wholeMatch(of: /T\d{4}(\.\d{3})?/) != nil }, "\(control)")
      #expect(risk.nist.isEmpty || risk.nist.wholeMatch(of: /4\.\d(\.\d)?/) != nil, "\(control)")
      #expect(!advice.impact.isEmpty && !advice.verification.isEmpty, "\(control)")
      #expect(["low", "medium", "high"].contains(advice.effort), "\(control)")
      let restarts = [
        "none", "reload", "daemon", "container", "host", "static-pod", "kubelet", "node",
        "workload",
      ]
      #expect(restarts.contains(advice.restart), "\(control)")
    }
  }

  @Test func `name their sources`() throws {
    let sources = Set(try CatalogFile("sources.tsv").column("source")).union(["judgement"])
    var used: Set<String> = ["judgement"]
    for row in try CatalogFile("risks.tsv").rows {
      for entry in (row["stride"] ?? "").split(separator: ",") {
        let source = String(entry.split(separator: "@").last ?? "")
        #expect(sources.contains(source), "\(row["control"] ?? "")")
        used.insert(source)
      }
    }
    // Those of a threat alone are named with it.
    for path in ["threats/docker.yaml", "threats/kubernetes.yaml"] {
      let text = try #require(Catalog.embedded.text(path))
      used.formUnion(sources.filter { text.contains($0) })
    }
    #expect(used == sources)
  }

  @Test func `use every fix, and say nothing twice`() throws {
    let advice = try CatalogFile("advice.tsv")
    #expect(Set(advice.column("fix")) == Set(try CatalogFile("fixes.tsv").column("fix")))
    let rationales = advice.column("rationale")
    #expect(Set(rationales).count == rationales.count)
    for row in try CatalogFile("fixes.tsv").rows where row["kind"] == "daemon-json" {
      let value = "{\"\(row["target"] ?? "")\": \(row["value"] ?? "")}"
      #expect(throws: Never.self, "\(value)") {
        try JSONSerialization.jsonObject(with: Data(value.utf8))
      }
    }
  }

  /// Where Docker and Kubernetes have the same control, the one's severity is the other's, or the table says why not.
  @Test func `rate the same thing alike on Docker and on Kubernetes`() throws {
    let pairs = try CatalogFile(fixture: "severity-pairs.tsv").rows
    #expect(pairs.count > 100)
    for pair in pairs {
      for system in ["docker", "kube"] {
        // What the other does not have stands for itself.
        guard let control = pair["\(system) control"], control != "-" else { continue }
        let risk = Catalog.embedded.risks[control]
        #expect(risk?.severity.name == pair["severity \(system)"], "\(pair)")
      }
      let isSame = pair["severity docker"] == pair["severity kube"]
      #expect(isSame || pair["reason"]?.isEmpty == false, "\(pair)")
    }
  }

  @Test func `know critical risks from small ones`() {
    #expect(Catalog.embedded.risks["container-no-docker-sock"]?.severity == .critical)
    #expect(Catalog.embedded.risks["container-no-privileged"]?.severity == .critical)
    #expect(
      Catalog.embedded.risks["kube-kubelet-authorization-not-always-allow"]?.severity == .critical)
    #expect(Catalog.embedded.risks["no-such-control"] == nil)
    let all = Catalog.embedded.controls.all.compactMap { Catalog.embedded.risks[$0.id]?.severity }
    #expect(all.count { $0 == .critical } < all.count / 10)
  }
}

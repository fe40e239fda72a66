import BenchModel
import Testing

@testable import BenchCatalog

struct `The index of all editions` {
  private func release(_ tool: Tool, _ edition: String) -> Release {
    Release(tool: tool, printed: nil, edition: edition, earliest: "", latest: "")
  }

  @Test func `finds the ids of a control in the editions of every tool`() {
    let ids = Catalog.embedded.editions.entries(of: "daemon-log-level-info").map {
      "\($0.tool) \($0.edition) \($0.ids.joined(separator: ","))"
    }
    #expect(ids.contains("docker-bench-security e07-cis1.2.0 2.2"))
    #expect(ids.contains("docker-bench-security e11-cis1.6.0b 2.3"))
    #expect(ids.contains("docker-bench cis-1.2 2.2,2.2.a,2.2.b"))
    #expect(ids.contains("docker-bench cis-1.6.0 2.3"))
    #expect(Catalog.embedded.editions.entries(of: "no-such-control").isEmpty)
  }

  @Test func `tells the line of an edition, and each id once`() {
    let entries = Catalog.embedded.editions.entries(of: "kube-kubelet-anonymous-auth-disabled")
    let lines = Dictionary(grouping: entries, by: \.line)
    #expect(lines["cis"]?.first?.edition == "cis-1.5")
    #expect(lines["cis"]?.first?.ids == ["4.2.1"])
    #expect(lines["rke2"]?.allSatisfy { $0.edition.hasPrefix("rke2-") } == true)
    let scripts = Catalog.embedded.editions.entries(of: "daemon-rootless")
    #expect(scripts.first?.line.isEmpty == true)
    #expect(Catalog.embedded.editions.meanings(of: "4.2.1").contains { $0.line == "k3s" })
  }

  @Test func `knows the tools of each control`() {
    let index = Catalog.embedded.editions
    let tools = index.tools
    let controls = Catalog.embedded.controls.all
    for position in stride(from: 0, to: controls.count, by: 20) {
      let control = controls[position]
      var own: [Tool] = []
      for entry in index.entries(of: control.id) where !own.contains(entry.tool) {
        own.append(entry.tool)
      }
      #expect(tools[control.id] ?? [] == own, "\(control.id)")
    }
  }

  @Test func `finds the meanings of an id`() {
    let meanings = Catalog.embedded.editions.meanings(of: "5.12").map {
      "\($0.tool) \($0.edition) \($0.control.id)"
    }
    #expect(meanings.contains("docker-bench-security e10-cis1.5.0 container-readonly-rootfs"))
    // One benchmark prints the id twice.
    #expect(meanings.contains("docker-bench cis-1.6.0 container-cpu-limit"))
    #expect(meanings.contains("docker-bench cis-1.6.0 container-readonly-rootfs"))
    #expect(Catalog.embedded.editions.meanings(of: "0.0").isEmpty)
  }

  @Test func `tells whether an edition has a control`() {
    #expect(
      Catalog.embedded.editions.has(
        "daemon-rootless", release(.dockerBenchSecurity, "e11-cis1.6.0b")))
    #expect(
      !Catalog.embedded.editions.has(
        "daemon-rootless", release(.dockerBenchSecurity, "e02-cis1.11")))
    #expect(!Catalog.embedded.editions.has("daemon-rootless", release(.dockerBenchSecurity, "e99")))
    #expect(
      Catalog.embedded.editions.has(
        "kube-kubelet-anonymous-auth-disabled", release(.kubeBench, "cis-1.9")))
    #expect(
      !Catalog.embedded.editions.has(
        "kube-apiserver-anonymous-auth-disabled", release(.kubeBench, "eks-1.8.0")))
    #expect(!Catalog.embedded.editions.has("daemon-icc-disabled", release(.kubeBench, "cis-1.9")))
  }
}

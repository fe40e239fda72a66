import BenchHistory
import BenchModel
import BenchTestSupport
import Testing

struct `What is known of a host` {
  private static func names(_ host: HostFindings) -> [String] {
    host.findings.map { known in
      (known.finding.control ?? known.finding.checkID) + (known.isLeftOut ? " left out" : "")
        + (known.isNew ? " new" : "")
    }
  }

  private static func privileged(_ names: [String], isTruncated: Bool = false) -> Finding {
    Example.finding(
      "container-no-privileged", names.isEmpty ? .pass : .fail,
      items: names.map { Example.container($0) }, isTruncated: isTruncated)
  }

  @Test func `is in the order of the log, what was left out last`() {
    var past = Past()
    past.add(day: 0, ["z": .fail, "b": .fail, "a": .pass])
    past.add(day: 1, ["b": .fail, "a": .fail])
    #expect(Self.names(past.host()) == ["b", "a new", "z left out"])
    #expect(past.host().runs.map(\.id) == [2])
  }

  @Test func `has the finding of the run that judged it last`() throws {
    var past = Past()
    past.add(day: 0, findings: [Self.privileged(["web"]), Example.finding("a", .fail)])
    past.add(day: 1, findings: [Self.privileged(["web", "db"])])
    let findings = past.host().findings.map(\.finding)
    #expect(findings.map(\.control) == ["container-no-privileged", "a"])
    #expect(findings.first?.items.map(\.name) == ["web", "db"])
  }

  @Test func `has none that is retired`() {
    var past = Past()
    past.add(
      day: 0, ["host-kernel-current": .fail],
      release: Example.release("1.0.0@18d5a13", edition: "e01-cis1.6"))
    past.add(day: 1, ["daemon-live-restore": .pass])
    #expect(Self.names(past.host()) == ["daemon-live-restore"])
  }

  @Test func `is of each tool`() {
    var past = Past()
    past.add(day: 0, ["a": .fail, "b": .fail])
    past.add(
      day: 1, ["b": .fail, "c": .fail],
      release: Example.release("cis-1.2", edition: "cis-1.2", tool: .aquaDockerBench))
    #expect(Self.names(past.host()).sorted() == ["a", "b", "c"])
    #expect(past.host().runs.map(\.id) == [2, 1])
  }

  @Test func `keeps the items that a limited run did not look at`() throws {
    var past = Past()
    past.add(day: 0, findings: [Self.privileged(["web", "db"])])
    past.add(day: 1, findings: [Self.privileged(["web"])], scope: "exclude=db")
    past.add(day: 2, findings: [Self.privileged(["web", "api"])], scope: "exclude=db")
    let known = try #require(past.host().findings.first)
    #expect(known.finding.items.map(\.name) == ["web", "api", "db"])
    #expect(!known.isLeftOut)
    past.add(day: 3, findings: [Self.privileged(["web"])])
    #expect(past.host().findings.first?.finding.items.map(\.name) == ["web"])
  }

  @Test func `keeps the items of each of several scopes`() throws {
    var past = Past()
    past.add(day: 0, findings: [Self.privileged(["web"])], scope: "include=web")
    past.add(day: 1, findings: [Self.privileged(["db"])], scope: "include=db")
    past.add(day: 2, findings: [Self.privileged(["api"])], scope: "include=api")
    let names = { past.host().findings.first?.finding.items.map(\.name).sorted() }
    #expect(names() == ["api", "db", "web"])
    past.add(day: 3, findings: [Self.privileged(["web-2"])], scope: "include=web")
    #expect(names() == ["api", "db", "web-2"])
  }

  @Test func `does not keep the items that a limited run found to be gone`() {
    var past = Past()
    past.add(day: 0, findings: [Self.privileged(["web", "api"])])
    past.add(day: 1, findings: [Self.privileged(["web"])], scope: "exclude=db")
    #expect(past.host().findings.first?.finding.items.map(\.name) == ["web"])
  }

  @Test func `has a cut list where the older one was cut`() {
    var past = Past()
    past.add(day: 0, findings: [Self.privileged(["web"], isTruncated: true)])
    past.add(day: 1, findings: [Self.privileged(["web"])], scope: "exclude=db")
    #expect(past.host().findings.first?.finding.itemsTruncated == true)
  }

  @Test func `joins a control that an edition has under two ids`() {
    var past = Past()
    past.add(
      day: 0,
      findings: [
        Example.finding("a", .pass, id: "1.1"),
        Example.finding("a", .fail, id: "1.2", items: [Example.container("web")]),
      ])
    let host = past.host()
    #expect(host.findings.count == 1)
    #expect(host.findings.first?.finding.outcome == .fail)
    #expect(host.findings.first?.finding.items.count == 1)
  }
}

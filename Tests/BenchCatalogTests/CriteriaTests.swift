import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `The criterion of a control` {
  private let criteria = Catalog.embedded.criteria

  private func release(_ earliest: String, _ latest: String? = nil) -> Release {
    Release(
      tool: .dockerBenchSecurity, printed: nil, edition: nil, earliest: earliest,
      latest: latest ?? earliest)
  }

  @Test func `differs between two releases that judge otherwise`() throws {
    let difference = try #require(
      criteria.difference("daemon-icc-disabled", release("v1.6.0"), release("v1.6.1")))
    #expect(difference.base.count == 1)
    #expect(difference.head.map(\.since) == ["1.6.0@4edccd7"])
    #expect(difference.base.map(\.says) != difference.head.map(\.says))
  }

  @Test func `is the same in the same release`() {
    for control in Catalog.embedded.controls.all {
      for version in ["v1.1.0", "v1.3.5", "v1.6.0", "v1.6.1"] {
        #expect(criteria.difference(control.id, release(version), release(version)) == nil)
      }
    }
  }

  @Test func `differs also for the runs of the fixtures`() throws {
    let before = try Reading.run("s1-v1.6.0-log.txt").release
    let after = try Reading.run("s1-v1.6.1-log.txt").release
    #expect(criteria.difference("daemon-icc-disabled", before, after) != nil)
    #expect(criteria.difference("daemon-rootless", before, after) == nil)
  }

  @Test func `may be one of several where the release is not known`() {
    let range = release("v1.1.0", "v1.6.1")
    #expect(criteria.criteria(of: "daemon-icc-disabled", in: range).count > 1)
    #expect(criteria.difference("daemon-icc-disabled", range, range) != nil)
  }

  @Test func `is not known for unknown controls and versions`() {
    #expect(criteria.criteria(of: "no-such-control", in: release("v1.6.0")).isEmpty)
    #expect(criteria.criteria(of: "daemon-icc-disabled", in: release("", "")).isEmpty)
    #expect(criteria.difference("daemon-icc-disabled", release(""), release("v1.6.0")) == nil)
    #expect(criteria.history(of: "no-such-control", by: .kubeBench).isEmpty)
  }

  @Test func `has a history for every control of every tool`() {
    for control in Catalog.embedded.controls.all {
      for entry in Catalog.embedded.editions.entries(of: control.id) {
        #expect(!criteria.history(of: control.id, by: entry.tool).isEmpty)
      }
    }
  }
}

import BenchModel
import BenchTestSupport
import Testing

@testable import BenchCatalog

/// The key by which two programs know that they read a log alike.
struct `The understanding` {
  /// The understanding of a catalogue of which one file is another.
  private static func understanding(_ path: String) -> Understanding {
    Catalog(own: [path: (Catalog.embedded.text(path) ?? "") + "\n"]).understanding
  }

  @Test func `is the same for the same tables`() {
    let one = Catalog.embedded.understanding
    #expect(one == Understanding(readers: Understanding.readersVersion, .embedded))
    #expect(one.description.utf8.count == 32)
    #expect(one.description.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
    #expect(Understanding(one.bytes) == one)
    #expect(Understanding([1]) == nil)
    #expect(
      Understanding((0..<16).map { $0 })?.description == "000102030405060708090a0b0c0d0e0f")
  }

  @Test func `changes with the readers`() {
    #expect(Understanding(readers: 0, .embedded) != Understanding(readers: 1, .embedded))
  }

  @Test func `changes with every table that decides`() {
    let ours = Catalog.embedded.understanding
    for path in Understanding.paths where Catalog.embedded.text(path) != nil {
      #expect(
        Self.understanding(path) != ours, "\(path)")
    }
    #expect(Understanding.paths.count == 23)
  }

  @Test(arguments: [
    "risks.tsv", "advice.tsv", "fixes.tsv", "sources.tsv", "threats/docker.yaml",
    "threats/kubernetes.yaml", "frameworks/frameworks.tsv", "frameworks/requirements.tsv",
    "frameworks/controls.tsv", "kube-bench/distributions.tsv",
    "kube-bench/distribution-fixes.tsv", "kube-bench/paths.tsv", "kube-bench/fix-versions.tsv",
  ])
  func `does not change with what only says what a failure means`(path: String) {
    let own = Self.understanding(path)
    #expect(own == Catalog.embedded.understanding)
  }
}

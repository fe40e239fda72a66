import BenchCatalog
import BenchModel
import BenchTestSupport
import Testing

struct `The benchmark of a run` {
  /// The names of a guess, or of what was taken for a name that is not listed.
  private static func notes(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.compactMap { diagnostic in
      switch diagnostic.kind {
      case .editionGuessed(let name, let others):
        "\(name) or \(others.joined(separator: " or "))"
      case .editionUnlisted(let name, let taken): "\(taken) for \(name)"
      case .editionUnknown: "unknown"
      default: nil
      }
    }
  }

  @Test(arguments: [
    ("s1-aqua-cis-1.2-stdout.txt", "cis-1.2"), ("s1-aqua-cis-1.2-ids-stdout.txt", "cis-1.2"),
    ("s1-aqua-cis-1.2-ids-stdout.json", "cis-1.2"),
    ("s1-aqua-cis-1.6.0-pty-stdout.txt", "cis-1.6.0"),
    ("s2-aqua-cis-1.6.0-raw-stdout.txt", "cis-1.6.0"),
    ("before-kube-cis-1.6-node-stdout.json", "cis-1.6"),
    ("before-kube-eks-stig-stdout.json", "eks-stig-kubernetes-v1r6"),
  ])
  func `is what it calls itself`(fixture: String, edition: String) throws {
    let (run, diagnostics) = try AquaLog.result(try Fixture.bytes(fixture))
    #expect(run.release.edition == edition)
    #expect(run.release.earliest == edition && run.release.latest == edition)
    #expect(run.release.printed == nil)
    #expect(Self.notes(diagnostics).isEmpty)
  }

  @Test(arguments: [
    ("before-kube-cis-1.6-stdout.txt", "cis-1.6"), ("after-kube-cis-1.6-stdout.txt", "cis-1.6"),
    ("before-kube-cis-1.6-node-stdout.txt", "cis-1.6"),
    ("before-kube-eks-stig-stdout.txt", "eks-stig-kubernetes-v1r6"),
  ])
  func `is told by ids and titles where the log has no name`(fixture: String, edition: String)
    throws
  {
    let (run, diagnostics) = try AquaLog.result(try Fixture.bytes(fixture))
    #expect(run.release.edition == edition)
    #expect(Self.notes(diagnostics).isEmpty)
  }

  @Test func `is told by the marks of titles where vendors took over all else`() throws {
    let text = try Fixture.text("before-kube-cis-1.23-stdout.txt")
    let (run, diagnostics) = try AquaLog.result(Array(text.utf8))
    #expect(run.release.edition == "cis-1.23")
    #expect(Self.notes(diagnostics).isEmpty)
    #expect(run.findings.allSatisfy { $0.control != nil })
    // Without the lines that differ it is a guess.
    let rows = try CatalogFile("kube-bench/marks.tsv").rows
    let manual = ["cis-1.23", "k3s-cis-1.23"].map { edition in
      Set(
        rows.filter { $0["edition"] == edition && $0["mark"] == "(Manual)" }
          .flatMap { ($0["ids"] ?? "").split(separator: ",").map(String.init) })
    }
    let marked = manual[0].symmetricDifference(manual[1])
    #expect(!marked.isEmpty)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      !marked.contains(String(line.dropFirst(7).prefix { $0 != " " }))
    }
    let (less, notes) = try AquaLog.result(Array(lines.joined(separator: "\n").utf8))
    #expect(less.release.edition == "cis-1.23")
    #expect(Self.notes(notes) == ["cis-1.23 or k3s-cis-1.23"])
  }

  @Test func `is CIS's own where a cloud's has the same checks with other marks`() throws {
    // v0.3.0 worded cis-1.5 as gke-1.0 still does.
    let bytes = try Fixture.bytes("before-kube-v0.3.0-cis-1.5-stdout.txt")
    let (run, diagnostics) = try AquaLog.result(bytes)
    #expect(run.release.edition == "cis-1.5")
    #expect(Self.notes(diagnostics).isEmpty)
    #expect(run.findings.allSatisfy { $0.control != nil })
  }

  @Test func `is the newest of several that have the same part`() throws {
    // The checks of etcd are the same in many.
    let text = try Fixture.text("before-kube-cis-1.23-stdout.txt").split(
      separator: "\n", omittingEmptySubsequences: false)
    let etcd = text.drop { $0 != "[INFO] 2 Etcd Node Configuration" }.prefix {
      !$0.hasPrefix("== Rem")
    }
    let (run, diagnostics) = try AquaLog.result(Array(etcd.joined(separator: "\n").utf8))
    #expect(run.findings.count == 7)
    #expect(run.release.edition == "cis-1.12")
    let note = try #require(Self.notes(diagnostics).first)
    for name in ["cis-1.6", "cis-1.20", "cis-1.23", "cis-1.11", "cis-1.12"] {
      #expect(note.split(separator: " ").contains(name[...]), "\(name)")
    }
    #expect(run.release.latest == "cis-1.12")
  }

  @Test(arguments: ["cis-1.99", "eks-9.9.9", "x", "1.99"])
  func `is what fits best where its name is not known`(name: String) throws {
    let text = try Fixture.text("before-kube-cis-1.6-node-stdout.json").replacing(
      #""version":"cis-1.6""#, with: #""version":"\#(name)""#)
    let (run, diagnostics) = try AquaLog.result(Array(text.utf8))
    #expect(run.release.edition == "cis-1.6")
    #expect(run.findings.allSatisfy { $0.control != nil })
    #expect(Self.notes(diagnostics) == ["cis-1.6 for \(name)"])
  }

  @Test func `is what fits where its name is of another`() throws {
    let text = try Fixture.text("before-kube-cis-1.6-node-stdout.json").replacing(
      #""version":"cis-1.6""#, with: #""version":"cis-1.12""#)
    let (run, _) = try AquaLog.result(Array(text.utf8))
    #expect(run.release.edition == "cis-1.6")
    #expect(run.findings.allSatisfy { $0.control != nil })
  }

  @Test(arguments: [
    ("1.6", "1.6", "1.6"), ("cis-1.6", "1.6", "cis-1.6"), ("cis-1.6", "cis-1.6", "cis-1.6"),
    ("cis-1.5", "1.5", "cis-1.5"), ("1.13", "1.13", "1.13"),
  ])
  func `is told by its checks where two had its name`(
    checks: String, version: String, edition: String
  ) throws {
    let (run, _) = try AquaLog.result(try AquaLog.document(of: checks, version: version))
    #expect(run.release.edition == edition)
  }

  @Test func `is each edition's own where it has a name`() throws {
    for edition in try CatalogFile("kube-bench/editions.tsv").column("edition") {
      let (run, _) = try AquaLog.result(try AquaLog.document(of: edition, version: edition))
      #expect(run.release.edition == edition)
    }
  }

  @Test func `is not there for checks that nobody knows`() throws {
    let (run, diagnostics) = try AquaLog.result(
      AquaLog.kube("9", "cats", ["[FAIL] 9.1.1 Feed the cat (Manual)", "[WARN] 9.1.2 Pet it"]))
    #expect(run.release.edition == nil)
    #expect(run.findings.map(\.control) == [nil, nil])
    #expect(run.findings.map(\.outcome) == [.fail, .manual])
    #expect(run.findings.map(\.section) == ["unmapped", "unmapped"])
    #expect(Self.notes(diagnostics) == ["unknown"])
  }
}

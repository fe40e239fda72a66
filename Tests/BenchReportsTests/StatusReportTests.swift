import BenchAnalysis
import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport
import Testing

struct `The report on one host` {
  private static func text(_ status: HostStatus, width: Int = 80) -> String {
    TerminalRenderer(width: width, hasColor: false).render(StatusReport.document(status))
  }

  /// The text of the line behind a label.
  private static func fact(_ label: String, _ text: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix(label + "  ") }
      .map { String($0.dropFirst(label.count).drop { $0 == " " }) }
  }

  @Test func `fits a screen`() {
    let text = Self.text(Sample.status())
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    // The last line ends, too.
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 24)
  }

  @Test func `says how the host stands`() throws {
    let status = Sample.status()
    let text = Self.text(status, width: 1_000)
    let host = status.overview
    #expect(host.open.total == 5)
    #expect(text.hasPrefix("web-1: 5 open; 2 worse, 1 fixed since the run before\n"))
    #expect(
      Self.fact("docker", text)
        == "docker-bench-security 1.6.0, e11-cis1.6.0b; 2 unmapped checks")
    #expect(
      Self.fact("newest run", text)
        == "2026-01-11 00:00 UTC, 30 days ago, silent (more than 2 days)")
    #expect(Self.fact("baseline", text) == "2026-01-01 00:00 UTC")
    let tally = Severity.descending.map { "\(host.open[$0]) \($0.name)" }.joined(separator: ", ")
    #expect(Self.fact("open", text) == tally + ", 1 of unmapped checks")
    #expect(Self.fact("accepted", text) == "none")
    #expect(Self.fact("to decide", text) == "1 manual check, 1 attestation lapsed")
    // 2 of 7, and 2 of 6 before.
    #expect(Self.fact("compliance", text) == "28.5 %, 4.8 less than with the run before")
    #expect(Self.fact("last runs", text) == "▇█ 4 to 5 failures in 2 runs")
    let high = status.overview.open[.critical] + status.overview.open[.high] + 1
    #expect(Self.fact("gate", text) == "failed: \(high) open of severity high or above")
    #expect(text.contains("\n            compliance 28.5 %, at least 90 % is required\n"))
  }

  @Test func `names what is worse and what is most urgent`() throws {
    let text = Self.text(Sample.status(), width: 1_000)
    let parts = text.split(separator: "Worse since the run before\n")
    let worse = try #require(parts.last?.split(separator: "\n"))
    #expect(worse[0] == "critical  5.5  No container is privileged: ci-runner")
    #expect(worse[1].hasPrefix("none      9.9  ci-runner: ci-runner"))
    #expect(worse[2] == "Most urgent")
    #expect(worse[3].hasPrefix("critical  "))
    #expect(worse[3].contains("  fix: "))
    #expect(worse.last == "Next: 'benchtrail shortlist --host web-1' has the texts of the fixes.")
  }

  @Test func `says so of a first run`() {
    let text = Self.text(Sample.status(isFirst: true))
    #expect(text.hasPrefix("web-1: 5 open; first run\n"))
    #expect(Self.fact("baseline", text) == "none")
    #expect(Self.fact("compliance", text) == "28.5 %")
  }

  @Test func `puts into a command only a name that is one word`() {
    for name in ["a b", "$(id)", "-q", "a'b", "é", "a;b"] {
      let text = Self.text(Sample.status(name))
      #expect(text.contains("'benchtrail shortlist --host HOST'"), "\(name)")
    }
  }
}

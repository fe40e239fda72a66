import BenchAnalysis
import BenchHistory
import BenchModel
import BenchReports
import BenchTestSupport
import Testing

struct `The report on hosts` {
  private static func text(
    _ fleet: FleetOverview, _ options: HostsReport.Options = HostsReport.Options(),
    width: Int = 1_000
  ) -> String {
    TerminalRenderer(width: width, hasColor: false)
      .render(HostsReport.document(fleet, options))
  }

  /// The words of a host's line.
  private static func row(_ host: String, _ text: String) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .first { $0.first == host } ?? []
  }

  @Test func `has a line for each host`() throws {
    let fleet = Sample.fleetOverview(gate: .tripped)
    let text = Self.text(fleet)
    #expect(text.hasPrefix("2 hosts, \(fleet.open.total) open: \(fleet.open[.critical]) critical"))
    #expect(text.contains("; 1 worse, 2 silent, gate fails on 2\n"))
    #expect(text.contains("\(fleet.waived) accepted and left out"))
    for host in fleet.hosts {
      var expected = [host.name, "docker-bench-security"]
      expected += CivilTime.short(host.lastRun).split(separator: " ").map(String.init)
      expected += ["silent", "\(host.age.days)", "days"]
      expected += Severity.descending.map { "\(host.open[$0])" }
      expected += ["\(host.open.total)", "\(host.worse)", "\(host.fixed)"]
      expected += [host.compliance.text ?? "-", "fails"]
      #expect(Self.row(host.name, text) == expected)
    }
  }

  @Test func `fits 80 columns with a line for each host`() {
    for gate in [nil, .passed, .notMeasurable] as [Gate.HostResult.State?] {
      let fleet = Sample.fleetOverview(gate: gate)
      let text = Self.text(fleet, HostsReport.Options(isNarrow: true), width: 80)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
      for host in fleet.hosts {
        let row = Self.row(host.name, text)
        #expect(row.prefix(5) == [host.name, "docker", "silent", "\(host.age.days)", "d"])
        #expect(row.count == (gate == nil ? 12 : 13))
      }
    }
  }

  @Test func `says how long ago the last run was`() {
    let fleet = Sample.fleetOverview(silentAfter: 100)
    #expect(Self.text(fleet).contains("  40 days ago  "))
    #expect(!Self.text(fleet).contains("silent 4"))
    #expect(Self.text(fleet).contains(" 0 silent\n"))
  }

  @Test func `says what is left out`() {
    let fleet = Sample.fleetOverview()
    let one = Self.text(fleet, HostsReport.Options(limit: 1))
    #expect(one.contains("and 1 more: without '--limit' all are listed"))
    let worse = HostsReport.Options(FleetOverview.Choice(isWorse: true))
    #expect(Self.text(fleet, worse).contains("Listed: 1 of 2 hosts, only what is worse."))
    #expect(Self.row("db-1", Self.text(fleet, worse)).isEmpty)
    let silent = HostsReport.Options(FleetOverview.Choice(isSilent: true))
    #expect(
      Self.text(Sample.fleetOverview(silentAfter: 100), silent).contains("No host is silent."))
  }

  @Test func `escapes a hostile name`() {
    let fleet = Sample.fleetOverview(Sample.hostile)
    for width in [80, 1_000] {
      let text = Self.text(fleet, HostsReport.Options(isNarrow: width == 80), width: width)
      for character in ["\u{1b}", "\u{9b}", "\u{202e}"] { #expect(!text.contains(character)) }
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }
}

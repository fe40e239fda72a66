import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchPolicy
import Testing

extension PolicyFile {
  /// Reads a text by the catalogue that is compiled in.
  init(_ text: String) { self.init(text, .embedded) }

  /// Reads bytes by the catalogue that is compiled in.
  init(_ bytes: [UInt8]) { self.init(bytes, .embedded) }
}

struct `A policy's file` {
  private static func read(_ text: String) throws -> Policy { try PolicyFile(text).valid() }

  /// 2026-12-31 at midnight, UTC.
  private static let lastDay: Int64 = 1_798_675_200

  @Test(arguments: [
    "", "\n", "# nothing\n", "---\n", "{}", "null", "waivers:\ngate:\nhosts:\n", "\u{FEFF}",
  ])
  func `may be empty`(text: String) throws {
    let policy = try Self.read(text)
    #expect(policy.waivers.isEmpty)
    #expect(policy.attestations.isEmpty)
    #expect(policy.thresholds.isEmpty)
  }

  @Test func `holds waivers`() throws {
    let policy = try Self.read(
      """
      version: 1
      waivers:
        - control: image-user-created
          hosts: ["web-*", db]
          items: "registry/*"
          reason: |
            Needs root.
          owner: team
          ticket: 123
          expires: 2026-12-31

        - stride: denial
          reason: Lab.
          owner: team
        - {severity: low, reason: Later., owner: team, expires: "2028-02-29", ticket: null}
        - control: [daemon-icc-disabled, daemon-userns-remap]
          reason: Both.
          owner: team
      """)
    #expect(
      policy.waivers == [
        Waiver(
          coverage: Coverage(.control("image-user-created"), hosts: [Glob("web-*"), Glob("db")]),
          items: [Glob("registry/*")], reason: "Needs root.\n", owner: "team", ticket: "123",
          end: Self.lastDay + 86_400, line: 3),
        Waiver(coverage: Coverage(.stride(.denial)), reason: "Lab.", owner: "team", line: 12),
        Waiver(
          coverage: Coverage(.severity(.low)), reason: "Later.", owner: "team", end: 1_835_481_600,
          line: 15),
        Waiver(
          coverage: Coverage(.control("daemon-icc-disabled")), reason: "Both.", owner: "team",
          line: 16),
        Waiver(
          coverage: Coverage(.control("daemon-userns-remap")), reason: "Both.", owner: "team",
          line: 16),
      ])
    #expect(policy.waivers[0].holds(at: Self.lastDay + 86_399))
    #expect(!policy.waivers[0].holds(at: Self.lastDay + 86_400))
  }

  @Test func `holds when a risk was accepted`() throws {
    let policy = try Self.read(
      """
      waivers:
      - {severity: low, reason: r, owner: o, accepted: 2026-12-31, expires: 2026-12-31}
      - {severity: low, reason: r, owner: o}
      attestations:
      - {control: host-hardened, decision: pass, by: me, reason: r, accepted: "2026-12-31"}
      """)
    #expect(policy.waivers.map(\.accepted) == [Self.lastDay, nil])
    #expect(policy.attestations.map(\.accepted) == [Self.lastDay])
    #expect(!policy.waivers[0].holds(at: Self.lastDay - 1))
    #expect(policy.waivers[0].holds(at: Self.lastDay))
    #expect(policy.waivers[0].holds(at: Self.lastDay + 86_399))
    #expect(!policy.waivers[0].holds(at: Self.lastDay + 86_400))
    #expect(policy.waivers[1].holds(at: 0))
    #expect(!policy.attestations[0].holds(at: Self.lastDay - 1))
    #expect(policy.attestations[0].holds(at: Self.lastDay))
  }

  @Test func `holds everything else`() throws {
    let policy = try Self.read(
      """
      attestations:
        - control: host-hardened
          hosts: web-1
          decision: notApplicable
          by: J. Doe
          reason: No such host.
          until: '2026-12-31'
      severities: {image-user-created: critical, daemon-icc-disabled: low}
      stride:
        daemon-icc-disabled: [disclosure, tampering]
        image-user-created: elevation
      gate:
        new-failures: true
        severity: high
        compliance: 80.5
        counts: {critical: 0, high: 3}
        unmapped: True
        incomplete: false
        stale-days: 7
        lapsed-attestations: true
        first-run: fail
      hosts:
        from: 'logs/{host}/*.log'
        rename: {old: new, 10: ten}
      """)
    #expect(
      policy.attestations == [
        Attestation(
          coverage: Coverage(.control("host-hardened"), hosts: [Glob("web-1")]),
          decision: .notApplicable, by: "J. Doe", reason: "No such host.",
          end: Self.lastDay + 86_400, line: 2)
      ])
    #expect(policy.severities == ["image-user-created": .critical, "daemon-icc-disabled": .low])
    #expect(
      policy.stride == [
        "daemon-icc-disabled": [.disclosure, .tampering], "image-user-created": [.elevation],
      ])
    var thresholds = Thresholds()
    thresholds.newFailures = true
    thresholds.severity = .high
    thresholds.compliance = 80.5
    thresholds.counts = [.critical: 0, .high: 3]
    thresholds.unmapped = true
    thresholds.staleDays = 7
    thresholds.lapsedAttestations = true
    thresholds.firstRun = .fail
    #expect(policy.thresholds == thresholds)
    #expect(policy.hostFrom == "logs/{host}/*.log")
    #expect(policy.renames == ["old": "new", "10": "ten"])
  }

  @Test func `may be JSON`() throws {
    let policy = try Self.read(
      #"{"version": 1, "gate": {"compliance": 80, "counts": {"critical": 0}},"#
        + #" "waivers": [{"control": "image-user-created", "reason": "caf\u00e9", "owner": "o","#
        + #" "expires": "2026-12-31", "hosts": ["*"]}]}"#)
    #expect(policy.thresholds.compliance == 80)
    #expect(policy.waivers.first?.reason == "café")
    #expect(policy.waivers.first?.end == Self.lastDay + 86_400)
  }

  @Test func `may have any ends of lines`() throws {
    let text = "version: 1\nwaivers:\n- severity: low\n  reason: r\n  owner: o\n"
    for end in ["\r\n", "\r"] {
      let changed = text.split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: end)
      #expect(try Self.read("\u{FEFF}" + changed).waivers.map(\.line) == [3])
    }
  }
}

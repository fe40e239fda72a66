package import BenchAnalysis
package import BenchModel

/// The text of a `benchtrail.yaml` to begin with: the gate lets pass what is there today and nothing worse.
///
/// The rest is explained, with examples that are comments. The lines of an example become YAML when their `#` goes: it
/// stands in the first column and has no blank behind it, or at least two.
package struct PolicyTemplate: Hashable, Sendable {
  /// The percentage of pass / (pass + fail) today, rounded down; nil if nothing was judged.
  package var compliance: Int?
  /// The open failures of today.
  package var open: [Severity: Int]
  /// Whether there are checks that no edition knows.
  package var hasUnmapped: Bool
  /// Whether there are runs that are not whole.
  package var hasIncomplete: Bool

  /// Creates a template from today's values.
  package init(
    compliance: Int?, open: [Severity: Int], hasUnmapped: Bool, hasIncomplete: Bool
  ) {
    self.compliance = compliance.map { min(max($0, 0), 100) }
    self.open = open
    self.hasUnmapped = hasUnmapped
    self.hasIncomplete = hasIncomplete
  }

  /// The thresholds that the text sets.
  package var thresholds: Thresholds {
    var thresholds = Thresholds()
    thresholds.newFailures = true
    thresholds.compliance = compliance.map(Double.init)
    for severity in Severity.allCases { thresholds.counts[severity] = max(open[severity] ?? 0, 0) }
    thresholds.unmapped = !hasUnmapped
    thresholds.incomplete = !hasIncomplete
    thresholds.lapsedAttestations = true
    return thresholds
  }

  /// The text of the file.
  package var text: String {
    let counts = Severity.descending.map { "    \($0.name): \(thresholds.counts[$0] ?? 0)" }
    return """
      # What this team has decided about its hosts; benchtrail finds this file upwards from where it runs.
      # To use an example, remove the # from the beginning of its lines.
      version: 1

      # When 'benchtrail gate' fails. These values are those of the day this file was made:
      # nothing may get worse. Tighten them as you fix things.
      gate:
        # Failures that the base does not have.
        new-failures: true
        # The least percentage of pass / (pass + fail).
      \(compliance.map { "  compliance: \($0)" } ?? "#  compliance: 80")
        # The most open failures of each severity; waived ones do not count.
        counts:
      \(counts.joined(separator: "\n"))
        # Checks that no edition knows.
        unmapped: \(!hasUnmapped)
        # Runs that are not whole.
        incomplete: \(!hasIncomplete)
        # Manual controls whose attestation holds no more.
        lapsed-attestations: true
        # Any open failure of this severity or a worse one.
      #  severity: critical
        # The most days since the run.
      #  stale-days: 7
        # A host's first run, of which no failure can be told to be new: report (passed, and
        # named), pass or fail.
      #  first-run: report

      # Accepted risks. They stay visible and are counted apart; they hold from the day 'accepted' up to
      # the end of the day 'expires', in UTC, and then the failures are open again. A waiver is about one
      # of 'control' (or a list of them), 'stride' and 'severity'; 'hosts' and 'items' are patterns.
      # 'benchtrail waive' adds one.
      #waivers:
      #  - control: image-user-created
      #    hosts: ["web-*"]
      #    items: ["registry/*"]
      #    reason: The image needs root until its next release.
      #    owner: platform team
      #    ticket: SEC-1234
      #    accepted: 2026-01-15
      #    expires: 2030-12-31

      # A person's decisions on what no tool can judge: pass, fail or notApplicable; 'benchtrail attest'
      # adds one.
      #attestations:
      #  - control: host-hardened
      #    hosts: ["web-*"]
      #    decision: pass
      #    by: J. Doe
      #    reason: Hardened by our base image, reviewed in June.
      #    accepted: 2026-06-01
      #    until: 2030-12-31

      # Severities (critical, high, medium, low) other than the catalogue's.
      #severities:
      #  daemon-icc-disabled: high

      # STRIDE categories (spoofing, tampering, repudiation, disclosure, denial, elevation) other than
      # the catalogue's, the primary one first.
      #stride:
      #  daemon-icc-disabled: [disclosure, tampering]

      # Values that 'benchtrail shortlist' writes in place of the catalogue's, by the fix's id.
      #fixes:
      #  run-memory-limit: 1g

      # How the path of a log tells its host, and the names that hosts have now by their old ones.
      #hosts:
      #  from: 'logs/{host}/*.log'
      #  rename:
      #    old-name: new-name

      # Threats besides the default ones ('threat-model: replace' leaves only these), each with the
      # controls that decide whether it is open. An entry with the id of a default threat changes what
      # it names, and 'hide: true' takes that threat out.
      #threat-model: extend
      #threats:
      #  - id: stolen-build-agent
      #    system: docker
      #    title: A stolen build agent signs what it likes
      #    stride: spoofing
      #    components: [build agent, registry]
      #    description: Somebody takes over a build agent and with it the key for signatures.
      #    controls: [image-signed-artifacts]
      #    countermeasure: Keep the key on another machine.
      #  - id: docker-swarm-impostor
      #    hide: true

      """
  }
}

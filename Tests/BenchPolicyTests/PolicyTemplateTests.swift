import BenchAnalysis
import BenchModel
import BenchPolicy
import Testing

struct `The policy to begin with` {
  private static let templates = [
    PolicyTemplate(
      compliance: 63, open: [.critical: 2, .high: 11, .low: 4], hasUnmapped: true,
      hasIncomplete: false),
    PolicyTemplate(compliance: 100, open: [:], hasUnmapped: false, hasIncomplete: true),
    PolicyTemplate(compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false),
  ]

  @Test(arguments: templates)
  func `lets pass what is there`(template: PolicyTemplate) throws {
    let policy = try PolicyFile(template.text).valid()
    #expect(policy.thresholds == template.thresholds)
    #expect(policy.waivers.isEmpty)
    #expect(policy.attestations.isEmpty)
    #expect(policy.renames.isEmpty)
    #expect(policy.threats.isEmpty)
    #expect(policy.thresholds.compliance == template.compliance.map(Double.init))
    #expect(policy.thresholds.counts[.high] == template.open[.high] ?? 0)
    #expect(policy.thresholds.unmapped == !template.hasUnmapped)
    #expect(policy.thresholds.incomplete == !template.hasIncomplete)
  }

  @Test(arguments: templates)
  func `has examples that can be used`(template: PolicyTemplate) throws {
    let text = template.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        let isExample = line.hasPrefix("#") && (line.hasPrefix("#  ") || !line.hasPrefix("# "))
        return isExample ? line.dropFirst() : line
      }.joined(separator: "\n")
    let policy = try PolicyFile(text).valid()
    #expect(policy.waivers.count == 1)
    #expect(policy.attestations.count == 1)
    #expect(policy.severities.count == 1)
    #expect(policy.stride.count == 1)
    #expect(policy.renames.count == 1)
    #expect(policy.threats.count == 1)
    #expect(!policy.replacesThreats)
    #expect(policy.hostFrom != nil)
    #expect(policy.thresholds.severity == .critical)
    #expect(policy.thresholds.staleDays == 7)
    #expect(policy.thresholds.firstRun == .report)
    #expect(policy.thresholds.compliance != nil)
  }

  @Test(arguments: templates)
  func `fits a terminal`(template: PolicyTemplate) {
    #expect(template.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}

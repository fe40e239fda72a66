import ArgumentParser
import BenchAnalysis
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchStorage
import Foundation

/// Looks after the policy.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Begin, check and audit the policy, benchtrail.yaml.",
    discussion: """
      Example:
        benchtrail policy init
        benchtrail policy audit --within 30
      """,
    subcommands: [Init.self, Check.self, Audit.self])

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a policy whose gate lets pass what is there today, and nothing worse.",
      discussion: """
        The thresholds are those of the host that is worst in each, and the newest run of each host \
        that has no baseline becomes that, so that new failures are measured from today. Without a \
        database there is nothing to measure, and the strictest are written.

        Example:
          benchtrail policy init
          benchtrail policy init - > team/benchtrail.yaml
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The file to write, or - for standard output.")
    var file = PolicyOptions.fileName

    func run() throws {
      let template =
        try LogFile.exists(store.location)
        ? today()
        : PolicyTemplate(
          compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false)
      guard file != "-" else { return Output.write(template.text) }
      guard !LogFile.exists(file) else {
        throw Failure("\(file): the file exists; remove it, or name another")
      }
      do {
        try Data(template.text.utf8).write(
          to: URL(fileURLWithPath: file), options: .withoutOverwriting)
      } catch {
        throw Failure("\(file): can't be written")
      }
      let baselines = try LogFile.exists(store.location) ? setBaselines() : 0
      let set = baselines == 1 ? "1 baseline is" : "\(baselines) baselines are"
      Output.write("\(file) is written, and \(set) set; 'benchtrail gate' judges by them\n")
    }

    /// Makes the newest runs the baselines of the hosts that have none.
    private func setBaselines() throws -> Int {
      let store = try store.open()
      return try Failure.wording {
        let runs = try store.history(HistoryFilter()) { history in
          try history.hosts.flatMap { try history.latest(of: $0) }
        }.filter { $0.baseline == nil }.map(\.head.id)
        try store.setBaseline(runs)
        return runs.count
      }
    }

    /// What the hosts are like today.
    private func today() throws -> PolicyTemplate {
      let store = try store.open()
      return try Failure.wording {
        try store.history(HistoryFilter()) { history in
          var template = PolicyTemplate(
            compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false)
          try HostReading(history).forEach { _, findings, _ in
            var counts: [Severity: Int] = [:]
            var (pass, fail) = (0, 0)
            for known in findings.findings {
              if known.finding.outcome == .pass { pass += 1 }
              guard known.finding.outcome == .fail else { continue }
              fail += 1
              if let severity = Policy().severity(of: known.finding.control) {
                counts[severity, default: 0] += 1
              }
            }
            if let percent = Trend.compliance(pass: pass, fail: fail) {
              template.compliance = min(template.compliance ?? 100, Int(percent.rounded(.down)))
            }
            template.open.merge(counts) { max($0, $1) }
            for run in try findings.runs.compactMap(history.summary) {
              if run.unmapped > 0 { template.hasUnmapped = true }
              if !run.isComplete { template.hasIncomplete = true }
            }
          }
          return template
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what is wrong in the policy's file.",
      discussion: """
        Exits with 2 if anything is.

        Example:
          benchtrail policy check
          benchtrail policy check --policy team/benchtrail.yaml
        """)

    @OptionGroup var policy: PolicyOptions
    @OptionGroup var output: OutputOptions

    private struct ResultJSON: Encodable {
      struct ErrorJSON: Encodable {
        let line: Int
        let column: Int
        let message: String
      }
      let schema = "benchtrail.policy-check.v1"
      let path: String
      let errors: [ErrorJSON]
    }

    func run() throws {
      guard let (path, file) = try policy.file() else {
        throw Failure(
          "there is no \(PolicyOptions.fileName) here or above; 'benchtrail policy init' writes one"
        )
      }
      try output.write {
        ResultJSON(
          path: path,
          errors: file.errors.map { error in
            ResultJSON.ErrorJSON(
              line: error.line, column: error.column, message: Failure.words(error, in: path))
          })
      } document: {
        var document = Document()
        for error in file.errors {
          document.paragraph(.init(Untrusted(Failure.words(error, in: path)), .bad))
        }
        if file.errors.isEmpty {
          let policy = file.policy
          document.paragraph(
            .init(Untrusted(path)), .init(": fine", .good),
            .init(
              ": \(policy.waivers.count) waivers, \(policy.attestations.count) attestations, "
                + (policy.thresholds.isEmpty ? "no gate" : "a gate")))
        }
        return document
      }
      if !file.errors.isEmpty { throw ExitCode(Failure.unreadable) }
    }
  }

  struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List waivers and attestations that are unused, expired, about to, or there twice.",
      discussion: """
        Measured against what is known of every host now. Exits with 1 with '--strict' if there is \
        anything to list.

        Example:
          benchtrail policy audit --within 30
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("How many days ahead an expiry is told.", valueName: "days"))
    var within = 30

    @Flag(help: "Exit with 1 if there is anything to list.")
    var strict = false

    func validate() throws {
      if !(0...36_525).contains(within) {
        throw ValidationError("'--within \(within)' must be from 0 to 36525.")
      }
    }

    func run() throws {
      guard let path = policy.location else {
        throw Failure(
          "there is no \(PolicyOptions.fileName) here or above; 'benchtrail policy init' writes one"
        )
      }
      let policy = try policy.load()
      let store = try store.open(policy)
      let time = self.policy.time
      let audit = try Failure.wording {
        try store.history(HistoryFilter(until: self.policy.asOfTime)) { history in
          var hosts: [(host: String, findings: [Finding])] = []
          try HostReading(history).forEach { host, findings, _ in
            // Only these can be waived or attested.
            let own = findings.findings.map(\.finding).filter {
              $0.outcome == .fail || $0.outcome == .manual
            }
            hosts.append((host.name, own))
          }
          return PolicyAudit(policy, hosts: hosts, at: time, days: within)
        }
      }
      try output.write {
        PolicyAuditJSON(audit, policy, path: path, time: time)
      } document: {
        PolicyAuditReport.document(audit, policy, path: path, days: within)
      }
      if strict, !audit.remarks.isEmpty { throw ExitCode(Failure.tripped) }
    }
  }
}

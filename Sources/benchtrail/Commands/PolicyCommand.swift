import BenchAnalysis
import ArgumentParser
import BenchInput
import BenchPolicy
import BenchReports
import BenchService
import Foundation

/// Looks after the policy.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Begin, check and audit the policy, benchtrail.yaml; what of it ends soon.",
    discussion: """
      Example:
        benchtrail policy init
        benchtrail policy audit --within 30d
        benchtrail policy due
      """,
    subcommands: [
      Init.self, Check.self, Audit.self, Due.self, Log.self, Show.self, Diff.self,
    ])

  /// Nothing is to be said of a policy that is not there.
  static let noPolicy = Failure(
    "there is no \(PolicyOptions.fileName) here or above; 'benchtrail policy init' writes one")

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Write a policy whose gate passes today and fails on anything worse.",
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
      let policy = Policy(try store.catalog.load())
      let isPrinted = file == "-"
      guard isPrinted || !LogFile.exists(file) else {
        throw Failure("\(file): the file exists; remove it, or name another")
      }
      // Before anything is written: the baselines need a database that may be.
      let repository =
        try LogFile.exists(store.location)
        ? isPrinted ? store.open() : store.openToWrite(policy) : nil
      let template =
        try repository.map { repository in
          try Failure.wording {
            var query = HostQuery(policy: policy, time: Host.now)
            query.until = try repository.present(at: Host.now)
            return try query.template(in: repository)
          }
        }
        ?? PolicyTemplate(
          compliance: nil, open: [:], hasUnmapped: false, hasIncomplete: false)
      guard !isPrinted else { return Output.write(template.text) }
      do {
        try Data(template.text.utf8).write(
          to: URL(fileURLWithPath: file), options: .withoutOverwriting)
      } catch {
        throw Failure("\(file): can't be written: its folder is missing or may not be written")
      }
      let baselines =
        try repository.map { repository in
          try Failure.wording { try Baselines.setMissing(at: Host.now, in: repository) }
        } ?? 0
      let set = baselines == 1 ? "1 baseline is" : "\(baselines) baselines are"
      Output.write("\(file) is written, and \(set) set; 'benchtrail gate' judges by them\n")
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say what is wrong in the policy's file.",
      discussion: """
        Exits with 2 if anything is.

        Example:
          benchtrail policy check
          benchtrail policy check --policy team/benchtrail.yaml
        """)

    @OptionGroup var policy: PolicyOptions
    @OptionGroup var catalog: CatalogOptions
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
      guard let (path, file) = try policy.file(catalog.load()) else {
        throw PolicyCommand.noPolicy
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
      commandName: "audit",
      abstract: "List waivers and attestations that are unused, expired, about to, or there twice.",
      discussion: """
        Measured against what is known of every host now. Exits with 1 with '--strict' if there is \
        anything to list.

        Example:
          benchtrail policy audit --within 30d
        """)

    @OptionGroup var question: QueryOptions
    @OptionGroup var output: OutputOptions

    @Option(
      help: ArgumentHelp("How far ahead an expiry is told, such as 30d or 4w.", valueName: "days"))
    var within = Days(30)

    @Flag(help: "Exit with 1 if there is anything to list.")
    var strict = false

    func validate() throws { try within.check("--within") }

    func run() throws {
      guard let path = question.policy.location else {
        throw PolicyCommand.noPolicy
      }
      let asked = try question.open()
      let (repository, query) = (asked.repository, asked.query)
      let audit = try Failure.wording { try query.audit(days: within.count, in: repository) }
      try output.write(asked.basis) {
        PolicyAuditJSON(audit, query.policy, path: path, time: query.time)
      } document: {
        PolicyAuditReport.document(audit, query.policy, path: path, days: within.count)
      }
      if strict, !audit.remarks.isEmpty { throw ExitCode(Failure.tripped) }
    }
  }
}

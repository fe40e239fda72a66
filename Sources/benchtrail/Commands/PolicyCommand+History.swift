import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel
import BenchPolicy
import BenchReports
import BenchService
import BenchStorage

extension PolicyCommand {
  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "List the policies that commands judged by, the newest first.",
      discussion: """
        Every command that judges by a policy keeps it in the database: its content, its path, its \
        commit where git has it, and when it was first and last used.

        Example:
          benchtrail policy log
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let store = try store.open()
      let policies = try Failure.wording {
        try store.policyUses().map { use in
          let content = try store.policyText(use.digest) ?? []
          return LoggedPolicy(
            use, PolicyFile(content, store.catalog).policy,
            shownPath: PolicyOptions.shown(use.path))
        }
      }
      try output.write {
        PolicyLogJSON(policies)
      } document: {
        PolicyLogReport.document(policies)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the policy that was in force on a day.",
      discussion: """
        A comment in its first line says where it is from. Without a time it is the last one that a \
        command judged by.

        Example:
          benchtrail policy show 2026-11-23
          benchtrail policy show 2026-11-23 --policy team/benchtrail.yaml > then.yaml
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var policy: PolicyOptions

    @Argument(help: ArgumentHelp("The time, such as 2026-11-23.", valueName: "time"))
    var time: String?

    func validate() throws { try PolicyCommand.check(time) }

    func run() throws {
      let version = try PolicyCommand.version(time, policy, in: store.open())
      let text = "# \(version.name)\n" + version.text
      guard Output.isTerminal(1) else { return Output.write(text) }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      Output.write(lines.map { Untrusted(String($0)).forTerminal }.joined(separator: "\n"))
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Show how the policy of one day differs from that of another, or of now.",
      discussion: """
        Example:
          benchtrail policy diff 2026-11-01
          benchtrail policy diff 2026-11-01 2026-11-23
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The earlier time, such as 2026-11-01.", valueName: "time"))
    var from: String

    @Argument(
      help: ArgumentHelp("The later time (default: the file as it is).", valueName: "time"))
    var to: String?

    func validate() throws {
      try PolicyCommand.check(from)
      try PolicyCommand.check(to)
    }

    func run() throws {
      let store = try store.open()
      let old = try PolicyCommand.version(from, policy, in: store)
      let new = try to == nil ? current(store) : PolicyCommand.version(to, policy, in: store)
      let diff = PolicyDiff(from: old.text, to: new.text)
      try output.write {
        PolicyDiffJSON(diff, from: old.name, to: new.name)
      } document: {
        diff.document(from: old.name, to: new.name)
      }
    }

    /// The file as it is; where it is gone, the last one that is remembered.
    private func current(_ store: any RunRepository) throws -> Version {
      guard let file = try policy.read() else {
        return try PolicyCommand.version(nil, policy, in: store)
      }
      return Version(
        name: "\(PolicyOptions.shown(file.path)) now",
        text: String(decoding: file.content, as: UTF8.self))
    }
  }

  /// A content of the policy's file, and what it is called.
  struct Version {
    var name: String
    var text: String
  }

  private static func check(_ time: String?) throws {
    if let time, CivilTime(time) == nil {
      throw ValidationError(
        "'\(time)' is no time: use one such as 2026-11-23 or '2026-11-23 03:49'.")
    }
  }

  /// The content that was in force at a time; the last one without a time.
  private static func version(
    _ time: String?, _ options: PolicyOptions, in store: any RunRepository
  ) throws -> Version {
    let end = time.flatMap { CivilTime($0)?.end }
    return try Failure.wording {
      var uses = try store.policyUses()
      if let path = options.absolutePath { uses = uses.filter { $0.path == path } }
      let found = uses.last { use in end.map { use.firstSeen <= $0 } ?? true }
      guard let found, let content = try store.policyText(found.digest) else {
        let first = uses.first.map { "; the first is of \(CivilTime.short($0.firstSeen)) UTC" }
        throw Failure(
          "no policy is known of \(time ?? "any time")\(first ?? ""); 'benchtrail policy log' lists them"
        )
      }
      let commit = found.revision.map { ", commit \($0.prefix(10))" } ?? ""
      return Version(
        name:
          "\(PolicyOptions.shown(found.path)), in use since \(CivilTime.short(found.firstSeen)) UTC\(commit)",
        text: String(decoding: content, as: UTF8.self))
    }
  }
}

import ArgumentParser
import BenchModel
import BenchReports
import BenchService

/// Tells what the newest runs changed.
struct NotifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Print a digest of what the newest runs changed, for mail or a chat's webhook.",
    discussion: """
      Each host's newest run against the one before it: what got worse, what fails for more items, what was fixed. What \
      the policy accepts is left out, and so is what differs because the check's logic changed. Where nothing changed, \
      nothing is printed, and a file of '-o' is empty; the exit code is 0 all the same. With '--since' the newest run is \
      compared with the last one that began before that time: give it the time of the last digest. A host's first run is \
      no change.

      Example:
        benchtrail notify
        benchtrail notify --since 2026-11-23 | mail -E -s 'docker-bench' team@example.com
        benchtrail notify --format slack -o message.json
        test ! -s message.json || curl -fsS -H 'Content-Type: application/json' -d @message.json "$WEBHOOK"
      """)

  /// The forms of a digest.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case slack
    case teams
    case json
  }

  @OptionGroup var question: QueryOptions
  @OptionGroup var hosts: HostOptions
  @OptionGroup var filter: FindingOptions

  @Option(help: "The form of the digest: text, markdown, slack, teams, json.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Only runs that began at this time or later, such as 2026-11-23T03:49Z.", valueName: "time"))
  var since: String?

  @Flag(help: "Print a digest too where nothing changed.")
  var always = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The most hosts to list.", valueName: "count"))
  var limit = 20

  @Option(
    name: .shortAndLong, help: "The file to write, whole or not at all.", completion: .file())
  var output: String?

  @OptionGroup var permissions: ModeOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("'--limit \(limit)' must be 1 or more.") }
    if let since, CivilTime(since) == nil {
      throw ValidationError(
        "--since \(since): use a time such as 2026-11-23 or 2026-11-23T03:49Z.")
    }
  }

  func run() throws {
    let asked = try question.open(hosts, filter)
    let file = try OutputFile(output, mode: permissions.mode)
    let digest = try Failure.wording {
      ChangeDigest(
        try CompareRuns.fleet(
          asked.query, since: since.flatMap { CivilTime($0)?.seconds }, in: asked.repository),
        asked.query.judgement)
    }
    // Where nothing changed a file is empty: yesterday's digest is no news.
    if always || !digest.isEmpty { try file.write(text(digest, asked.basis)) }
    try file.finish()
  }

  private func text(_ digest: ChangeDigest, _ basis: Basis) throws -> String {
    switch format {
    case .text:
      TerminalRenderer(width: OutputOptions.fileWidth, hasColor: false)
        .render(basis.heading(ChangeDigestReport.document(digest, limit: limit)))
    case .markdown:
      MarkdownRenderer().render(basis.heading(ChangeDigestReport.document(digest, limit: limit)))
    case .slack:
      try JSONText.encode(ChangeDigestMessage.slack(digest, limit: limit), isPretty: false)
    case .teams:
      try JSONText.encode(ChangeDigestMessage.teams(digest, limit: limit), isPretty: false)
    case .json: try JSONText.encode(Based(ChangeDigestJSON(digest), basis))
    }
  }
}

import ArgumentParser
import BenchReports
import BenchService
import BenchStorage

/// Gives a host another name.
struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give a host another name in the database, or make two hosts one.",
    discussion: """
      All runs of the host get the new name; their ids, labels and baselines stay. Where the new name has runs \
      already, '--merge' makes both one host: a run that both have stays once, and of their baselines the newer one.

      'hosts: rename:' in the policy is something else: it only shows a host under another name, also the runs that \
      are still to come, and is undone by taking it out. 'rename' changes the database: a log that is imported under \
      the old name later makes that host anew.

      Example:
        benchtrail rename db-1 db-2
        benchtrail rename web-old web-1 --merge
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("The host.", valueName: "host"), completion: .hosts)
  var host: String

  @Argument(help: ArgumentHelp("Its new name.", valueName: "new"))
  var name: String

  @Flag(help: "Make both one host, where the new name has runs already.")
  var merge = false

  func validate() throws {
    try output.refuseGitHub()
    if name.isEmpty { throw ValidationError("The new name must not be empty.") }
    if name == host { throw ValidationError("The new name must be another one than the old.") }
  }

  func run() throws {
    let policy = try policy.load(store.catalog.load())
    let store = try store.openToWrite(policy)
    try HostOptions.require(host, in: store)
    let result = try Failure.wording {
      try RenameHost.run(host, to: name, merging: merge, at: Host.now, in: store)
    }
    let renamed = RenamedHost(host, name, result, policy)
    try output.write {
      RenameJSON(renamed)
    } document: {
      RenameReport.document(renamed)
    }
  }
}

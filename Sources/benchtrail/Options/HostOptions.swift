import ArgumentParser

/// Which hosts a report is of.
struct HostOptions: ParsableArguments {
  @Option(help: "Only this host.")
  var host: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "key=value"))
  var labels: [Label] = []
}

import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchService
import BenchStorage

/// What a new waiver and a new attestation have in common, and how they get into the policy.
struct EntryOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions
  @OptionGroup var policy: PolicyOptions

  @Option(
    name: .customLong("host"),
    help: ArgumentHelp(
      "A pattern over hosts, such as 'web-*'; again for more (default: all hosts).",
      valueName: "glob"), completion: .hosts)
  var hosts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The last day on which it holds: a date, days or weeks from the day of acceptance such as 90d or 12w, or never.",
      valueName: "day"))
  var until: String

  @Option(help: "Why.")
  var reason: String

  @Option(
    help: ArgumentHelp(
      "The day from which it counts (default: today, in UTC).", valueName: "date"))
  var accepted: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be written, and write nothing.")
  var isDryRun = false

  private static let day: Int64 = 86_400

  func validate() throws {
    if let accepted, Self.date(accepted) == nil {
      throw ValidationError(
        "'--accepted \(Untrusted(accepted).forTerminal)' is no date such as 2026-01-15.")
    }
    guard until != "never", Self.date(until) == nil else { return try checkOrder() }
    guard let days = Days(argument: until) else {
      throw ValidationError(
        "'--until \(Untrusted(until).forTerminal)' is no date such as 2026-12-31, no time such as 90d or 12w, and not 'never'."
      )
    }
    try days.check("--until")
  }

  private func checkOrder() throws {
    if let end, end <= start {
      throw ValidationError(
        "'--until \(until)' is before \(CivilTime.date(start)), the day from which it counts; '--accepted' names another."
      )
    }
  }

  /// The first second of a day that is written as a date.
  private static func date(_ text: String) -> Int64? {
    CivilTime(text).flatMap { $0.hasTime ? nil : $0.seconds }
  }

  /// The first second from which the entry counts.
  var start: Int64 {
    accepted.flatMap(Self.date) ?? Host.now / Self.day * Self.day
  }

  /// The first second after the last day; nil if there is no last day.
  var end: Int64? {
    if let date = Self.date(until) { return date + Self.day }
    return Days(argument: until).map { start + Int64($0.count + 1) * Self.day }
  }

  /// What the entry is about on the hosts that are named.
  func coverage(_ subject: Coverage.Subject) -> Coverage {
    Coverage(subject, hosts: Self.globs(hosts))
  }

  /// Patterns, each once.
  static func globs(_ patterns: [String]) -> [Glob] {
    var globs: [Glob] = []
    for glob in patterns.map({ Glob($0) }) where !globs.contains(glob) { globs.append(glob) }
    return globs
  }

  // MARK: - The control

  /// The control of a name: its slug, or an id that means one control in all editions that have it.
  ///
  /// - Throws: ``Failure`` with what was perhaps meant.
  static func control(_ name: String, _ catalog: Catalog) throws -> ControlID {
    if catalog.controls.control(name) != nil { return name }
    let unknown = PolicyError.UnknownControl(name: name, catalog)
    guard unknown.meanings.count == 1 else {
      throw Failure(Failure.words(unknown), code: Failure.usage)
    }
    return unknown.meanings[0].control
  }

  // MARK: - The change

  /// What is added, in words and as a change.
  struct Addition {
    /// What it is, `waiver` or `attestation`.
    var kind: String
    var coverage: Coverage
    /// What it does to what it is about, as in `is accepted`.
    var verb: String
    /// What it covers of a run, as in `open failure`.
    var covered: String
    var change: ([UInt8], Catalog) throws(PolicyEditError) -> PolicyChange
    var reach: (HostQuery) throws -> PolicyReach?
  }

  /// Adds an entry to the policy, and says what it did.
  ///
  /// - Throws: ``Failure``; nothing was written then.
  func add(_ addition: Addition) throws {
    let catalog = try store.catalog.load()
    let file = try EditedFile(
      policy.location ?? PolicyOptions.fileName,
      orBeginningWith: policy.path == nil ? "version: 1\n" : nil)
    let change: PolicyChange
    do { change = try addition.change(file.bytes, catalog) } catch {
      throw Failure.notAdded(error, to: file.path, addition.kind)
    }
    var document = Document()
    switch change {
    case .unchanged(let line):
      document.paragraph(
        .init(Untrusted("\(file.path):\(line)")),
        .init(": this \(addition.kind) is there already; nothing was written"))
    case .added(let edit):
      let reach = try addition.reach(
        HostQuery(policy: PolicyFile(file.bytes, catalog).policy, time: Host.now))
      if isDryRun {
        document.paragraph(
          .init(Untrusted("\(file.path):\(edit.line)")),
          .init(": this would be written, without '--dry-run'"))
        let lines = edit.removed.map { "-" + $0 } + edit.added.map { "+" + $0 }
        document.code(lines.joined(separator: "\n"), language: "diff")
      } else {
        try file.replace(with: edit.text)
        document.paragraph(words(addition, at: "\(file.path):\(edit.line)"))
        if !file.exists { document.paragraph(.init("The file is new.")) }
      }
      note(reach, addition, &document)
    }
    Output.write(TerminalRenderer(width: Output.width, hasColor: false).render(document))
  }

  private func words(_ addition: Addition, at place: String) -> Document.Line {
    let subject =
      switch addition.coverage.subject {
      case .control(let control): control
      case .stride(let category): "STRIDE \(category.name)"
      case .severity(let severity): "severity \(severity.name)"
      }
    let hosts = addition.coverage.hosts.map(\.pattern).joined(separator: ", ")
    let last = end.map { " until \(CivilTime.date($0 - 1))" } ?? " for ever"
    return [
      .init(Untrusted("\(place): \(subject) on \(hosts.isEmpty ? "all hosts" : hosts)")),
      .init(" \(addition.verb) from \(CivilTime.date(start))\(last)"),
    ]
  }

  /// Says how many findings of the newest runs are covered, and warns where none is.
  private func note(_ reach: PolicyReach?, _ addition: Addition, _ document: inout Document) {
    guard let reach else { return }
    guard reach.findings > 0 else {
      return Output.error(
        "benchtrail: no host has an \(addition.covered) now that this \(addition.kind) covers; "
          + "'benchtrail show' lists what there is")
    }
    let (findings, hosts) = (reach.findings, reach.hosts)
    document.paragraph(
      .init(
        "It covers \(findings) \(addition.covered)\(findings == 1 ? "" : "s") on \(hosts) "
          + "host\(hosts == 1 ? "" : "s")."))
  }

  /// What an entry covers of the hosts; nil without a database.
  ///
  /// A database that is only found, and can't be read, is passed over: the policy can be written all the same.
  func reach(
    _ query: HostQuery, _ count: (HostQuery, any RunRepository) throws -> PolicyReach
  ) throws -> PolicyReach? {
    guard store.isNamed || LogFile.exists(store.location) else { return nil }
    do {
      var repository = try store.open()
      repository.hostNames = query.policy.hostNames
      return try Failure.wording { [repository] in try count(query, repository) }
    } catch let failure as Failure where !store.isNamed {
      for message in failure.messages { Output.error("benchtrail: \(message)") }
      return nil
    }
  }
}

import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchService
import BenchStorage

/// Explains a control, an id, a fix or a threat, and lists the controls.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a control, a fix or a threat, or what an id means; list all controls.",
    discussion: """
      Of a control it says what it is, why it matters, which threats it answers, what fixes it, and \
      its ids and criteria. Where there is a database it says on which hosts the control is open, \
      and with a policy what severity it has under that. Four fixes are called as a control is: \
      'fix:daemon-rootless' names the fix; 'control:' and 'threat:' do alike.

      Example:
        benchtrail explain daemon-icc-disabled
        benchtrail explain 5.1
        benchtrail explain 2.2.b --edition cis-1.2
        benchtrail explain kube-kubelet-anonymous-auth-disabled --versions
        benchtrail explain pod-security-baseline
        benchtrail explain docker-privileged-container-escape
        benchtrail explain container-no-privileged --db fleet.db --policy benchtrail.yaml
        benchtrail explain --list --section daemon --severity high
        benchtrail explain --list --framework nist-800-53:AU-12
        benchtrail explain --list --stride elevation --tool kube-bench --search 'anonymous auth'
      """)

  @OptionGroup var question: QueryOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: ArgumentHelp(
      "A control's slug, a check's id, or the id of a fix or a threat.", valueName: "name"),
    completion: .topics)
  var name: String?

  @Option(help: "The edition in which the id is meant.", completion: .editions)
  var edition: String?

  @Flag(help: "Print all that the tools have judged by, not the newest criterion of each alone.")
  var versions = false

  @Flag(help: "List the controls that there are, in place of explaining one.")
  var list = false

  @OptionGroup var filters: ControlFilterOptions

  func validate() throws {
    guard list else {
      if let option = filters.first {
        throw ValidationError("'--\(option)' goes with '--list'.")
      }
      if name == nil {
        throw ValidationError(
          "Name what is to be explained, as in 'benchtrail explain daemon-icc-disabled', or list the controls with 'benchtrail explain --list'."
        )
      }
      return
    }
    if let name {
      throw ValidationError(
        "'--list' lists the controls and '\(name)' names one thing: leave one of the two out.")
    }
    if edition != nil || versions {
      throw ValidationError("'--edition' and '--versions' go with a name, not with '--list'.")
    }
  }

  func run() throws {
    let catalog = try question.store.catalog.load()
    guard let name else { return try writeList(catalog) }
    let (policy, source) = try readPolicy(catalog)
    let basis = question.asOf.basis(source)
    let model = policy.threatModel()
    let (kind, word) = Kind.split(name)
    if kind == nil || kind == .control, let control = catalog.controls.control(word) {
      return try write(explain([control], policy, model), basis)
    }
    if kind == nil || kind == .fix,
      let fix = catalog.advice.fixes.first(where: { $0.id == word })
    {
      return try write(ExplainedFix(fix, policy), basis)
    }
    if kind == nil || kind == .threat, let threat = model[word] {
      return try write(ExplainedThreat(threat, policy), basis)
    }
    let all = kind == nil ? catalog.editions.meanings(of: word) : []
    guard !all.isEmpty else { throw unknown(word, catalog, model) }
    var meanings = all
    if let edition {
      meanings = all.filter { $0.edition == edition }
      guard !meanings.isEmpty else {
        let known = all.map(\.edition)
        let near = Choices.question(edition, known).map { "; \($0)" } ?? ""
        throw Failure(
          "'\(name)' is no id of the edition '\(edition)'\(near)",
          hints: ["editions that have it: \(known.joined(separator: ", "))"], code: Failure.usage)
      }
    }
    var controls: [Control] = []
    for meaning in meanings where !controls.contains(meaning.control) {
      controls.append(meaning.control)
    }
    let explained = try explain(controls, policy, model)
    if explained.count == 1 { return try write(explained, basis) }
    try output.write(basis.unjudged) {
      ExplainJSON(explained)
    } document: {
      ExplainReport.document(id: name, meanings)
    }
  }

  /// What a name may be said to be, where several things are called so.
  private enum Kind: String {
    case control
    case fix
    case threat

    /// The kind that stands before a name, as in `fix:daemon-rootless`, and the rest of it.
    static func split(_ name: String) -> (kind: Kind?, word: String) {
      guard let colon = name.firstIndex(of: ":"), let kind = Kind(rawValue: String(name[..<colon]))
      else { return (nil, name) }
      return (kind, String(name[name.index(after: colon)...]))
    }
  }

  // MARK: - What is known

  /// The policy that is named, or else the one that is found.
  ///
  /// Who mends a policy looks names up meanwhile: one that is only found, and has errors, decides nothing.
  private func readPolicy(_ catalog: Catalog) throws -> (Policy, PolicySource?) {
    do {
      return try question.policyInForce()
    } catch let failure as Failure where question.policy.path == nil {
      for message in failure.messages { Output.error("benchtrail: \(message)") }
      Output.error("benchtrail: what is explained leaves the policy out")
      return (Policy(catalog), nil)
    }
  }

  /// Collects what is known of controls, and of the hosts where there is a database.
  private func explain(
    _ controls: [Control], _ policy: Policy, _ model: ThreatModel
  ) throws -> [ExplainedControl] {
    let open = try readHosts(controls.map(\.id), policy)
    return controls.map { ExplainedControl($0, policy, model, hosts: open?[$0.id]) }
  }

  /// On which hosts controls are open; nil without a database.
  ///
  /// A database that is only found, and can't be read, is passed over: the catalogue is known all the same.
  private func readHosts(_ controls: [ControlID], _ policy: Policy) throws -> OpenControls? {
    let store = question.store
    guard store.isNamed || LogFile.exists(store.location) else { return nil }
    do {
      var repository = try store.open()
      repository.hostNames = policy.hostNames
      return try Failure.wording { [repository] in
        try question.query(policy).openHosts(of: controls, in: repository)
      }
    } catch let failure as Failure where !store.isNamed {
      for message in failure.messages { Output.error("benchtrail: \(message)") }
      Output.error("benchtrail: what is explained leaves the hosts out")
      return nil
    }
  }

  // MARK: - What is written

  private func writeList(_ catalog: Catalog) throws {
    let filter = try filters.filter(catalog)
    let listed = catalog.list(filter)
    let total = catalog.controls.all.count
    try output.write(Basis(asOf: question.asOf.end, isJudged: false)) {
      CatalogJSON(listed, of: total)
    } document: {
      CatalogReport.document(listed, of: total, framework: filter.framework)
    }
  }

  private func write(_ controls: [ExplainedControl], _ basis: Basis) throws {
    try output.write(basis) {
      ExplainJSON(controls)
    } document: {
      ExplainReport.document(controls, hasVersions: versions)
    }
  }

  private func write(_ fix: ExplainedFix, _ basis: Basis) throws {
    try output.write(basis) {
      ExplainedFixJSON(fix)
    } document: {
      ExplainReport.document(fix)
    }
  }

  private func write(_ threat: ExplainedThreat, _ basis: Basis) throws {
    try output.write(basis) {
      ExplainedThreatJSON(threat)
    } document: {
      ExplainReport.document(threat)
    }
  }

  private func unknown(_ name: String, _ catalog: Catalog, _ model: ThreatModel) -> Failure {
    let known =
      catalog.controls.all.map(\.id) + catalog.advice.fixes.map(\.id) + model.threats.map(\.id)
    let near = Choices.question(Failure.near(name, known)).map { "; \($0)" } ?? ""
    return Failure(
      "'\(name)' is neither a control nor a check's id nor that of a fix or a threat\(near)",
      hints: ["'benchtrail explain --list' lists the controls"], code: Failure.usage)
  }
}

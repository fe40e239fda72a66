import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchStorage

/// What a shell may offer for a word, by the database and the catalogue at hand.
///
/// It is asked while somebody types, so it is quick, changes nothing, and says nothing where something is wrong.
struct Completions {
  private let request: CompletionRequest
  private let question: QueryOptions?

  /// More runs than these are not looked at.
  private static let mostRuns = 200

  private init(_ request: CompletionRequest) {
    self.request = request
    question = try? QueryOptions.parse(request.options)
  }

  fileprivate static func kind(_ names: @escaping @Sendable (Self) -> [String]) -> CompletionKind {
    .custom { words, index, prefix in
      let completions = Self(CompletionRequest(words, index, prefix))
      return completions.request.offer(names(completions))
    }
  }

  fileprivate var catalog: Catalog {
    question.flatMap { try? $0.store.catalog.load() } ?? .embedded
  }

  /// The database as it is: one of an earlier version is not changed by a look at it.
  private var store: RunStore? {
    guard let question, LogFile.exists(question.store.location),
      var store = try? RunStore.dryRun(path: question.store.location, catalog)
    else { return nil }
    if let policy = try? question.policy.load(catalog) { store.hostNames = policy.hostNames }
    return store
  }

  fileprivate var hosts: [String] { store.flatMap { try? $0.hosts() } ?? [] }

  fileprivate var runs: [String] {
    guard let store else { return [] }
    let runs = (try? store.runs(RunFilter(limit: Self.mostRuns))) ?? []
    let words = runs.isEmpty ? [] : ["latest", "baseline"]
    let days = Dictionary(grouping: runs) { "\($0.host)@\(CivilTime.date($0.startedAt))" }
    let dated = runs.map { run in
      let day = "\(run.host)@\(CivilTime.date(run.startedAt))"
      // A day means its last run.
      guard let ofDay = days[day], ofDay.count > 1, ofDay.first?.id != run.id else { return day }
      return "\(run.host)@\(CivilTime.rfc3339(run.startedAt).prefix(16))"
    }
    return words + ((try? store.hosts()) ?? []) + dated + runs.map { String($0.name.prefix(10)) }
  }

  fileprivate var labels: [String] {
    let runs = store.flatMap { try? $0.runs(RunFilter(limit: Self.mostRuns)) } ?? []
    let pairs = runs.flatMap { run in
      run.labels.filter { $0.key != RunFilter.baselineLabel }.map { "\($0.key)=\($0.value)" }
    }
    return Set(pairs).sorted()
  }

  fileprivate var controls: [String] { catalog.controls.all.map(\.id) }

  fileprivate var topics: [String] {
    let threats = question.flatMap { try? $0.policy.load(catalog) }?.threatModel().threats ?? []
    return controls + catalog.advice.fixes.map(\.id) + threats.map(\.id)
  }

  /// Controls in a list with commas: the last is completed.
  fileprivate var lists: [String] {
    let begun = request.word.lastIndex(of: ",").map { request.word[...$0] } ?? ""
    return controls.map { begun + $0 }
  }

  fileprivate var editions: [String] {
    catalog.scripts.editions.map(\.name)
      + Tool.known.compactMap { catalog.benchmarks(of: $0.tool) }
      .flatMap { $0.editions.map(\.name) }
  }
}

extension CompletionKind {
  /// The hosts of the database.
  static var hosts: CompletionKind { Completions.kind(\.hosts) }
  /// Names of runs.
  static var runs: CompletionKind { Completions.kind(\.runs) }
  /// Labels that runs have, `key=value`.
  static var labels: CompletionKind { Completions.kind(\.labels) }
  /// Controls.
  static var controls: CompletionKind { Completions.kind(\.controls) }
  /// What can be explained: controls, fixes and threats.
  static var topics: CompletionKind { Completions.kind(\.topics) }
  /// Controls in a list with commas.
  static var controlLists: CompletionKind { Completions.kind(\.lists) }
  /// The editions of all tools.
  static var editions: CompletionKind { Completions.kind(\.editions) }
  /// The sections that controls are in.
  static var sections: CompletionKind { Completions.kind { $0.catalog.controls.sections } }
  /// The frameworks that requirements are of.
  static var frameworks: CompletionKind {
    Completions.kind { $0.catalog.frameworks.all.map(\.id) }
  }
}

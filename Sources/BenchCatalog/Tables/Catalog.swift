package import BenchModel
private import Synchronization

/// All that is known of the checks of all tools: controls and their risks, the advice on them, and which id means which
/// control in which edition.
///
/// The facts are the tables of `catalog/`. Each is read when it is first asked for, which takes milliseconds: a command
/// that needs none reads none. What is made of a catalogue keeps it, so that one value answers all the way down.
package final class Catalog: Sendable {
  private let ownControls = Lazy<Controls>()
  private let ownRisks = Lazy<Risks>()
  private let ownAdvice = Lazy<AdviceBook>()
  private let ownCriteria = Lazy<Criteria>()
  private let ownScripts = Lazy<ScriptCatalog>()
  private let ownNames = Lazy<StableNames>()
  private let ownStartTimes = Lazy<StartTimes>()
  /// Those that were asked for: reading one takes longer than understanding a run.
  private let loaded = Mutex<[Tool: BenchmarkCatalog]>([:])

  /// The catalogue that is compiled in.
  package static let embedded = Catalog()

  private init() {}

  /// Looks a file up.
  ///
  /// - Parameter path: The path in the catalogue's folder.
  /// - Returns: Its text; nil for a file that is not there.
  package func text(_ path: String) -> String? { EmbeddedFile.text("catalog/" + path) }

  /// A table; one that is not there is empty.
  func table(_ path: String) -> Table { Table(text: text(path) ?? "") }

  package var controls: Controls { ownControls.value { Controls(table("controls.tsv")) } }

  package var risks: Risks { ownRisks.value { Risks(table("risks.tsv")) } }

  package var advice: AdviceBook {
    ownAdvice.value { AdviceBook(fixes: table("fixes.tsv"), advice: table("advice.tsv")) }
  }

  package var criteria: Criteria { ownCriteria.value { Criteria(self) } }

  /// Which id means which control in which edition.
  package var editions: EditionIndex { EditionIndex(catalog: self) }

  /// What is known of docker-bench-security.
  package var scripts: ScriptCatalog { ownScripts.value { ScriptCatalog(self) } }

  /// What folds names that change by themselves.
  package var names: StableNames { ownNames.value { StableNames(table("names.tsv")) } }

  /// What reads the dates that runs print.
  package var startTimes: StartTimes {
    ownStartTimes.value {
      StartTimes(months: table("dates/months.tsv"), zones: table("dates/zones.tsv"))
    }
  }

  /// What is known of a tool's benchmarks; nil for a tool that is not known, or not by benchmarks.
  package func benchmarks(of tool: Tool) -> BenchmarkCatalog? {
    guard case .benchmarks = tool.knowledge, Tool.known.contains(where: { $0.tool == tool }) else {
      return nil
    }
    return loaded.withLock { loaded in
      let benchmarks = loaded[tool] ?? BenchmarkCatalog(tool, self)
      loaded[tool] = benchmarks
      return benchmarks
    }
  }

  /// The benchmarks of all known tools that have some.
  var benchmarks: [BenchmarkCatalog] { Tool.known.compactMap { benchmarks(of: $0.tool) } }
}

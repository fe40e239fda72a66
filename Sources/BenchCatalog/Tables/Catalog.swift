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
  private let ownFrameworks = Lazy<Frameworks>()
  private let ownCriteria = Lazy<Criteria>()
  private let ownDistributions = Lazy<Distributions>()
  private let ownScripts = Lazy<ScriptCatalog>()
  private let ownNames = Lazy<StableNames>()
  private let ownStartTimes = Lazy<StartTimes>()
  /// Those that were asked for: reading one takes longer than understanding a run.
  private let loaded = Mutex<[Tool: BenchmarkCatalog]>([:])

  private let ownUnderstanding = Lazy<Understanding>()
  /// The texts of a team's files, by their paths.
  private let own: [String: String]

  /// The catalogue that is compiled in.
  package static let embedded = Catalog(own: [:])

  /// Creates a catalogue of texts that are known to be sound.
  init(own: [String: String]) { self.own = own }

  /// The endings of the files that a catalogue may have.
  package static let endings = [".tsv", ".yaml", ".yml"]
  /// How many bytes a file may have.
  package static let sizeLimit = 8 << 20

  /// Creates a catalogue in which a team's files take the place of ours.
  ///
  /// - Parameter files: The files by their paths in the catalogue's folder, with their bytes; of a file that is longer than
  ///   ``sizeLimit`` a byte more than that will do.
  /// - Throws: ``InvalidCatalog`` with all that is wrong, in the team's files and in what ours refer to in these.
  package convenience init(_ files: [(path: String, bytes: [UInt8])]) throws(InvalidCatalog) {
    var (own, errors) = ([String: String](), [CatalogError]())
    let known = TableRule.all.map(\.path) + TableRule.others
    for (path, bytes) in files {
      let text = String(validating: Self.plain(bytes), as: UTF8.self)
      let kind: CatalogError.Kind? =
        if !known.contains(path) {
          .unknownFile(near: known.first { $0.hasSuffix(path) || path.hasSuffix($0) })
        } else if bytes.count > Self.sizeLimit {
          .tooLarge(limit: Self.sizeLimit)
        } else {
          text == nil ? .notUTF8 : nil
        }
      if let kind {
        errors.append(CatalogError(file: path, isOwn: true, line: 0, kind: kind))
      } else {
        own[path] = text
      }
    }
    self.init(own: own)
    if errors.isEmpty { errors = CatalogCheck(own: Set(own.keys), text: text).errors }
    guard errors.isEmpty else { throw InvalidCatalog(errors) }
  }

  /// A text as ours are: without a byte order mark, each line ended by a line feed alone.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count + 1)
    for byte in bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...] {
      if byte == 0x0A, plain.last == 0x0D { plain.removeLast() }
      plain.append(byte)
    }
    if let last = plain.last, last != 0x0A { plain.append(0x0A) }
    return plain
  }

  /// Looks a file up.
  ///
  /// - Parameter path: The path in the catalogue's folder.
  /// - Returns: Its text; nil for a file that is not there.
  package func text(_ path: String) -> String? { own[path] ?? EmbeddedFile.text("catalog/" + path) }

  /// What a run is understood by, and how runs are compared, in a few bytes.
  package var understanding: Understanding {
    ownUnderstanding.value { Understanding(readers: Understanding.readersVersion, self) }
  }

  /// A table; one that is not there is empty.
  func table(_ path: String) -> Table { Table(text: text(path) ?? "") }

  package var controls: Controls { ownControls.value { Controls(table("controls.tsv")) } }

  package var risks: Risks { ownRisks.value { Risks(table("risks.tsv")) } }

  package var advice: AdviceBook {
    ownAdvice.value { AdviceBook(fixes: table("fixes.tsv"), advice: table("advice.tsv")) }
  }

  /// What distributions of Kubernetes have otherwise.
  package var distributions: Distributions { ownDistributions.value { Distributions(self) } }

  /// The frameworks that auditors ask for, and which requirements of them the controls serve.
  package var frameworks: Frameworks {
    ownFrameworks.value {
      Frameworks(
        table("frameworks/frameworks.tsv"), requirements: table("frameworks/requirements.tsv"),
        controls: table("frameworks/controls.tsv"))
    }
  }

  /// The publications that the tables and the threats name, by their names.
  package var sources: [String: Source] {
    let rows = table("sources.tsv").body.map { fields in
      Source(id: String(fields[0]), citation: String(fields[1]), url: String(fields[2]))
    }
    return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
  }

  package var criteria: Criteria { ownCriteria.value { Criteria(self) } }

  /// Which id means which control in which edition.
  package var editions: EditionIndex { EditionIndex(catalog: self) }

  /// What is known of docker-bench-security.
  package var scripts: ScriptCatalog { ownScripts.value { ScriptCatalog(self) } }

  /// What folds names that change by themselves.
  package var names: StableNames {
    ownNames.value { StableNames(table("names.tsv"), random: table("random-names.tsv")) }
  }

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

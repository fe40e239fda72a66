import ArgumentParser
import BenchAnalysis
import BenchService

/// Which findings are chosen to be written up.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Choose this many findings.", valueName: "count"))
  var pick: Int?

  @Option(
    help: ArgumentHelp(
      "Choose at most this many of each attack surface; without '--pick' that many of each.",
      valueName: "count"))
  var perSurface: Int?

  @Option(
    help: ArgumentHelp(
      "Take these findings, separated by commas, whatever their state.", valueName: "ids"),
    completion: .controlLists)
  var findings: String?

  @Flag(help: "Choose the most severe findings, and of these those that counter most threats.")
  var coverThreats = false

  @Option(
    help: ArgumentHelp("Choose none of these, separated by commas.", valueName: "ids"),
    completion: .controlLists)
  var exclude: String?

  @Option(
    help: ArgumentHelp(
      "Choose some that are none of these, separated by commas; see '--at-least'.",
      valueName: "ids"), completion: .controlLists)
  var outside: String?

  @Option(
    help: ArgumentHelp(
      "How many of the chosen must not be in '--outside' (default: 1).", valueName: "count"))
  var atLeast: Int?

  @Flag(
    help: "Write the chosen findings up as a document; alone it chooses 3 that cover threats.")
  var document = false

  @Option(
    help: ArgumentHelp("Describe at most this many threats of each system.", valueName: "count"))
  var threatsPerSystem: Int?

  @Option(help: ArgumentHelp("The title of the document.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("The author of the document.", valueName: "text"))
  var author: String?

  @Option(
    help: ArgumentHelp("A later run, for the state after hardening.", valueName: "run"),
    completion: .runs)
  var after: String?

  /// How many findings a document has where nothing else is said.
  private static let documented = 3

  func validate() throws {
    let counts = [
      ("pick", pick), ("per-surface", perSurface), ("at-least", atLeast),
      ("threats-per-system", threatsPerSystem),
    ]
    for (name, count) in counts {
      if let count, !(1...1_000).contains(count) {
        throw ValidationError("'--\(name) \(count)' must be from 1 to 1000.")
      }
    }
    if findings != nil { try validateFindings() }
    let others = [
      ("cover-threats", coverThreats), ("exclude", exclude != nil), ("outside", outside != nil),
    ]
    if !isAsked, let (name, _) = others.first(where: { $0.1 }) {
      throw ValidationError(
        "'--\(name)' goes with '--pick', '--per-surface', '--findings' or '--document'.")
    }
    if let atLeast {
      if outside == nil { throw ValidationError("'--at-least' goes with '--outside'.") }
      if let count, atLeast > count {
        throw ValidationError("'--at-least \(atLeast)' is more than the \(count) that are chosen.")
      }
    }
    for (name, ids) in [("exclude", exclude), ("outside", outside)] {
      if let ids, Self.list(ids).isEmpty { throw ValidationError("'--\(name)' names no finding.") }
    }
    let texts = [("title", title), ("author", author), ("after", after)]
    if !document {
      let given = [("threats-per-system", threatsPerSystem != nil)] + texts.map { ($0, $1 != nil) }
      if let (name, _) = given.first(where: { $0.1 }) {
        throw ValidationError("'--\(name)' goes with '--document'.")
      }
    }
    for (name, text) in texts {
      if let text, text.allSatisfy(\.isWhitespace) {
        throw ValidationError("'--\(name)' is blank.")
      }
    }
  }

  /// What is named is not chosen.
  private func validateFindings() throws {
    let others = [
      ("pick", pick != nil), ("per-surface", perSurface != nil), ("cover-threats", coverThreats),
      ("exclude", exclude != nil), ("outside", outside != nil), ("at-least", atLeast != nil),
    ]
    if let (name, _) = others.first(where: { $0.1 }) {
      throw ValidationError(
        "'--findings' names the findings, so '--\(name)' has nothing to choose.")
    }
    if names.isEmpty { throw ValidationError("'--findings' names no finding.") }
  }

  /// Whether findings are to be chosen, and no fixes listed.
  var isAsked: Bool { pick != nil || perSurface != nil || findings != nil || document }

  /// Whether the document's own choice is meant.
  private var isDefault: Bool {
    document && pick == nil && perSurface == nil && findings == nil
  }

  /// Whether the threat models alone make a document, where there is no run yet.
  var isModelEnough: Bool { document && findings == nil && after == nil }

  private var count: Int? { isDefault ? Self.documented : pick }

  /// The findings that are named.
  var names: [String] { Self.list(findings) }

  /// The ids of which some of the chosen must be none.
  var outsideIDs: [String] { Self.list(outside) }

  /// What is to be chosen, where nothing is named.
  var request: SelectionRequest {
    SelectionRequest(
      Selection.Rule(
        count: count, perSurface: perSurface, coversThreats: coverThreats || isDefault,
        outside: outsideIDs.isEmpty ? 0 : atLeast ?? 1),
      excluded: Self.list(exclude), outside: outsideIDs)
  }

  /// The words of a list with commas.
  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
  }
}

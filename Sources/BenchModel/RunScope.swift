/// What a run was limited to by flags that its log does not tell: `-i`, `-x` and `-t` of docker-bench-security.
///
/// The tool takes the words of `-i` and `-x` for patterns over the names of containers and over the lines of
/// `docker images`, and those of `-t` for labels. Afterwards only names are known, so an item counts as looked at where
/// its name says so for certain, and else as not known.
package struct RunScope: Hashable, Sendable {
  /// The words of a scope, on the heap: nearly every run is whole, and then a scope is one word that is nil.
  private final class Words: Hashable, Sendable {
    let include: [String]
    let exclude: [String]
    let labels: [String]

    init(include: [String], exclude: [String], labels: [String]) {
      self.include = include
      self.exclude = exclude
      self.labels = labels
    }

    static func == (lhs: Words, rhs: Words) -> Bool {
      lhs.include == rhs.include && lhs.exclude == rhs.exclude && lhs.labels == rhs.labels
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(include)
      hasher.combine(exclude)
      hasher.combine(labels)
    }
  }

  private let words: Words?

  /// The words of `-i`: only what has one of them; all if empty.
  package var include: [String] { words?.include ?? [] }
  /// The words of `-x`: only what has none of them.
  package var exclude: [String] { words?.exclude ?? [] }
  /// The words of `-t`: only what has all of these labels; all if empty.
  package var labels: [String] { words?.labels ?? [] }

  /// Creates a scope; without words it is the whole host.
  package init(include: [String] = [], exclude: [String] = [], labels: [String] = []) {
    words =
      include.isEmpty && exclude.isEmpty && labels.isEmpty
      ? nil : Words(include: include, exclude: exclude, labels: labels)
  }

  /// A run that looked at everything.
  package static let whole = RunScope()

  /// Whether the run looked at everything.
  package var isWhole: Bool { words == nil }

  /// Whether the run certainly looked at an item.
  package func covers(_ item: Item) -> Bool {
    switch item.kind {
    case .container, .image:
      let isIncluded = include.isEmpty || include.contains { item.name.contains($0) }
      return labels.isEmpty && isIncluded && !exclude.contains { Self.mayFit($0, item.name) }
    case .user, .file, .network: return true
    }
  }

  /// Whether a pattern of `-x` may fit a name.
  private static func mayFit(_ word: String, _ name: String) -> Bool {
    name.contains(word) || word.contains { ".[]()*+?{}^$|\\".contains($0) }
  }

  /// Whether the run can have left out items of a kind.
  package func limits(_ kind: ItemKind) -> Bool {
    switch kind {
    case .container, .image: !isWhole
    case .user, .file, .network: false
    }
  }

  /// The scope as it is stored and as a person gives it, such as `include=web,db exclude=test`; empty for the whole.
  package var text: String {
    [("include", include), ("exclude", exclude), ("labels", labels)]
      .filter { !$0.1.isEmpty }.map { $0.0 + "=" + $0.1.joined(separator: ",") }
      .joined(separator: " ")
  }

  /// Reads a scope; nil if the text is none.
  ///
  /// `whole`, or nothing, is the whole host.
  package init?(_ text: String) {
    if text == "whole" {
      self = .whole
      return
    }
    var (include, exclude, labels): ([String], [String], [String]) = ([], [], [])
    for part in text.split(separator: " ") {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let words = part[part.index(after: equals)...].split(separator: ",").map(String.init)
      guard !words.isEmpty else { return nil }
      switch part[..<equals] {
      case "include": include += words
      case "exclude": exclude += words
      case "labels": labels += words
      default: return nil
      }
    }
    self.init(include: include, exclude: exclude, labels: labels)
  }
}

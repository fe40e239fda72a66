import BenchTestSupport

/// How policies' texts change when a waiver is added, by `Tests/Fixtures/policy-shapes.yaml`: below each name the lines as a comparison shows them, with a sign
/// before those that are new or gone.
enum PolicyShapes {
  /// A name with the lines below it.
  struct Shape {
    var name: String
    /// Each with `+`, `-` or a blank before it; an empty line stays.
    var lines: [String]

    var old: String { Self.text(lines.filter { !$0.hasPrefix("+") }) }
    var new: String { Self.text(lines.filter { !$0.hasPrefix("-") }) }
    var removed: [String] { lines.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) } }
    var added: [String] { lines.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) } }

    private static func text(_ lines: [String]) -> String {
      lines.map { $0.dropFirst() + "\n" }.joined()
    }
  }

  /// All shapes.
  static let all: [Shape] = {
    var shapes: [Shape] = []
    let text = (try? Fixture.text("policy-shapes.yaml")) ?? ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
      String.init)
    {
      if line.hasPrefix("== ") {
        shapes.append(Shape(name: String(line.dropFirst(3)), lines: []))
      } else {
        shapes[shapes.count - 1].lines.append(line)
      }
    }
    return shapes
  }()
}

package import BenchCatalog
import BenchModel

/// The report on which controls there are.
package enum CatalogReport {
  /// Lists controls for people.
  ///
  /// - Parameters:
  ///   - controls: Those that are asked for.
  ///   - total: How many there are.
  ///   - framework: The id of the framework whose requirements are named.
  /// - Returns: The report.
  package static func document(
    _ controls: [ListedControl], of total: Int, framework: String? = nil
  ) -> Document {
    var document = Document()
    document.heading(.init("\(controls.count) of \(total) controls"))
    guard !controls.isEmpty else {
      document.paragraph(.init("No control is of that kind; leave an option out.", .faint))
      return document
    }
    let letters = Stride.allCases.map { "\($0.letter) \($0.name)" }.joined(separator: ", ")
    document.paragraph(.init("STRIDE, the primary one first: \(letters)", .faint))
    document.table(
      [
        Document.Column("control", isFlexible: true), Document.Column("severity"),
        Document.Column("section", spare: 1), Document.Column("STRIDE"),
        Document.Column("title", isFlexible: true),
      ] + (framework == nil ? [] : [Document.Column("requirements")]),
      controls.map { listed in
        [
          [.init(listed.control.id, .notable)], [TrendReport.severity(listed.risk?.severity)],
          [.init(listed.control.section)], [.init(listed.stride.map(\.letter).joined())],
          [.init(listed.control.title)],
        ]
          + (framework.map { id in
            [[.init(Untrusted(listed.requirements(of: id).map(\.id).joined(separator: ", ")))]]
          } ?? [])
      })
    return document
  }
}

/// `benchtrail.catalog.v1`: which controls there are.
package struct CatalogJSON: Encodable {
  struct ControlJSON: Encodable {
    let control: String
    let title: String
    let section: String
    let severity: String?
    let stride: [String]
    let tools: [String]
    let fix: String?
    let frameworks: [FrameworkJSON]
  }

  let schema = "benchtrail.catalog.v1"
  let total: Int
  let controls: [ControlJSON]

  /// Describes the controls that are asked for, of so many.
  package init(_ controls: [ListedControl], of total: Int) {
    self.total = total
    self.controls = controls.map { listed in
      ControlJSON(
        control: listed.control.id, title: listed.control.title, section: listed.control.section,
        severity: listed.risk?.severity.name, stride: listed.stride.map(\.name),
        tools: listed.tools.map(\.name), fix: listed.advice?.fix.id,
        frameworks: listed.frameworks.map(FrameworkJSON.init))
    }
  }
}

package import BenchAnalysis
import BenchHistory
import BenchModel

/// The report on which threats the open failures open, and on which surface.
package enum StrideReport {
  /// Describes a matrix for people, with its change against a base.
  ///
  /// - Parameters:
  ///   - movement: The open failures, and what they are measured against.
  ///   - baseWords: What the base is.
  ///   - limit: How many failures of each category are listed.
  /// - Returns: The report.
  package static func document(
    _ movement: StrideMovement, baseWords: String, limit: Int
  ) -> Document {
    let (matrix, base) = (movement.now, movement.base)
    var document = Document()
    let change = base.map { matrix.change(from: $0) }
    document.heading(.init("Open failures by STRIDE category and attack surface"))
    var line: Document.Line = [.init("\(matrix.total) open", .strong)]
    if let change {
      line.append(.init(", "))
      line.append(difference(change.total))
      line.append(.init(" against \(baseWords)"))
      if movement.withoutBase > 0 {
        line.append(
          .init(
            "; \(TrendReport.count(movement.withoutBase, "system")) of hosts had none and do not count in the change",
            .notable))
      }
    }
    if matrix.withoutCategory > 0 {
      line.append(
        .init(
          "; \(matrix.withoutCategory) of checks that no edition knows, in no category", .notable))
    }
    document.paragraph(line)
    document.paragraph(
      .init(
        "A failure with several categories counts once in each and once in the total, so the columns "
          + "add up to more.", .faint))
    let surfaces = change?.surfaces ?? matrix.surfaces
    var rows = surfaces.map { surface in
      [[Document.Span(surface)]]
        + Stride.allCases.map { cell(matrix[$0, surface], change?[$0, surface]) }
        + [cell(matrix.count(surface: surface), change?.count(surface: surface), .strong)]
    }
    if !rows.isEmpty {
      rows.append(
        [[.init("all", .strong)]]
          + Stride.allCases.map { cell(matrix.count($0), change?.count($0), .strong) }
          + [cell(matrix.total, change?.total, .strong)])
    }
    document.table(
      [Document.Column("surface")]
        + Stride.allCases.map { Document.Column(short($0), isRightAligned: true) }
        + [Document.Column("all", isRightAligned: true)], rows)
    for category in Stride.allCases {
      let worst = matrix.worst(category, limit: limit)
      guard !worst.isEmpty else { continue }
      let count = matrix.worst(category).count
      document.heading(
        .init(category.title), .init(": \(TrendReport.count(count, "control"))"),
        .init(worst.count < count ? ", the worst \(worst.count)" : ""))
      document.table(
        [
          Document.Column("severity"), Document.Column("control", isFlexible: true),
          Document.Column("hosts", isRightAligned: true),
          Document.Column("such as", isFlexible: true),
        ],
        worst.map { failure in
          let check = CheckKeys.Check(
            control: failure.control, checkID: "",
            title: failure.control)
          return [
            [TrendReport.severity(failure.severity)],
            TrendReport.name(check, matrix.catalog)
              + (failure.isPrimary ? [] : [.init(" (secondary)", .faint)]),
            [.init("\(failure.hosts.count)")],
            [.init(Untrusted(failure.hosts.prefix(3).joined(separator: ", ")), .faint)],
          ]
        })
    }
    return document
  }

  /// A category in one word.
  static func word(_ category: Stride) -> String {
    switch category {
    case .spoofing: "Spoofing"
    case .tampering: "Tampering"
    case .repudiation: "Repudiation"
    case .disclosure: "Disclosure"
    case .denial: "Denial"
    case .elevation: "Elevation"
    }
  }

  static func short(_ category: Stride) -> String {
    switch category {
    case .spoofing: "Spoof"
    case .tampering: "Tamper"
    case .repudiation: "Repud"
    case .disclosure: "Discl"
    case .denial: "Denial"
    case .elevation: "Elev"
    }
  }

  private static func cell(
    _ count: Int, _ change: Int?, _ style: Document.Style = .plain
  ) -> Document.Line {
    var line: Document.Line = [.init("\(count)", count == 0 ? .faint : style)]
    if let change, change != 0 {
      line.append(.init(change > 0 ? " +\(change)" : " \(change)", change > 0 ? .bad : .good))
    }
    return line
  }

  private static func difference(_ change: Int) -> Document.Span {
    change == 0
      ? .init("as many as")
      : .init(change > 0 ? "\(change) more" : "\(-change) fewer", change > 0 ? .bad : .good)
  }
}

/// `benchtrail.stride.v1`: the open failures by category and surface.
package struct StrideJSON: Encodable {
  struct CellJSON: Encodable {
    let category: String
    let surface: String
    let open: Int
    let change: Int?
  }

  struct CategoryJSON: Encodable {
    let category: String
    let open: Int
    let change: Int?
    let controls: [FailureJSON]
  }

  struct FailureJSON: Encodable {
    let control: String
    let severity: String?
    let primary: Bool
    let hosts: Int
  }

  let schema = "benchtrail.stride.v1"
  let open: Int
  let change: Int?
  let base: String?
  let withoutBase: Int
  let withoutCategory: Int
  let counting = "a failure counts once in each of its categories and once in the total"
  let cells: [CellJSON]
  let categories: [CategoryJSON]

  /// Describes the open failures, and what they are measured against.
  package init(_ movement: StrideMovement, baseWords: String) {
    let (matrix, base) = (movement.now, movement.base)
    withoutBase = movement.withoutBase
    let change = base.map { matrix.change(from: $0) }
    open = matrix.total
    self.change = change?.total
    self.base = base == nil ? nil : baseWords
    withoutCategory = matrix.withoutCategory
    let surfaces = change?.surfaces ?? matrix.surfaces
    cells = Stride.allCases.flatMap { category in
      surfaces.map { surface in
        CellJSON(
          category: category.name, surface: surface, open: matrix[category, surface],
          change: change?[category, surface])
      }
    }
    categories = Stride.allCases.map { category in
      CategoryJSON(
        category: category.name, open: matrix.count(category), change: change?.count(category),
        controls: matrix.worst(category).map {
          FailureJSON(
            control: $0.control, severity: $0.severity?.name, primary: $0.isPrimary,
            hosts: $0.hosts.count)
        })
    }
  }
}

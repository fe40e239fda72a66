/// Holds the tables of a catalogue against what they must look like, and collects all that is wrong.
struct CatalogCheck {
  private struct Row {
    var line: Int
    var fields: [Substring]
  }

  private(set) var errors: [CatalogError] = []
  private let own: Set<String>
  private var rows: [String: [Row]] = [:]
  /// The names that other tables may use, with the place of the first row that has each.
  private var names: [TableRule.Column: [Substring: Int]] = [:]
  private static let errorLimit = 100
  /// The most bytes of a field.
  private static let longest = 10_000

  /// Checks all tables.
  ///
  /// - Parameters:
  ///   - own: The paths of the files that are the team's.
  ///   - text: Returns the text of a file; nil for one that is not there.
  init(own: Set<String>, text: (String) -> String?) {
    self.own = own
    for rule in TableRule.all {
      rows[rule.path] = read(text(rule.path) ?? "", rule)
    }
    for rule in TableRule.all { check(rule) }
    // Few, and what is found later in a line stays behind.
    let places = Dictionary(zip(TableRule.all.map(\.path), 0...)) { first, _ in first }
    errors = errors.enumerated().map { (places[$1.file] ?? 0, $1.line, $0, $1) }
      .sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map(\.3)
  }

  /// Keeps an error, unless there are too many already.
  private mutating func report(_ kind: CatalogError.Kind, in path: String, line: Int) {
    guard errors.count <= Self.errorLimit else { return }
    let isLast = errors.count == Self.errorLimit
    errors.append(
      CatalogError(
        file: path, isOwn: own.contains(path), line: line,
        kind: isLast ? .moreErrors(limit: Self.errorLimit) : kind))
  }

  // MARK: - Lines

  /// The rows with as many fields as there are columns; nil if the columns are others.
  private mutating func read(_ text: String, _ rule: TableRule) -> [Row]? {
    var rows: [Row] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A file that is not there is an empty table.
    guard let header = lines.first, !text.isEmpty else { return [] }
    let expected = rule.columns.map(\.name)
    let found = header.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard found == expected else {
      report(.wrongColumns(expected: expected, found: found), in: rule.path, line: 1)
      return nil
    }
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      if let scalar = line.unicodeScalars.first(where: { $0 != "\t" && Self.isUnsafe($0) }) {
        report(.unsafeCharacter(scalar.value), in: rule.path, line: number + 1)
      }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      if fields.count != expected.count {
        report(
          .wrongCount(expected: expected.count, found: fields.count), in: rule.path,
          line: number + 1)
      }
      // What others name is known all the same, or each of them would be an error too.
      rows.append(Row(line: number + 1, fields: fields))
      if rows.count == rule.limit + 1 {
        report(.tooMany(limit: rule.limit), in: rule.path, line: number + 1)
      }
    }
    return rows
  }

  /// Whether a terminal may take a character for a command, or show the text around it in another order.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  // MARK: - Fields

  private mutating func check(_ rule: TableRule) {
    guard let rows = rows[rule.path] else { return }
    var seen: [[Substring]: Int] = [:]
    var agreed: [[Substring]: (value: Substring, line: Int)] = [:]
    for row in rows where row.fields.count == rule.columns.count {
      for (field, column) in zip(row.fields, rule.columns) {
        if let kind = problem(field, column.name, column.content) {
          report(kind, in: rule.path, line: row.line)
        }
      }
      if let span = rule.span { check(row, span, rule) }
      if !rule.identity.isEmpty {
        let key = rule.identity.map { row.fields[$0] }
        if let first = seen[key] {
          report(
            .repeated(key.joined(separator: " "), first: first), in: rule.path, line: row.line)
        } else {
          seen[key] = row.line
        }
      }
      if let agreement = rule.agreement {
        let key = agreement.of.map { row.fields[$0] }
        let value = row.fields[agreement.on]
        if let known = agreed[key], known.value != value {
          report(
            .contradicts(key.joined(separator: " "), first: known.line), in: rule.path,
            line: row.line)
        } else if agreed[key] == nil {
          agreed[key] = (value, row.line)
        }
      }
    }
    if let most = rule.mostValues {
      let column = TableRule.Column(path: rule.path, number: most.column)
      if (known(column)?.count ?? 0) > most.count {
        report(.tooMany(limit: most.count), in: rule.path, line: 0)
      }
    }
  }

  /// What is wrong with a field; nil if nothing is.
  private mutating func problem(
    _ field: Substring, _ name: String, _ content: TableRule.Content
  ) -> CatalogError.Kind? {
    if field.utf8.count > Self.longest { return .tooLong(column: name, limit: Self.longest) }
    switch content {
    case .any: return nil
    case .filled: return field.isEmpty ? .blank(column: name) : nil
    case .word(let words):
      if words.contains(where: { $0 == field }) { return nil }
      return .unknownWord(column: name, String(field), expected: words.filter { !$0.isEmpty })
    case .words(let words):
      let bad = field.split(separator: ",").first { word in !words.contains { $0 == word } }
      return bad.map { .unknownWord(column: name, String($0), expected: words) }
    case .value(let expected, let isGood):
      return isGood(field) ? nil : .malformed(column: name, String(field), expected: expected)
    case .nameOrNone(let column):
      return field.isEmpty ? nil : unknown(field, name, column)
    case .name(let column):
      return field.isEmpty ? .blank(column: name) : unknown(field, name, column)
    case .names(let column):
      let entries = field.split(separator: ",")
      if entries.isEmpty { return .blank(column: name) }
      for entry in entries {
        if let kind = unknown(entry, name, column) { return kind }
      }
      return nil
    }
  }

  private mutating func unknown(
    _ value: Substring, _ name: String, _ column: TableRule.Column
  ) -> CatalogError.Kind? {
    // Of a table that could not be read nothing is known.
    guard let known = known(column), known[value] == nil else { return nil }
    return .unknownName(column: name, String(value), table: column.path)
  }

  /// The values of a column by the places of their first rows; nil if the table could not be read.
  private mutating func known(_ column: TableRule.Column) -> [Substring: Int]? {
    if let known = names[column] { return known }
    guard let rows = rows[column.path] else { return nil }
    var known: [Substring: Int] = [:]
    for (place, row) in rows.enumerated() where row.fields.indices.contains(column.number) {
      if known[row.fields[column.number]] == nil { known[row.fields[column.number]] = place }
    }
    names[column] = known
    return known
  }

  private mutating func check(
    _ row: Row, _ span: (since: Int, until: Int), _ rule: TableRule
  ) {
    let (since, until) = (row.fields[span.since], row.fields[span.until])
    guard case .nameOrNone(let column) = rule.columns[span.since].content,
      let known = known(column),
      let first = known[since], let last = known[until], last < first
    else { return }
    report(
      .reversed(since: String(since), until: String(until)), in: rule.path, line: row.line)
  }
}

import BenchModel

/// What a stored value may be: the type that it has in SQLite, and for numbers their range.
///
/// SQLite hands out a value of any type as any other, so what a damaged file has in the place of a number would be taken
/// for 0. The ranges are wide enough for all that this program stores, and narrow enough that sums and differences of
/// stored numbers do not overflow.
struct ColumnRule: Hashable, Sendable {
  /// The types of values.
  enum Kind: Hashable, Sendable {
    case integer(ClosedRange<Int64>)
    case text
    case bytes
    /// Bytes of one length.
    case fixedBytes(Int)
  }

  let table: String
  let column: String
  let kind: Kind
  var isNullable = false

  /// The condition of SQL that a row's value is none that this program stored.
  var violation: String {
    let type: String
    var bounds = ""
    switch kind {
    case .integer(let range):
      type = "integer"
      bounds = " OR \(column) NOT BETWEEN \(Self.literal(range.lowerBound)) AND \(range.upperBound)"
    case .text: type = "text"
    case .bytes: type = "blob"
    case .fixedBytes(let count):
      type = "blob"
      bounds = " OR length(\(column)) <> \(count)"
    }
    let isWrong = "(typeof(\(column)) <> '\(type)'\(bounds))"
    return isNullable ? "\(column) IS NOT NULL AND \(isWrong)" : isWrong
  }

  /// A number as SQL reads it: the least one has no literal of its own.
  private static func literal(_ number: Int64) -> String {
    number == .min ? "(-9223372036854775807 - 1)" : "\(number)"
  }
}

extension ColumnRule {
  /// The rules of a table.
  struct Table: Sendable {
    let name: String
    /// The columns that tell one row from another.
    let key: [String]
    let columns: [ColumnRule]

    fileprivate init(
      _ name: String, key: [String] = ["id"], _ columns: KeyValuePairs<String, Kind>,
      nullable: [String] = []
    ) {
      self.name = name
      self.key = key
      self.columns = columns.map {
        ColumnRule(
          table: name, column: $0.key, kind: $0.value, isNullable: nullable.contains($0.key))
      }
    }

    /// The key of a row as a person reads it: `3, 0`.
    var keyText: String {
      key.map { "coalesce(CAST(\($0) AS TEXT), 'NULL')" }.joined(separator: " || ', ' || ")
    }
  }

  /// A number of a row.
  private static let row = Kind.integer(0...Int64.max)
  /// A place, a count or a line: no log is as long.
  private static let count = Kind.integer(0...1 << 40)
  /// The number of a check, which is kept in 32 bits.
  private static let title = Kind.integer(0...Int64(Int32.max))
  private static let time = Kind.integer(CivilTime.storable)
  private static let flag = Kind.integer(0...1)
  private static let any = Kind.integer(Int64.min...Int64.max)
  private static let digest = Kind.fixedBytes(16)

  /// All tables.
  static let tables = [
    Table("host", ["id": row, "name": .text]),
    Table("tool", ["id": row, "name": .text]),
    Table("edition", ["id": row, "toolId": row, "name": .text]),
    Table(
      "release",
      [
        "id": row, "toolId": row, "editionId": row, "printed": .text, "earliest": .text,
        "latest": .text,
      ], nullable: ["editionId", "printed"]),
    Table(
      "source",
      ["id": count, "path": .text, "importedAt": time, "changedAt": any, "size": row],
      nullable: ["changedAt", "size"]),
    Table(
      "checkTitle", ["id": title, "checkId": .text, "title": .text, "control": .text],
      nullable: ["control"]),
    Table("state", ["id": row, "section": .text, "digest": digest]),
    Table(
      "finding", key: ["stateId", "position"],
      [
        "stateId": row, "position": count, "checkTitleId": title, "status": .integer(0...5),
        "outcome": .integer(0...4), "isTruncated": flag, "details": .text,
        "itemCount": .integer(0...Int64(Int32.max)),
      ], nullable: ["details"]),
    Table(
      "item", key: ["stateId", "position", "number"],
      [
        "stateId": row, "position": count, "number": count, "kind": .integer(0...4),
        "name": .text, "stableName": .text, "value": .text,
      ], nullable: ["stableName"]),
    Table(
      "snapshot",
      [
        "id": row, "digest": digest, "pass": count, "fail": count, "manual": count,
        "info": count, "notApplicable": count, "unmapped": count,
      ]),
    Table(
      "snapshotState", key: ["snapshotId", "position"],
      ["snapshotId": row, "position": count, "stateId": row, "lines": .bytes]),
    Table(
      "run",
      [
        "id": row, "hostId": row, "startedAt": time, "releaseId": row, "snapshotId": row,
        "sourceId": count, "line": count, "form": flag, "timeSource": .integer(0...3),
        "isComplete": flag, "printedChecks": any, "printedScore": any, "scope": .text,
        "startedNanos": .integer(0...999_999_999), "sequence": row, "evidenceId": row,
        "evidencePlace": count, "ownParts": .bytes,
      ], nullable: ["printedChecks", "printedScore", "scope", "evidenceId", "ownParts"]),
    Table("label", key: ["runId", "key"], ["runId": row, "key": .text, "value": .text]),
    Table("piece", ["id": row, "digest": digest, "size": count, "content": .bytes]),
    Table("evidence", ["id": row, "digest": digest]),
    Table(
      "evidencePiece", key: ["evidenceId", "position"],
      ["evidenceId": row, "position": count, "pieceId": row], nullable: ["pieceId"]),
    Table(
      "standing",
      [
        "id": row, "hostId": row, "system": .text, "runs": count, "firstAt": time,
        "newestAt": time, "newestRunId": row, "passing": count, "failing": count,
        "record": .bytes, "before": .bytes,
      ], nullable: ["before"]),
    Table(
      "failure", key: ["standingId", "number"],
      [
        "standingId": row, "number": count, "checkTitleId": title, "openSince": time,
        "beganAt": time, "beganBy": .integer(0...4), "beganRunId": row, "endedAt": time,
        "endedBy": .integer(5...8), "endedRunId": row,
      ], nullable: ["endedAt", "endedBy", "endedRunId"]),
    Table(
      "runChange", key: ["standingId", "number"],
      [
        "standingId": row, "number": count, "runId": row, "startedAt": time,
        "passing": .integer(-1 << 40...1 << 40), "criterionChanged": count,
      ]),
    Table("understanding", ["id": .integer(1...1), "digest": digest]),
    Table("policyText", ["id": row, "digest": digest, "content": .bytes]),
    Table(
      "policyUse",
      [
        "id": row, "path": .text, "policyTextId": row, "revision": .text, "firstSeenAt": time,
        "lastSeenAt": time,
      ], nullable: ["revision"]),
    Table(
      "baselineMark", ["id": row, "runId": row, "setAt": time, "clearedAt": time],
      nullable: ["clearedAt"]),
    Table(
      "chainEntry", key: ["number"], ["number": row, "content": .text, "digest": .fixedBytes(32)]),
    Table("grdb_migrations", key: ["identifier"], ["identifier": .text]),
  ]

  private static let byName: [String: [String: ColumnRule]] = Dictionary(
    uniqueKeysWithValues: tables.map { table in
      (
        table.name, Dictionary(uniqueKeysWithValues: table.columns.map { ($0.column, $0) })
      )
    })

  /// The rule of a column; nil for one of a table that is the engine's own.
  static func of(table: String, column: String) -> ColumnRule? { byName[table]?[column] }
}

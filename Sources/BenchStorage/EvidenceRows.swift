import BenchEvidence
import BenchHistory
import BenchModel

/// The evidence of runs: stored in pieces, put together again, and checked.
final class EvidenceRows {
  private let db: any Connection
  private let findPiece: any PreparedStatement
  private let insertPiece: any PreparedStatement
  private let findEvidence: any PreparedStatement
  private let insertEvidence: any PreparedStatement
  private let insertPart: any PreparedStatement
  private var known: [Digest: Int] = [:]
  private let compression = Compression()
  /// Digests kept in memory; past it the database is asked.
  private static let cacheSize = 50_000

  init(_ db: any Connection) throws {
    self.db = db
    findPiece = try db.prepare("SELECT id FROM piece WHERE digest = ?")
    insertPiece = try db.prepare(
      "INSERT INTO piece (digest, size, content) VALUES (?, ?, ?) RETURNING id")
    findEvidence = try db.prepare("SELECT id FROM evidence WHERE digest = ?")
    insertEvidence = try db.prepare("INSERT INTO evidence (digest) VALUES (?) RETURNING id")
    insertPart = try db.prepare(
      "INSERT INTO evidencePiece (evidenceId, position, pieceId) VALUES (?, ?, ?)")
  }

  /// Stores evidence, unless the database has it.
  ///
  /// - Returns: Its id.
  func store(_ evidence: Evidence) throws -> Int {
    if let id = known[evidence.digest] { return id }
    findEvidence.bind(1, evidence.digest)
    if let id = try findEvidence.number() {
      remember(evidence.digest, id)
      return id
    }
    let pieces = try evidence.parts.map { try piece($0, of: evidence) }
    insertEvidence.bind(1, evidence.digest)
    guard let id = try insertEvidence.number() else { throw RepositoryError.unwritten }
    for (position, piece) in pieces.enumerated() {
      insertPart.bind(1, id)
      insertPart.bind(2, position)
      insertPart.bind(3, piece)
      try insertPart.run()
    }
    remember(evidence.digest, id)
    return id
  }

  /// Forgets what was stored, of which something may be gone.
  func forget() { known = [:] }

  private func remember(_ digest: Digest, _ id: Int) {
    if known.count >= Self.cacheSize { known = [:] }
    known[digest] = id
  }

  /// The id of a part's piece, which is made if it is new; nil for the run's own.
  private func piece(_ part: Evidence.Part, of evidence: Evidence) throws -> Int? {
    guard let digest = part.digest else { return nil }
    findPiece.bind(1, digest)
    if let id = try findPiece.number() { return id }
    insertPiece.bind(1, digest)
    insertPiece.bind(2, part.range.count)
    insertPiece.bind(
      3,
      part.packed
        ?? evidence.bytes.withUnsafeBufferPointer {
          compression.pack(UnsafeBufferPointer(rebasing: $0[part.range]))
        })
    guard let id = try insertPiece.number() else { throw RepositoryError.unwritten }
    return id
  }

  // MARK: - A run's own parts

  /// The run's own parts as they are stored.
  static func own(_ evidence: Evidence) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in evidence.parts where part.digest == nil {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.range.count).littleEndian) {
        bytes.append(contentsOf: $0)
      }
      bytes.append(contentsOf: evidence.bytes[part.range])
    }
    return bytes
  }

  /// The parts that were stored so; nil if they are damaged.
  private static func parts(_ own: [UInt8]) -> [ArraySlice<UInt8>]? {
    var parts: [ArraySlice<UInt8>] = []
    var rest = own[...]
    while !rest.isEmpty {
      guard rest.count >= 4 else { return nil }
      let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard count <= rest.count else { return nil }
      parts.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return parts
  }

  // MARK: - Reading

  /// The bytes that a run was read from.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - evidence: The id of the evidence.
  ///   - own: The run's own parts as they are stored.
  /// - Returns: The bytes; nil if they are damaged.
  /// - Throws: GRDB's errors.
  static func bytes(_ db: any Connection, evidence: Int, own: [UInt8]) throws -> [UInt8]? {
    let pieces = try db.cached(
      """
      SELECT evidencePiece.pieceId, piece.size, piece.content
      FROM evidencePiece LEFT JOIN piece ON piece.id = evidencePiece.pieceId
      WHERE evidencePiece.evidenceId = ? ORDER BY evidencePiece.position
      """)
    pieces.bind(1, evidence)
    var isWhole = true
    var bytes: [UInt8] = []
    guard var parts = parts(own)?[...] else { return nil }
    try pieces.rows { row in
      if row.isNull(0) {
        if let part = parts.popFirst() { bytes += part } else { isWhole = false }
      } else if let piece = Compression.unpack(row.bytes(2), size: row.int(1)),
        bytes.count + piece.count <= Evidence.mostBytes
      {
        bytes += piece
      } else {
        isWhole = false
      }
    }
    return isWhole && parts.isEmpty ? bytes : nil
  }

  // MARK: - Checking

  /// Checks that all pieces and lists of pieces are what their digests say, and that each run's own parts fit.
  static func check(_ db: any Connection) throws -> [String] {
    var problems: [String] = []
    var digests: [Int: Digest] = [:]
    try db.prepare("SELECT id, digest, size, content FROM piece").rows { row in
      let stored = Digest(stored: row.bytes(1))
      if let stored { digests[row.int(0)] = stored }
      guard let bytes = Compression.unpack(row.bytes(3), size: row.int(2)),
        Digest(of: bytes) == stored
      else { return problems.append("piece \(row.int(0)) of a log is not what its digest says") }
    }
    var owned: [Int: Int] = [:]
    var current: (id: Int, stored: Digest?, input: DigestInput)?
    func end() {
      guard let evidence = current else { return }
      if Digest(of: evidence.input.bytes) != evidence.stored {
        problems.append("evidence \(evidence.id) is not what its digest says")
      }
    }
    let lists = try db.prepare(
      """
      SELECT evidence.id, evidence.digest, evidencePiece.position, evidencePiece.pieceId
      FROM evidence LEFT JOIN evidencePiece ON evidencePiece.evidenceId = evidence.id
      ORDER BY evidence.id, evidencePiece.position
      """)
    try lists.rows { row in
      if current?.id != row.int(0) {
        end()
        current = (row.int(0), Digest(stored: row.bytes(1)), DigestInput())
      }
      if row.isNull(2) { return }
      if row.isNull(3) {
        current?.input.add(0)
        owned[row.int(0), default: 0] += 1
      } else if let digest = digests[row.int(3)] {
        current?.input.add(1)
        current?.input.add(digest)
      }
    }
    end()
    let runs = try db.prepare(
      "SELECT id, evidenceId, ownParts FROM run WHERE evidenceId IS NOT NULL")
    try runs.rows { row in
      if parts(row.bytes(2))?.count != owned[row.int(1), default: 0] {
        problems.append(
          "the log of run \(RunSummary.name(of: Int64(row.int(0)))) lacks parts of its own")
      }
    }
    return problems
  }
}

extension RepositoryError {
  /// The database took a row and gave no number for it.
  static let unwritten = RepositoryError.cannotWrite(
    path: "database", reason: "a row was not kept")
}

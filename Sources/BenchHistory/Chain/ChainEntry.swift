package import BenchModel

/// An entry of the chain: one change of the database, and what the things that it touched were afterwards.
///
/// Its text is what its digest is of. It has a line for each thing, so that an auditor can read it, and make the digest
/// again, without this program.
package struct ChainEntry: Hashable, Sendable {
  /// What changed the database.
  package enum Kind: String, Sendable, CaseIterable {
    /// The chain began: what was there by then is taken as it was.
    case begun
    case imported = "import"
    case refresh
    case forget
    case rename
    case label
    case baseline
    case policy
  }

  /// What a line is about.
  package enum Subject: Hashable, Sendable {
    case run(Int64)
    /// A stretch of time in which a policy was in force, by its number.
    case policy(Int)
    /// What all runs were understood by.
    case understanding
  }

  package var number: Int
  /// When, in seconds since 1970.
  package var at: Int64
  package var kind: Kind
  /// The digest of the entry before.
  package var previous: ChainDigest
  /// The digest of each subject after the change; nil for one that is gone.
  package var subjects: [(subject: Subject, digest: Digest?)]

  /// Creates an entry.
  package init(
    number: Int, at: Int64, kind: Kind, previous: ChainDigest,
    subjects: [(subject: Subject, digest: Digest?)]
  ) {
    self.number = number
    self.at = at
    self.kind = kind
    self.previous = previous
    self.subjects = subjects
  }

  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.text == rhs.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  // MARK: - Text

  private static let form = "benchtrail chain 1"

  /// The entry as it is stored, without a line feed at its end.
  package var text: String {
    var lines = [
      Self.form, "number \(number)", "at \(at)", "kind \(kind.rawValue)",
      "previous \(previous.hexadecimal)",
    ]
    for (subject, digest) in subjects {
      let name =
        switch subject {
        case .run(let id): "run \(Self.name(of: id))"
        case .policy(let id): "policy \(id)"
        case .understanding: "understanding"
        }
      lines.append("\(name) \(digest?.hexadecimal ?? "gone")")
    }
    return lines.joined(separator: "\n")
  }

  /// Reads an entry; nil for a text that is none.
  package init?(text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    func value(_ place: Int, _ key: String) -> String? {
      guard lines.indices.contains(place), lines[place].hasPrefix(key + " ") else { return nil }
      return String(lines[place].dropFirst(key.count + 1))
    }
    guard lines.first == Self.form, let number = value(1, "number").flatMap({ Int($0) }),
      let at = value(2, "at").flatMap({ Int64($0) }), CivilTime.storable.contains(at),
      let kind = value(3, "kind").flatMap({ Kind(rawValue: $0) }),
      let previous = value(4, "previous").flatMap({ ChainDigest(hexadecimal: $0) })
    else { return nil }
    self.init(number: number, at: at, kind: kind, previous: previous, subjects: [])
    for line in lines.dropFirst(5) {
      guard let subject = Self.subject(line) else { return nil }
      subjects.append(subject)
    }
  }

  private static func subject(_ line: String) -> (subject: Subject, digest: Digest?)? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let subject: Subject
    switch (words.first, words.count) {
    case ("run", 3):
      guard words[1].utf8.count == 16, let id = Int64(words[1], radix: 16), id >= 0 else {
        return nil
      }
      subject = .run(id)
    case ("policy", 3):
      guard let id = Int(words[1]) else { return nil }
      subject = .policy(id)
    case ("understanding", 2): subject = .understanding
    default: return nil
    }
    let last = words[words.count - 1]
    if last == "gone" { return (subject, nil) }
    guard let digest = Digest(hexadecimal: last) else { return nil }
    return (subject, digest)
  }

  /// The id of a run as 16 hexadecimal digits.
  private static func name(of id: Int64) -> String {
    let digits = String(UInt64(bitPattern: id), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

package import BenchAnalysis
import BenchModel

/// What a report goes by: the time that it is of, and the policy; it stands at the top of every output.
package struct Basis: Sendable {
  /// The time that was asked for, in seconds since 1970; nil for now.
  package var asOf: Int64?
  /// Which findings alone are meant, in words; nil for all.
  package var filter: String?
  /// Whether findings are judged, so that a policy counts.
  package var isJudged: Bool
  /// Nil without a policy.
  package var policy: PolicySource?
  /// The policy's path as it is shown: from the folder of whoever reads it.
  package var shownPath: String

  /// Creates a basis.
  package init(
    asOf: Int64? = nil, filter: String? = nil, isJudged: Bool = true, policy: PolicySource? = nil,
    shownPath: String = ""
  ) {
    self.asOf = asOf
    self.filter = filter
    self.isJudged = isJudged
    self.policy = policy
    self.shownPath = shownPath
  }

  /// The basis of an output in which nothing is judged.
  package var unjudged: Basis { Basis(asOf: asOf, filter: filter, isJudged: false) }

  /// What is said at the top; nil where there is nothing to say.
  package var line: Document.Line? {
    guard let filter else { return sources }
    let words: Document.Line = [.init("Only "), .init(Untrusted(filter), .notable)]
    return sources.map { $0 + [.init("; only "), .init(Untrusted(filter), .notable)] } ?? words
  }

  /// The time and the policy; nil where there is nothing to say.
  private var sources: Document.Line? {
    var line: Document.Line = []
    if let asOf { line.append(.init("As of \(CivilTime.short(asOf)) UTC", .notable)) }
    guard isJudged else { return line.isEmpty ? nil : line }
    if let policy {
      line.append(.init(line.isEmpty ? "Policy " : ", policy ", .faint))
      line.append(.init(Untrusted(shownPath), .faint))
      line.append(.init(words(policy), .faint))
    } else if asOf != nil {
      line.append(.init(", no policy is known", .faint))
    }
    return line.isEmpty ? nil : line
  }

  /// The line with the digest of the policy and since when it is in use, for what is filed.
  package var filedLine: Document.Line? {
    guard let line, isJudged, let policy else { return line }
    var words = policy.digest.map { ", content \($0.prefix(8))" } ?? ""
    if policy.kind == .current, let since = policy.firstSeen {
      words += ", in use since \(CivilTime.date(since))"
    }
    return line + [.init(words, .faint)]
  }

  private func words(_ policy: PolicySource) -> String {
    var words = ""
    if let revision = policy.revision { words += " at commit \(revision.prefix(10))" }
    switch policy.kind {
    case .current: break
    case .inForce:
      words += policy.firstSeen.map { ", in use since \(CivilTime.date($0))" } ?? ""
    case .earliestKnown:
      words +=
        ": not known then"
        + (policy.firstSeen.map { ", first used \(CivilTime.date($0))" } ?? "")
        + "; what it accepted later is left out"
    }
    if policy.errors > 0 {
      words += "; \(policy.errors) of its entries can't be read by this version, and don't count"
    }
    return words
  }

  /// A document with what is said at the top.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - isOwnDocument: Whether it has a title, which goes before.
  /// - Returns: The document.
  package func heading(_ document: Document, isOwnDocument: Bool = false) -> Document {
    guard let line else { return document }
    var headed = document
    // A document of its own begins with its title.
    var place = 0
    if isOwnDocument, case .heading? = document.blocks.first { place = 1 }
    headed.blocks.insert(.paragraph(line), at: place)
    return headed
  }
}

/// A document for programs with what it goes by.
package struct Based<Body: Encodable>: Encodable {
  private let body: Body
  private let basis: Basis

  /// Adds what a document goes by.
  package init(_ body: Body, _ basis: Basis) {
    self.body = body
    self.basis = basis
  }

  private enum Key: String, CodingKey {
    case asOf
    case policy
  }

  private struct PolicyJSON: Encodable {
    let path: String
    let state: String
    let revision: String?
    let firstSeen: String?
  }

  package func encode(to encoder: any Encoder) throws {
    try body.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    if let asOf = basis.asOf { try container.encode(CivilTime.rfc3339(asOf), forKey: .asOf) }
    guard basis.isJudged, let policy = basis.policy else { return }
    try container.encode(
      PolicyJSON(
        path: policy.path, state: policy.kind.rawValue, revision: policy.revision,
        firstSeen: policy.firstSeen.map(CivilTime.rfc3339)),
      forKey: .policy)
  }
}

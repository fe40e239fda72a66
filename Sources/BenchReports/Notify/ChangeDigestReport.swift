import BenchAnalysis
import BenchHistory
import BenchModel

/// The digest for people and programs.
package enum ChangeDigestReport {
  /// The most changes of a kind that are named of a host.
  private static let mostChanges = 5

  /// Describes a digest.
  ///
  /// - Parameters:
  ///   - digest: What changed.
  ///   - limit: The most hosts that are listed.
  /// - Returns: The document.
  package static func document(_ digest: ChangeDigest, limit: Int) -> Document {
    var document = Document()
    document.heading(.init(digest.headline, digest.worse > 0 ? .bad : .plain))
    for host in digest.hosts.prefix(limit) {
      document.paragraph(
        .init(Untrusted(host.name), .strong), .init(": "),
        .init(ChangeDigest.counts(host.worse.count, host.moreItems.count, host.fixed.count)),
        .init(
          " (\(CivilTime.short(host.base.startedAt)) to \(CivilTime.short(host.run.startedAt)) UTC)",
          .faint))
      list(host.worse, "worse", .bad, &document)
      list(host.moreItems, "more items", .bad, &document)
      list(host.fixed, "fixed", .good, &document)
    }
    if digest.hosts.count > limit {
      document.paragraph(
        .init(
          "and \(TrendReport.count(digest.hosts.count - limit, "more host")): raise '--limit'",
          .faint))
    }
    return document
  }

  private static func list(
    _ changes: [ChangeDigest.Change], _ word: String, _ style: Document.Style,
    _ document: inout Document
  ) {
    for change in changes.prefix(mostChanges) {
      var line: Document.Line = [.init(word, style), .init(" "), .severity(change.severity)]
      line += [.init(Untrusted(" \(change.checkID) \(change.title)"))]
      if !change.items.isEmpty {
        line.append(.init(Untrusted(": " + ShortlistReport.names(change.items)), .faint))
      }
      document.bullet(line)
    }
    if changes.count > mostChanges {
      document.bullet([.init("and \(changes.count - mostChanges) more of these", .faint)])
    }
  }

  /// The digest as lines without styles, for a service that shows what it is sent.
  static func lines(_ digest: ChangeDigest, limit: Int) -> [String] {
    var text: [String] = []
    for block in document(digest, limit: limit).blocks {
      switch block {
      case .heading(let line), .paragraph(let line): text.append(plain(line))
      case .bullet(let line): text.append("- " + plain(line))
      default: break
      }
    }
    return text
  }

  private static func plain(_ line: Document.Line) -> String {
    line.map { span in
      switch span.content {
      case .trusted(let text): text
      case .untrusted(let text): text.forTerminal
      case .lineBreak: " "
      }
    }.joined()
  }
}

/// `benchtrail.notify.v1`: what the newest runs changed.
package struct ChangeDigestJSON: Encodable {
  struct ChangeJSON: Encodable {
    let severity: String?
    let control: String
    let checkId: String
    let title: String
    let items: [String]

    init(_ change: ChangeDigest.Change) {
      severity = change.severity?.name
      control = change.control ?? "unmapped"
      checkId = change.checkID
      title = change.title
      items = change.items
    }
  }

  struct HostJSON: Encodable {
    let host: String
    let run: String
    let startedAt: String
    let base: String
    let baseStartedAt: String
    let worse: [ChangeJSON]
    let moreItems: [ChangeJSON]
    let fixed: [ChangeJSON]
  }

  let schema = "benchtrail.notify.v1"
  let worse: Int
  let moreItems: Int
  let fixed: Int
  let hosts: [HostJSON]

  /// Describes a digest, with all of its hosts.
  package init(_ digest: ChangeDigest) {
    (worse, moreItems, fixed) = (digest.worse, digest.moreItems, digest.fixed)
    hosts = digest.hosts.map { host in
      HostJSON(
        host: host.name, run: host.run.name, startedAt: CivilTime.rfc3339(host.run.startedAt),
        base: host.base.name, baseStartedAt: CivilTime.rfc3339(host.base.startedAt),
        worse: host.worse.map(ChangeJSON.init), moreItems: host.moreItems.map(ChangeJSON.init),
        fixed: host.fixed.map(ChangeJSON.init))
    }
  }
}

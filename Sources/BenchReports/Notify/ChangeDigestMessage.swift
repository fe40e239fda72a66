import BenchModel

/// A digest as the message of a chat's incoming webhook.
///
/// The text is never read as markup: a container's name makes no link and calls nobody.
package enum ChangeDigestMessage {
  /// The message for Slack: https://docs.slack.dev/reference/block-kit/blocks/section-block, whose text has at most 3,000
  /// characters; a message has at most 50 blocks.
  package static func slack(_ digest: ChangeDigest, limit: Int) -> some Encodable {
    SlackMessage(ChangeDigestReport.lines(digest, limit: limit))
  }

  /// The message for Microsoft Teams: an Adaptive Card of
  /// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using, whose message has
  /// at most 28 KB.
  package static func teams(_ digest: ChangeDigest, limit: Int) -> some Encodable {
    TeamsMessage(ChangeDigestReport.lines(digest, limit: limit))
  }

  /// As many of the lines as fit, each cut to what a person reads, with a word on the others.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - bytes: The most bytes of all together, as JSON.
  ///   - frame: The bytes of JSON around a line.
  /// - Returns: The lines that fit.
  fileprivate static func fitting(_ lines: [String], bytes: Int, frame: Int) -> [String] {
    var (fitting, size): ([String], Int) = ([], 0)
    for line in lines {
      let scalars = line.unicodeScalars
      // By scalars: one letter may carry thousands of marks.
      let cut = scalars.count > longest ? String(scalars.prefix(longest)) + "…" : line
      // No character takes more than six bytes for each of its own, as an escape.
      size += frame + cut.utf8.reduce(0) { $0 + ($1 < 0x20 || $1 == 0x22 || $1 == 0x5C ? 6 : 1) }
      guard size <= bytes else {
        return fitting + ["and \(lines.count - fitting.count) more lines: benchtrail notify"]
      }
      fitting.append(cut)
    }
    return fitting
  }

  /// The most characters of a line.
  private static let longest = 400
}

private struct SlackMessage: Encodable {
  struct Text: Encodable {
    let type = "plain_text"
    let text: String
    let emoji = false
  }

  struct Block: Encodable {
    let type = "section"
    let text: Text
  }

  /// What a notification shows; not read as markup either.
  let text: String
  let mrkdwn = false
  let blocks: [Block]

  private static let mostCharacters = 3_000
  private static let mostBlocks = 50

  init(_ lines: [String]) {
    // A block for the headline, and then one for as many lines as it has room for.
    var texts: [String] = []
    for line in ChangeDigestMessage.fitting(lines, bytes: 60_000, frame: 2) {
      if texts.count > 1, let last = texts.last,
        last.utf16.count + line.utf16.count < Self.mostCharacters
      {
        texts[texts.count - 1] = last + "\n" + line
      } else {
        texts.append(line)
      }
    }
    text = (lines.first ?? "").replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    blocks = texts.prefix(Self.mostBlocks).map { Block(text: Text(text: $0)) }
  }
}

private struct TeamsMessage: Encodable {
  struct Run: Encodable {
    let type = "TextRun"
    let text: String
    let weight: String?
  }

  /// Text that is shown as it is, where a `TextBlock` would take it for Markdown.
  struct Line: Encodable {
    let type = "RichTextBlock"
    let inlines: [Run]
  }

  struct Card: Encodable {
    let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
    let type = "AdaptiveCard"
    let version = "1.4"
    let body: [Line]

    private enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case type
      case version
      case body
    }
  }

  struct Attachment: Encodable {
    let contentType = "application/vnd.microsoft.card.adaptive"
    let content: Card
  }

  let type = "message"
  let attachments: [Attachment]

  init(_ lines: [String]) {
    let body = ChangeDigestMessage.fitting(lines, bytes: 24_000, frame: 100).enumerated().map {
      Line(inlines: [Run(text: $1, weight: $0 == 0 ? "Bolder" : nil)])
    }
    attachments = [Attachment(content: Card(body: body))]
  }
}

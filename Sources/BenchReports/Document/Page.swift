private import BenchCatalog
private import CNettle
private import Foundation
private import Mustache

/// An HTML page that needs nothing but itself.
package struct Page: Sendable {
  /// A template that is not valid Mustache.
  package struct InvalidTemplate: Error {}

  private let template: MustacheTemplate
  /// The hash of the script, by which the page's policy lets this one run and no other.
  static let scriptHash: String = {
    var context = sha256_ctx()
    var digest = [UInt8](repeating: 0, count: 32)
    let bytes = Array(script.utf8)
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    nettle_sha256_digest(&context, digest.count, &digest)
    return "sha256-" + Data(digest).base64EncodedString()
  }()

  /// The page as it comes with the program.
  package static let standardText = EmbeddedFile.text("templates/page.mustache") ?? ""
  static let style = EmbeddedFile.text("templates/style.css") ?? ""
  static let script = EmbeddedFile.text("templates/script.js") ?? ""

  /// Creates a page from a template in Mustache.
  ///
  /// It gets `title`, `version`, `time`, `style`, `script`, `script-hash`, `body`, and `contents` with `id` and `title`.
  ///
  /// - Throws: ``InvalidTemplate``
  package init(template: String = Page.standardText) throws(InvalidTemplate) {
    do { self.template = try MustacheTemplate(string: template) } catch { throw InvalidTemplate() }
  }

  /// Returns a document as a page, whose title is the document's first heading.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - version: The program's version.
  ///   - time: The time of the data in words; nil if it has none.
  /// - Returns: The page.
  package func render(
    _ document: Document, version: String, time: String? = nil
  ) -> String {
    var (body, title, contents) = HTMLRenderer().render(document)
    if title.isEmpty {
      title = "BenchTrail"
      body = "<h1>\(title)</h1>\n" + body
    }
    var values: [String: Any] = [
      "title": title, "version": version,
      "style": Self.style, "script": Self.script, "script-hash": Self.scriptHash,
      "body": body, "has-contents": contents.count > 2,
      "contents": contents.map { ["id": $0.id, "title": $0.title] },
    ]
    // An empty text is something to Mustache; what is not there is nothing.
    if let time { values["time"] = time }
    return template.render(values)
  }
}

import Foundation
import Testing

@testable import BenchReports

/// The colours of the page, as its style sheet has them.
struct StyleScheme: Sendable, CustomStringConvertible {
  let description: String
  /// Colours in hexadecimal by the names of their custom properties.
  let colors: [String: String]

  private static let parts = Page.style.components(separatedBy: "(prefers-color-scheme: dark)")
  static let light = StyleScheme(description: "light", colors: colors(in: parts[0]))
  /// What the dark scheme does not say is as in the light one.
  static let dark = StyleScheme(
    description: "dark",
    colors: light.colors.merging(colors(in: parts.count > 1 ? parts[1] : "")) { $1 })

  /// The colours of the first block of `:root` in a text.
  private static func colors(in text: String) -> [String: String] {
    let blocks = text.components(separatedBy: ":root").dropFirst()
    guard let rule = blocks.first(where: { $0.drop(while: \.isWhitespace).hasPrefix("{") }) else {
      return [:]
    }
    var colors: [String: String] = [:]
    let block = rule.drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }
    for declaration in block.split(separator: ";") {
      // A comment may stand before a declaration.
      let bare = String(declaration).components(separatedBy: "*/").last ?? ""
      let words = bare.components(separatedBy: ":").map {
        $0.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      if words.count == 2, words[0].hasPrefix("--"), words[1].hasPrefix("#") {
        colors[words[0]] = words[1]
      }
    }
    return colors
  }

  /// The luminance of a colour of this scheme, after WCAG 2; nil if it is not there, or not three or six digits.
  func luminance(_ name: String) -> Double? {
    guard let color = colors[name] else { return nil }
    var digits = color.dropFirst().compactMap(\.hexDigitValue)
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    guard digits.count == 6, color.count == 4 || color.count == 7 else { return nil }
    let channels = [0, 2, 4].map { place -> Double in
      let value = Double(digits[place] * 16 + digits[place + 1]) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}

/// A colour of text and one that it stands on.
struct StylePair: Hashable, Sendable, CustomStringConvertible {
  let text: String
  let ground: String

  var description: String { "\(text) on \(ground)" }

  /// The pairs that the style sheet lists in its comment.
  static let all: [StylePair] = {
    let parts = Page.style.components(separatedBy: "pairs:")
    guard parts.count == 2 else { return [] }
    let line = parts[1].components(separatedBy: "*/")[0]
    return line.split(separator: ",").compactMap { pair -> StylePair? in
      let names = pair.split(whereSeparator: \.isWhitespace).map(String.init)
      guard names.count == 3, names[1] == "on" else { return nil }
      return StylePair(text: names[0], ground: names[2])
    }
  }()
}

struct `The page's colours` {
  @Test(arguments: [StyleScheme.light, StyleScheme.dark])
  func `can be told apart`(scheme: StyleScheme) throws {
    try #require(StylePair.all.count > 10)
    for pair in StylePair.all {
      let text = try #require(scheme.luminance(pair.text), "\(pair.text)")
      let ground = try #require(scheme.luminance(pair.ground), "\(pair.ground)")
      let contrast = (max(text, ground) + 0.05) / (min(text, ground) + 0.05)
      #expect(contrast >= 4.5, "\(pair) in \(scheme): \(contrast)")
    }
  }

  @Test func `are of two schemes`() {
    #expect(StyleScheme.light.colors.count > 5)
    #expect(StyleScheme.dark.colors.keys.count == StyleScheme.light.colors.keys.count)
    #expect(StyleScheme.dark.colors["--ink"] != StyleScheme.light.colors["--ink"])
  }

  @Test func `stand in the list of pairs where text has them`() {
    let listed = Set(StylePair.all.map(\.text))
    let parts = Page.style.replacing(": ", with: ":").components(separatedBy: "color:var(")
    for (before, part) in zip(parts, parts.dropFirst()) where before.last != "-" {
      let name = String(part.prefix { $0 != ")" })
      #expect(listed.contains(name), "\(name) is the colour of some text")
    }
  }
}

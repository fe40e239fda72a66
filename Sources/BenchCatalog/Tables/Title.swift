package import BenchModel

/// A check's title in the two forms that it is recognised by.
///
/// The same check has another title on another host: `(Swarm mode not enabled)` is printed behind it
/// in text and not in JSON, an id stands in it twice from v1.3.6 on, blanks come and go. And the
/// mark `(Scored)` or `(Automated)` changes from version to version, so it identifies the version and
/// not the check.
struct Title: Hashable {
  /// What the run added behind the title.
  enum Condition: UInt8 {
    case swarmOff
    case incompatibleWithSwarm
    case deprecated
  }

  /// The title with blanks folded, without the id and without what the run added.
  private(set) var exact: [UInt8]
  /// The length of the title in ``exact`` without the marks of its kind.
  private(set) var coreCount: Int
  private(set) var condition: Condition?

  /// The title without the marks of its kind.
  var core: ArraySlice<UInt8> { exact[..<coreCount] }

  private static let conditions: [(suffix: [UInt8], condition: Condition)] = [
    (Array("(Swarm mode not enabled)".utf8), .swarmOff),
    (Array("(Incompatible with swarm mode)".utf8), .incompatibleWithSwarm),
    (Array("(Deprecated)".utf8), .deprecated),
  ]
  private static let marks: [[UInt8]] = ["(Scored)", "(Not Scored)", "(Automated)", "(Manual)"].map
  {
    Array($0.utf8)
  }

  /// Reads a title as printed.
  ///
  /// - Parameters:
  ///   - printed: The bytes of the title.
  ///   - id: The bytes of the check's id.
  init(_ printed: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>) {
    var text: [UInt8] = []
    text.reserveCapacity(printed.count)
    var index = 0
    if id.count > 0, printed.count > id.count + 1, printed[id.count] == 0x20,
      printed.prefix(id.count).elementsEqual(id)
    {
      index = id.count + 1
    }
    while index < printed.count {
      let byte = printed[index]
      if byte > 0x20 {
        text.append(byte)
      } else if let last = text.last, last != 0x20 {
        text.append(0x20)
      }
      index += 1
    }
    if text.last == 0x20 { text.removeLast() }
    exact = text
    coreCount = text.count
    while let last = exact.last, last == 0x29,
      let found = Self.conditions.first(where: { Self.ends(exact[...], $0.suffix) })
    {
      condition = condition ?? found.condition
      Self.drop(found.suffix.count, from: &exact)
    }
    var core = exact[...]
    while let last = core.last, last == 0x29,
      let mark = Self.marks.first(where: { Self.ends(core, $0) })
    {
      core = core.dropLast(mark.count)
      while core.last == 0x20 { core = core.dropLast() }
    }
    coreCount = core.count
  }

  /// Reads a title from the catalogue.
  init(_ title: Substring) {
    var title = String(title)
    self = title.withUTF8 { Title($0, id: UnsafeBufferPointer(start: nil, count: 0)) }
  }

  private static func ends(_ text: ArraySlice<UInt8>, _ suffix: [UInt8]) -> Bool {
    text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
  }

  private static func drop(_ count: Int, from text: inout [UInt8]) {
    text.removeLast(count)
    while text.last == 0x20 { text.removeLast() }
  }
}

extension Finding {
  /// The title without the marks of its kind, such as `(Scored)`, which change from edition to edition.
  package var titleWithoutMarks: String { Self.withoutMarks(title) }

  /// A title without the marks of its kind.
  package static func withoutMarks(_ title: String) -> String {
    String(decoding: Title(title[...]).core, as: UTF8.self)
  }
}

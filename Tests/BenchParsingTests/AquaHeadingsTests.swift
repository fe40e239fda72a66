import BenchModel
import Testing

@testable import BenchParsing

struct `The headings of an Aqua log` {
  /// The ids of the lines that are headings: `i1.1` is skipped or a heading, `w1.1` is judged; a star stands for
  /// the mark of its kind.
  private static func headings(_ text: String, hasOwn: Bool, skipped: Int?) -> String {
    var bytes: [UInt8] = []
    var ids: [String] = []
    let lines = text.split(separator: " ").map { word in
      let id = word.dropFirst().filter { $0 != "*" }
      ids.append(id)
      defer { bytes += Array(id.utf8) }
      return AquaHeadings.Line(
        status: word.hasPrefix("i") ? .info : .warn,
        id: TextRange(start: bytes.count, count: id.utf8.count), hasMark: word.hasSuffix("*"))
    }
    let found = bytes.withUnsafeBufferPointer {
      AquaHeadings.find(lines, in: $0, hasOwn: hasOwn, skipped: skipped)
    }
    #expect(found.count == lines.count)
    return zip(ids, found).filter { $1 }.map { $0.0 }.joined(separator: " ")
  }

  @Test(
    arguments: [
      // The benchmark, a section without a check, and sections with checks.
      ("i18.09 i1 i1.1 w1.1.1* w1.1.2* i2 w2.1*", 0, "18.09 1 1.1 2"),
      // A section whose checks are all skipped.
      ("i20.10 i6 w6.1* i7 i7.1* i7.2*", 2, "20.10 6 7"),
      // In the oldest benchmark 1.1 is a check.
      ("i1.13.0 i1 w1.1* w1.2*", 0, "1.13.0 1"),
      ("i1.13.0 i7 i7.1* i7.2*", 2, "1.13.0 7"),
      // One check skipped within a section that runs.
      ("i18.09 i1 i1.1 w1.1.1* i1.1.2* w1.1.3*", 1, "18.09 1 1.1"),
      // The etcd target prints its heading and that of its only section, which is the same.
      ("i2 i2 w2.1* w2.2*", 0, "2 2"),
      ("i2 i2 i2.1* i2.2*", 2, "2 2"),
      // A target without a check.
      ("i1", 0, "1"),
      // Checks whose titles have no mark.
      ("i5 i5.1 iV-242386 iV-242388 wV-242400 i5.2 iV-242376 wV-242377*", 3, "5 5.1 5.2"),
      ("i4 i4.1 i4.1.1 i4.1.2 w4.1.3*", 2, "4 4.1"),
    ] as [(String, Int, String)])
  func `are told from skipped checks`(lines: String, skipped: Int, headings: String) {
    #expect(Self.headings(lines, hasOwn: true, skipped: skipped) == headings)
    // What was cut off before its summary is told by its shape alone.
    #expect(Self.headings(lines, hasOwn: true, skipped: nil) == headings)
  }

  @Test(
    arguments: [
      ("i1 i1.1 w1.1.1* i1.2", 0, "1 1.1 1.2"), ("i1 i1.1 w1.1.1* i1.2", 1, "1 1.1"),
      ("i8 i8.1 i8.2", 0, "8 8.1 8.2"),
    ] as [(String, Int, String)])
  func `are told by the number of skipped checks where nothing else tells`(
    lines: String, skipped: Int, headings: String
  ) {
    #expect(Self.headings(lines, hasOwn: true, skipped: skipped) == headings)
  }

  @Test func `are told from checks whose head is missing`() {
    #expect(Self.headings("w1.1.3* i1.2 w1.2.1*", hasOwn: false, skipped: nil) == "1.2")
    #expect(Self.headings("i1.1.2* i1.1.3* i1.2 w1.2.1*", hasOwn: false, skipped: nil) == "1.2")
    #expect(Self.headings("i1.1.2* i1.1.3* i1.2 w1.2.1*", hasOwn: false, skipped: 2) == "1.2")
  }

  @Test func `do not trust a summary that cannot be`() {
    for skipped in [-1, 1, 7, .max] {
      #expect(
        Self.headings("i1 i1.1 w1.1.1* i1.2 w1.2.1*", hasOwn: true, skipped: skipped)
          == "1 1.1 1.2")
    }
    #expect(Self.headings("", hasOwn: false, skipped: 3).isEmpty)
  }

  @Test(
    arguments: [
      ("Ensure it (Scored)", true), ("Ensure it (Not Scored)", true),
      ("Ensure it (Automated)", true),
      ("Ensure it (Manual)", true), ("Ensure it (Not Scored) ", true), ("Ensure it (Scored", true),
      ("Manual", false), ("Automated", false), ("Control Plane Configuration", false), ("", false),
      (")", false), ("Ensure it (Manual) of etcd", false),
    ])
  func `have no mark of a check's kind`(title: String, hasMark: Bool) {
    #expect(Array(title.utf8).withUnsafeBufferPointer(AquaHeadings.hasMark) == hasMark)
  }
}

import BenchAnalysis
import BenchExports
import BenchModel
import Testing

struct `A CSV export` {
  /// Reads RFC 4180, and nothing else.
  private static func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      if isQuoted {
        if scalar == "\"", next == "\"" {
          cell += "\""
          next = scalars.next()
        } else if scalar == "\"" {
          isQuoted = false
          try #require(next == "," || next == "\r")
        } else {
          cell.unicodeScalars.append(scalar)
        }
      } else if scalar == "\"" {
        try #require(cell.isEmpty)
        isQuoted = true
      } else if scalar == "," {
        row.append(cell)
        cell = ""
      } else if scalar == "\r" {
        try #require(next == "\n")
        next = scalars.next()
        rows.append(row + [cell])
        (row, cell) = ([], "")
      } else {
        try #require(scalar != "\n")
        cell.unicodeScalars.append(scalar)
      }
    }
    #expect(row.isEmpty && cell.isEmpty && !isQuoted)
    return rows
  }

  @Test func `is read back as it was meant`() throws {
    let hosts = try Sample.hosts()
    let rows = try Self.rows(Sample.text(.csv, hosts))
    let header = try #require(rows.first)
    #expect(rows.allSatisfy { $0.count == header.count })
    #expect(Set(header).count == header.count)
    #expect(rows.count == 1 + hosts.map(\.findings.count).reduce(0, +))
    let column = try #require(header.firstIndex(of: "control"))
    let controls = hosts.flatMap(\.findings).map { $0.judged.finding.control ?? "unmapped" }
    #expect(rows.dropFirst().map { $0[column] } == controls)
  }

  @Test func `has no formula in any cell`() throws {
    for cell in try Self.rows(Sample.text(.csv, [Sample.hostile()])).joined() {
      // Also where a spreadsheet cuts at semicolons.
      for part in cell.split(separator: ";", omittingEmptySubsequences: false) {
        let start = part.drop { $0 == " " }.unicodeScalars.first
        #expect(!["=", "+", "-", "@", "\t", "\r", "\u{FF1D}"].contains(start), "\(part)")
      }
    }
  }

  @Test func `has cells that a spreadsheet can hold`() throws {
    let names = (0..<20_000).map { "container-\($0)" }
    let rows = try Self.rows(Sample.text(.csv, [Sample.hostile(names, host: "web-1")]))
    #expect(rows.joined().allSatisfy { $0.utf16.count <= 32_767 })
    let column = try #require(rows[0].firstIndex(of: "item_count"))
    #expect(rows[1][column] == "20002")
  }
}

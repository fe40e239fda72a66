import BenchAnalysis
import BenchModel
import Testing

@testable import BenchExports

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
    let controls = hosts.flatMap(\.findings).map { $0.shared.finding.control ?? "unmapped" }
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

  /// Whether a spreadsheet, of any language, may take a text for a number, a date or a time.
  private static func looksLikeNumber(_ text: String) -> Bool {
    text.wholeMatch(of: #/[\-+]?[0-9][0-9.,:\/eE+\-]*/#) != nil
  }

  @Test func `has no id that reads as a number or a date`() throws {
    let table: [(id: String, cell: String)] = [
      ("5.10", "check 5.10"), ("5.1", "check 5.1"), ("1.1.1", "check 1.1.1"),
      ("5", "check 5"), ("1e5", "check 1e5"), ("4.2.10", "check 4.2.10"), ("C.5.1", "check C.5.1"),
      ("=1+1", "check =1+1"), ("a;=1", "check a;'=1"), ("a;5.10", "check a;5.10"), ("", ""),
    ]
    for row in table {
      let finding = Sample.finding(nil, .fail, id: row.id)
      let run = Sample.summary("web-1")
      let host = ExportHost(
        name: "web-1", runs: [run],
        findings: [
          ExportFinding(
            Sample.judgement.judge(finding, host: "web-1"), ExportControls(Sample.policy),
            run: run)
        ])
      let rows = try Self.rows(Sample.text(.csv, [host]))
      let column = try #require(rows[0].firstIndex(of: "check_id"))
      #expect(rows[1][column] == row.cell)
    }
    let rows = try Self.rows(Sample.text(.csv, Sample.hosts()))
    for name in ["check_id", "nist_sp_800_190", "run"] {
      let column = try #require(rows[0].firstIndex(of: name))
      let cells = rows.dropFirst().map { $0[column] }
      #expect(!cells.contains(where: Self.looksLikeNumber), "\(name)")
      #expect(cells.contains { !$0.isEmpty }, "\(name)")
    }
  }

  /// A name, and its cell; most names are as they are.
  @Test func `has no name that reads as a number, a date or a formula`() throws {
    let converted = [
      "1.10", "007", "1e5", "1E5", "-5", "+5", "1/2", "2026-11-21", "12:30", "5 pm", "may-1",
      "1 Dec",
      "SEPT2", "TRUE", "false", "1,5", "5%", "$5", "1.2.2026", "5-6", "12345678901234567890", " 1 ",
      "\u{FF11}\u{FF12}", "2026-11-21T03:00:00Z", "=1", "'web", "'1.10",
    ]
    let kept = [
      "web-1", "10.0.0.1 eth0", "1abc", "e5x", "may", "dec", "maybe-1", "true-1", "node1", "a",
      "3f9a4c5e", "1\u{B7}web",
    ]
    for name in converted + kept {
      let cell = converted.contains(name) ? "'" + name : name
      let rows = try Self.rows(Sample.text(.csv, [Sample.hostile([name], host: name, path: name)]))
      for (column, text) in [
        ("host", cell), ("path", cell), ("items", cell + " | twice: 80 | twice: 443"),
      ] {
        let place = try #require(rows[0].firstIndex(of: column))
        #expect(rows[1][place] == text, "\(column)")
      }
    }
  }

  /// What a program does with a list: it splits it, and reads what is spelled out.
  private static func list(_ cell: String) -> [String] {
    cell.split(separator: " | ", omittingEmptySubsequences: false).map { part in
      let text = part.replacing(#/\\u([0-9a-f]{4})/#) { match -> String in
        guard let value = UInt32(match.1, radix: 16), let scalar = Unicode.Scalar(value) else {
          return "?"
        }
        return String(Character(scalar))
      }
      return String(text)
    }
  }

  @Test func `has lists of which each item can be told`() throws {
    let table: [(names: [String], cell: String)] = [
      (["a", "b"], "a | b"),
      (["a | b"], #"a \u007c b"#),
      (["a |", "| b"], #"a \u007c | \u007c b"#),
      (["a|b", "c"], #"a\u007cb | c"#),
      (["a ", " b"], "a  |  b"),
      ([#"a\"#, "b"], #"a\u005c | b"#),
      ([#"a\u007c"#, "b\n"], #"a\u005cu007c | b\u000a"#),
    ]
    for row in table {
      let host = Sample.hostile(row.names, host: "web-1")
      let rows = try Self.rows(Sample.text(.csv, [host]))
      let column = try #require(rows[0].firstIndex(of: "items"))
      #expect(rows[1][column] == row.cell + " | twice: 80 | twice: 443")
      #expect(Self.list(rows[1][column]) == row.names + ["twice: 80", "twice: 443"])
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

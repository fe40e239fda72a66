/// A way of capturing what the tool prints, as a function from the bytes of a run to those of the capture.
package struct Capture: Sendable, CustomStringConvertible {
  package let description: String
  private let make: @Sendable ([UInt8]) -> [UInt8]

  /// Creates a capture from the function over the bytes.
  package init(_ description: String, _ make: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.description = description
    self.make = make
  }

  /// Creates a capture from a function over each line and its number.
  package init(_ description: String, line: @escaping @Sendable (String, Int) -> String) {
    self.init(description) { bytes in
      let lines = String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let hasEnd = lines.last?.isEmpty == true
      let captured = (hasEnd ? lines.dropLast() : lines).enumerated().map {
        line(String($0.element), $0.offset)
      }
      return Array((captured.joined(separator: "\n") + (hasEnd ? "\n" : "")).utf8)
    }
  }

  /// The capture of a run.
  package func callAsFunction(_ bytes: [UInt8]) -> [UInt8] { make(bytes) }

  /// This capture, and then another one of what it gives.
  package func then(_ next: Capture) -> Capture {
    Capture(description + ", then " + next.description) { next(self($0)) }
  }
}

extension Capture {
  /// Captures that keep every line of a run.
  package static let all: [Capture] = prefixes + encodings + escapes + wrappings + combinations

  /// What is put before each line.
  package static let prefixes = [
    Capture("docker compose") { line, _ in "docker-bench-security  | " + line },
    Capture("docker compose in colour") { line, _ in
      "\u{1b}[36mdocker-bench-security_1  |\u{1b}[0m " + line
    },
    Capture("ts") { line, _ in "2026-11-23T03:57:35 " + line },
    Capture("ts -i") { line, number in "00:00:0\(number % 10) " + line },
    Capture("docker logs -t") { line, number in
      "2026-11-23T04:50:01.39293\(1_000 + number)Z " + line
    },
    Capture("GitHub Actions") { line, number in "2026-11-23T03:20:00.\(1_000_000 + number)Z " + line
    },
    Capture("gh run view") { line, _ in
      "docker-bench\tRun docker bench\t2026-11-23T03:20:00.2720000Z " + line
    },
    Capture("journald") { line, _ in "2026-11-23T03:20:07+0000 vm docker-bench[4242]: " + line },
    Capture("Kubernetes' CRI") { line, _ in "2026-11-23T03:20:07.123456789Z stdout F " + line },
    Capture("quoted mail") { line, _ in "> " + line },
    Capture("Markdown indent") { line, _ in "    " + line },
  ]

  /// How the characters are written.
  package static let encodings = [
    Capture("CR LF") { line, _ in line + "\r" },
    Capture("CR CR LF") { line, _ in line + "\r\r" },
    Capture("CR alone") { $0.map { $0 == 0x0A ? 0x0D : $0 } },
    Capture("byte order mark") { [0xEF, 0xBB, 0xBF] + $0 },
    Capture("UTF-16 LE") {
      [0xFF, 0xFE] + utf16($0) { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    },
    Capture("UTF-16 BE") {
      [0xFE, 0xFF] + utf16($0) { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    },
    Capture("UTF-16 LE without a mark") {
      utf16($0) { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    },
  ]

  /// What becomes of the colours' escape characters.
  package static let escapes = [
    escape("lost", as: ""), escape("as carets", as: "^["), escape("as #033", as: "#033"),
    escape("as \\033", as: "\\033"), escape("as \\x1b", as: "\\x1b"),
    Capture("no colours") { withoutColors($0) },
  ]

  /// What is put around the lines.
  package static let wrappings = [
    Capture("Markdown fence") {
      Array("Our last run:\n\n```\n".utf8) + $0 + Array("```\n\nDone.\n".utf8)
    },
    jsonFile,
    Capture("Ansible") { bytes in
      let lines = String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      let list = lines.map { "        " + quoted(String($0)) }.joined(separator: ",\n")
      return Array("ok: [web-1] => {\n    \"bench.stdout_lines\": [\n\(list)\n    ]\n}\n".utf8)
    },
    Capture("blanks at the ends") { line, _ in line + "   " },
    Capture("blank lines squeezed") { bytes in
      Array(
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: "\n").utf8)
        + [0x0A]
    },
    Capture("noise between the lines") { line, number in
      number % 7 == 3 ? line + "\nError response from daemon: no such object" : line
    },
  ]

  /// One after the other.
  package static let combinations = [
    escapes[2].then(prefixes[7]), prefixes[2].then(encodings[0]), encodings[0].then(jsonFile),
    prefixes[0].then(encodings[4]), escapes[5].then(prefixes[9]).then(encodings[3]),
    jsonFile.then(encodings[5]), prefixes[5].then(wrappings[0]).then(encodings[0]),
  ]

  /// A capture whose lines are at most so many columns wide, as a copy from a terminal has them.
  package static func wrapped(at width: Int) -> Capture {
    Capture("no colours, \(width) columns") { bytes in
      let lines = String(decoding: withoutColors(bytes), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      var output: [String] = []
      for line in lines {
        var rest = Substring(line)
        while rest.count > width {
          var head = rest.prefix(width)
          rest = rest.dropFirst(width)
          while head.last == " " { head = head.dropLast() }
          output.append(String(head))
        }
        output.append(String(rest))
      }
      return Array(output.joined(separator: "\n").utf8)
    }
  }

  /// Docker's log driver `json-file`.
  package static let jsonFile = Capture("json-file") { line, _ in
    "{\"log\":\(quoted(line + "\n")),\"stream\":\"stdout\",\"time\":\"2026-11-23T04:50:26.540690027Z\"}"
  }

  private static func escape(_ description: String, as text: String) -> Capture {
    Capture("escape characters " + description) { bytes in
      bytes.flatMap { $0 == 0x1B ? Array(text.utf8) : [$0] }
    }
  }

  /// Returns the bytes without the colours that the tool writes.
  package static func withoutColors(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var isInside = false
    for byte in bytes {
      if byte == 0x1B {
        isInside = true
      } else if isInside {
        isInside = byte != 0x6D
      } else {
        output.append(byte)
      }
    }
    return output
  }

  private static func utf16(_ bytes: [UInt8], _ write: (UInt16) -> [UInt8]) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).utf16.flatMap(write)
  }

  static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          output.unicodeScalars.append(scalar)
        }
      }
    }
    return output + "\""
  }
}

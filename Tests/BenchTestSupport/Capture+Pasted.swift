/// Captures by programs that wrap a log whole or line by line, and by people who paste one.
extension Capture {
  /// Captures of a text that keep every line of it.
  package static let pasted: [Capture] =
    ansible + documents + lists + pages + tables + hosts + onLines

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines = text(bytes).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func list(_ bytes: [UInt8]) -> String {
    "[" + lines(bytes).map { quoted($0) }.joined(separator: ", ") + "]"
  }

  // MARK: - Ansible

  private static let result: @Sendable ([UInt8]) -> String = { bytes in
    "{\"changed\": true, \"cmd\": \"bench\", \"rc\": 0, \"stderr\": \"\", \"stdout\": "
      + quoted(text(bytes)) + ", \"stdout_lines\": " + list(bytes) + "}"
  }

  private static let ansible = [
    Capture("ansible-playbook -v") {
      Array("TASK [bench] ***\nchanged: [node-1] => \(result($0))\n\nPLAY RECAP ***\n".utf8)
    },
    Capture("a failed task") {
      Array("fatal: [node-1]: FAILED! => \(result($0))\n".utf8)
    },
    Capture("a registered variable") { Array("\(result($0))\n".utf8) },
    Capture("ansible -o") {
      Array(
        "node-1 | CHANGED | rc=0 | (stdout) \(text($0).replacingLineFeeds("\\n"))\n".utf8)
    },
    Capture("ansible -m") { Array("node-1 | CHANGED | rc=0 >>\n".utf8) + $0 },
    Capture("Ansible's YAML") { bytes in
      let items = lines(bytes).map { "  - " + yaml($0) }.joined(separator: "\n")
      return Array("ok: [node-1] => \n  out.stdout_lines:\n\(items)\n\nPLAY RECAP ***\n".utf8)
    },
    Capture("Ansible in colour") { bytes in
      let items = lines(bytes).map { "        " + quoted($0) }.joined(separator: ",\n")
      let whole = "ok: [node-1] => {\n    \"out.stdout_lines\": [\n\(items)\n    ]\n}"
      return Array(
        whole.split(separator: "\n").map { "\u{1b}[0;32m\($0)\u{1b}[0m" }.joined(separator: "\n")
          .utf8) + [0x0A]
    },
  ]

  // MARK: - Documents

  private static func document(
    _ name: String, _ make: @escaping @Sendable (String) -> String
  ) -> Capture {
    Capture(name) { Array(make(quoted(text($0))).utf8) }
  }

  private static let documents = [
    document("a ConfigMap") {
      "{\n \"kind\": \"ConfigMap\",\n \"metadata\": {\"name\": \"bench\"},\n \"data\": {\n  \"report.txt\": \($0)\n }\n}\n"
    },
    document("Systems Manager") {
      "{\"InstanceId\": \"i-0abc\", \"Status\": \"Success\", \"StandardOutputContent\": \($0)}\n"
    },
    Capture("Azure's run-command") {
      let message = "Enable succeeded: \n[stdout]\n" + text($0) + "\n[stderr]\n"
      return Array(
        "{\"value\": [{\"code\": \"ProvisioningState/succeeded\", \"message\": \(quoted(message))}]}"
          .utf8)
    },
    document("Salt") { "{\"node-1\": \($0)}\n" },
    document("an answer in an answer") {
      "{\"items\": [{\"status\": {\"deep\": [{\"payload\": {\"body\": \($0)}}]}}]}\n"
    },
    Capture("Splunk") { line, _ in
      "{\"preview\":false,\"result\":{\"_raw\":\(quoted(line)),\"_time\":\"2026-03-01T10:00:00.000+00:00\"}}"
    },
    Capture("Google Cloud") { bytes in
      let items = lines(bytes).map {
        "{\"textPayload\": \(quoted($0)), \"timestamp\": \"2026-03-01T10:00:00Z\"}"
      }
      return Array("[\n\(items.joined(separator: ",\n"))\n]\n".utf8)
    },
    Capture("Elasticsearch") { bytes in
      let hits = lines(bytes).map {
        "{\"_source\": {\"message\": \(quoted($0))}, \"fields\": {\"message\": [\(quoted($0))]}}"
      }
      return Array("{\"hits\": {\"hits\": [\(hits.joined(separator: ", "))]}}\n".utf8)
    },
    Capture("Loki") { bytes in
      let values = lines(bytes).enumerated().map {
        "[\"\(1_772_359_200_000_000_000 + $0.offset)\", \(quoted($0.element))]"
      }
      return Array(
        "{\"data\": {\"result\": [{\"stream\": {\"job\": \"bench\"}, \"values\": [\(values.joined(separator: ","))]}]}}\n"
          .utf8)
    },
    Capture("journalctl -o json") { line, _ in
      "{\"_HOSTNAME\":\"node-1\",\"PRIORITY\":\"6\",\"MESSAGE\":\(quoted(line))}"
    },
    Capture("logfmt") { line, _ in
      "time=\"2026-03-01T10:00:00Z\" level=info msg=\(quoted(line)) job=bench"
    },
  ]

  // MARK: - Lists

  private static let lists = [
    Capture("a list of Python") { bytes in
      Array(("[" + lines(bytes).map { python($0) }.joined(separator: ", ") + "]\n").utf8)
    },
    Capture("lines of Python") { bytes in
      Array(("[" + lines(bytes).map { python($0 + "\n") }.joined(separator: ", ") + "]\n").utf8)
    },
    Capture("a string of Python") { Array((python(text($0)) + "\n").utf8) },
    Capture("a string in JSON") { Array((quoted(text($0)) + "\n").utf8) },
    Capture("a string in JSON twice") { Array((quoted(quoted(text($0))) + "\n").utf8) },
    Capture("strings in lines") { line, _ in "  " + quoted(line) + "," },
    Capture("YAML") { bytes in
      Array("output:\n\(lines(bytes).map { "- " + yaml($0) }.joined(separator: "\n"))\n".utf8)
    },
    Capture("Node.js") { bytes in
      let items = lines(bytes).map { "    " + python($0 + "\n") }
      return Array("{\n  stdout:\n\(items.joined(separator: " +\n"))\n}\n".utf8)
    },
  ]

  // MARK: - Pages

  private static let pages = [
    Capture("quoted code") { line, _ in line.isEmpty ? "" : "- `\(line)`" },
    Capture("bold type") { line, _ in line.hasPrefix("[") ? "**\(line)**" : line },
    Capture("a Markdown list") { line, _ in "- " + line },
    Capture("a Markdown break") { line, _ in line + "\\" },
    Capture("Markdown's escapes") { line, _ in
      line.hasPrefix("[") ? "\\[\(line.dropFirst().prefix(4))\\]\(line.dropFirst(6))" : line
    },
    Capture("HTML") {
      Array("<html><body><pre>\n\(escaped(text($0)))</pre></body></html>\n".utf8)
    },
    Capture("HTML with breaks") { line, _ in escaped(line) + "<br>" },
    Capture("an HTML list") { line, _ in "<li>\(escaped(line))</li>" },
    Capture("coloured marks") { line, _ in
      line.hasPrefix("[")
        ? "<span style=\"color:red\">\(line.prefix(6))</span>\(line.dropFirst(6))" : line
    },
    Capture("HTML on one line") { bytes in
      Array(lines(bytes).map { escaped($0) }.joined(separator: "<br>").utf8) + [0x0A]
    },
    Capture("Confluence's colours") { line, _ in
      line.hasPrefix("[") ? "{color:red}\(line.prefix(6))\(line.dropFirst(6)){color}" : line
    },
    Capture("Confluence's code") {
      Array("{code}\n".utf8) + $0 + Array("{code}\n".utf8)
    },
    Capture("blanks that do not break") { line, _ in line.replacing(" ", with: "\u{A0}") },
    Capture("a dash of a word processor") { line, _ in line.replacing(" - ", with: " \u{2013} ") },
    Capture("full-width brackets") { line, _ in
      line.hasPrefix("[")
        ? "\u{FF3B}\(line.dropFirst().prefix(4))\u{FF3D}\(line.dropFirst(6))" : line
    },
  ]

  // MARK: - Tables

  private static let tables = [
    Capture("CSV with a time") { line, _ in "2026-03-01T10:00:00.123Z,\(csv(line))" },
    Capture("CSV, the line last") { line, _ in "\"2026-03-01T10:00:00Z\",\"bench\",\(csv(line))" },
    Capture("CSV, the line first") { line, _ in "\(csv(line)),\"2026-03-01T10:00:00Z\",\"bench\"" },
    Capture("CSV of the whole") {
      Array("\"_raw\",\"_time\"\n\(csv(text($0))),\"2026-03-01\"\n".utf8)
    },
    Capture("cat -A") { line, _ in line + "$" },
    Capture("cat -n") { line, number in "\(100_000 + number)  " + line },
    Capture("grep -n") { line, number in "bench.log:\(number + 1):" + line },
  ]

  // MARK: - Hosts

  private static let hosts = [
    Capture("kubectl logs --prefix") { line, _ in "[pod/kube-bench-x7k2p/kube-bench] " + line },
    Capture("stern") { line, _ in "kube-bench-x7k2p kube-bench " + line },
    Capture("pdsh") { line, _ in "web-1: " + line },
    Capture("docker service logs") { line, _ in "bench.1.k3v9x2@web-1    | " + line },
    Capture("RFC 5424") { line, _ in "<134>1 2026-03-01T10:00:00Z web-1 bench 42 - - " + line },
    Capture("Fabric") { line, _ in "[web-1] out: " + line },
    Capture("Terraform") { line, _ in "null_resource.web (remote-exec): " + line },
    Capture("kubetail") { line, _ in "[kube-bench-x7k2p] " + line },
    Capture("pssh") { Array("[1] 10:00:07 [SUCCESS] web-1\n".utf8) + $0 },
    Capture("dshbak") { Array("----------------\nweb-1\n----------------\n".utf8) + $0 },
    Capture("tail") { Array("==> /var/log/web-1.log <==\n".utf8) + $0 },
  ]

  // MARK: - One line

  private static let onLines = [
    Capture("one line") { Array((text($0).replacingLineFeeds("\\n") + "\n").utf8) },
    Capture("one line with CR LF") { Array((text($0).replacingLineFeeds("\\r\\n") + "\n").utf8) },
    Capture("a continued shell line") { line, _ in line + " \\" },
    Capture("a code block on the first line") { Array("```".utf8) + $0 + Array("```\n".utf8) },
  ]

  // MARK: - Quoting

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("'", with: "&#39;").replacing("\"", with: "&quot;")
  }

  private static func csv(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func yaml(_ text: String) -> String {
    text.hasPrefix("[") || text.isEmpty || text.contains(where: { ":#{}&*!|>'\"%@`".contains($0) })
      || text.hasPrefix("-") || text.hasPrefix("=")
      ? "'" + text.replacing("'", with: "''") + "'" : text
  }

  private static func python(_ text: String) -> String {
    let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    return quote
      + text.replacing("\\", with: "\\\\").replacing(quote, with: "\\" + quote)
      .replacingLineFeeds("\\n").replacing("\t", with: "\\t") + quote
  }
}

extension String {
  fileprivate func replacingLineFeeds(_ text: String) -> String { replacing("\n", with: text) }
}

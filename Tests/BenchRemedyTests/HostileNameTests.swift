import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing
import Yams

/// Names that somebody else chose.
struct `A hostile name` {
  /// Names that can stand on a line.
  private static let plain = Sample.hostileNames.filter { name in
    !name.isEmpty && name.spelledOut == name
  }

  @Test func `is told apart by its characters`() {
    #expect(Self.plain.count == Sample.hostileNames.count - 9)
    #expect("a\nb\u{202e}\u{0}".spelledOut == "a\\u{a}b\\u{202e}\\u{0}")
  }

  @Test(.enabled(if: Shell.isPresent))
  func `reaches a command as one word`() throws {
    let shell = try Shell()
    let items = Sample.hostileNames.map { Sample.item($0) }
    let snippet = try #require(
      Remedies([
        Sample.failure("container-memory-limit", items: items),
        Sample.failure("container-pids-limit", items: items),
      ]).snippets().only(.containerCommands))
    #expect(try shell.reads(snippet.text))
    #expect(
      try shell.calls(snippet.text)
        == Self.plain.sorted().map { name in
          ["docker", "update", "--pids-limit", "256", "--", name]
        })
    // A limit of memory can stop what runs: a person looks first.
    #expect(snippet.text.contains("# docker update --memory 512m --memory-swap 512m -- 'plain'\n"))
  }

  @Test(.enabled(if: Shell.isPresent))
  func `of a file, a user or a network reaches a command as one word`() throws {
    let shell = try Shell()
    let names = Self.plain.filter { !$0.contains("..") }
    let files = Remedies([
      Sample.failure(
        "files-etc-docker-permissions",
        items: Sample.hostileNames.map { Sample.item("/x/" + $0, .file) })
    ]).snippets().only(.fileCommands)
    let expected = (names + [""]).map { "/x/" + $0 }.sorted()
    #expect(
      try shell.calls(try #require(files).text)
        == expected.map { ["chmod", "755", "--", $0] })
    let certs = Remedies([
      Sample.failure(
        "files-registry-certs-permissions",
        items: Sample.hostileNames.map { Sample.item("/x/" + $0, .file) })
    ]).snippets().only(.fileCommands)
    #expect(
      try shell.calls(try #require(certs).text)
        == expected.map {
          [
            "find", $0, "-type", "f", "-name", "*.crt", "-exec", "chmod", "444", "--", "{}", "+",
          ]
        })
    let users = Remedies([
      Sample.failure(
        "host-docker-group-trusted", items: Sample.hostileNames.map { Sample.item($0, .user) })
    ]).snippets().only(.hostCommands)
    #expect(
      try shell.calls(try #require(users).text)
        == Self.plain.sorted().map { ["gpasswd", "--delete", $0, "docker"] })
    let networks = Remedies([
      Sample.failure(
        "swarm-overlay-encrypted", items: Sample.hostileNames.map { Sample.item($0, .network) })
    ]).snippets().only(.swarmCommands)
    #expect(
      try shell.calls(try #require(networks).text).map(\.last)
        == Self.plain.sorted().map { $0 + "-encrypted" })
  }

  @Test func `is no key and no line of a compose file`() throws {
    let items = Sample.hostileNames.map { Sample.item($0, value: $0) }
    let controls: [ControlID] = [
      "container-memory-limit", "container-no-sensitive-mounts", "container-no-privileged-ports",
    ]
    let snippet = try #require(
      Remedies(controls.map { Sample.failure($0, items: items) }).snippets()
        .only(.composeOverride))
    let root = try #require(
      try Yams.load(yaml: snippet.text) as? [String: [String: [String: String]]])
    #expect(Array(root.keys) == ["services"])
    let safe = ["plain", "null", "1.5", "0x1f", "yes"]
    #expect(root["services"]?.keys.sorted() == safe.sorted())
    #expect(root["services"]?.values.allSatisfy { $0 == ["mem_limit": "512m"] } == true)
    let leftOut = snippet.notes.filter { if case .leftOut = $0 { true } else { false } }
    #expect(leftOut.count == Sample.hostileNames.count - safe.count)
  }

  /// Whatever the kind of snippet, a name stays where it is put.
  @Test func `begins no line of any snippet`() {
    for (fix, controls) in Sample.controls {
      let failures = controls.map { control in
        let kinds = Catalog.embedded.controls.control(control)?.itemKinds ?? []
        return Sample.failure(
          control,
          items: (kinds.isEmpty ? ItemKind.allCases : kinds).flatMap { kind in
            Sample.hostileNames.map { Sample.item($0, kind, value: $0) }
          })
      }
      for snippet in Remedies(failures).snippets() {
        for scalar in snippet.text.unicodeScalars where scalar != "\n" {
          #expect(String(scalar).spelledOut == String(scalar), "\(fix.id)")
        }
        for line in snippet.text.split(separator: "\n") where line.contains("INJECTED") {
          let isOurs =
            switch snippet.kind {
            case .dockerfile, .composeOverride,
              .containerCommands where line.contains("# "):
              true
            case .checklist: line.hasPrefix("    - ")
            default:
              ["docker ", "chmod ", "chown ", "find ", "gpasswd "].contains { line.hasPrefix($0) }
            }
          #expect(isOurs, "\(fix.id) \(snippet.kind): \(line)")
          if snippet.kind == .dockerfile { #expect(line.hasPrefix("# Image"), "\(line)") }
        }
        for note in snippet.notes {
          #expect(note.text.spelledOut == note.text, "\(fix.id)")
        }
      }
    }
  }

  @Test(.enabled(if: Shell.isPresent), arguments: Fixture.texts + Fixture.aquaTexts)
  func `of a real log leaves the shell at peace`(fixture: String) throws {
    let shell = try Shell()
    let failures = try Sample.failures(fixture)
    for snippet in Remedies(failures).snippets() where snippet.language == "sh" {
      #expect(try shell.reads(snippet.text), "\(snippet.text)")
      guard snippet.kind == .containerCommands else { continue }
      let names = Set(failures.flatMap(\.finding.items).map(\.name))
      for call in try shell.calls(snippet.text) where call.contains("update") {
        let name = try #require(call.last)
        #expect(names.contains(name) || names.contains { $0.hasPrefix(name + ".") })
      }
    }
  }
}

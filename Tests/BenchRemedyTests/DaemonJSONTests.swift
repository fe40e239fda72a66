import BenchModel
import BenchTestSupport
import Foundation
import Testing

@testable import BenchRemedy

/// The daemon's configuration.
struct `A daemon.json` {
  /// What a key's value is.
  private enum Kind { case bool, number, string, list, object }

  /// The keys of the daemon on Linux, from the reference of `dockerd` ("Daemon configuration file",
  /// docs.docker.com/reference/cli/dockerd), as of Docker Engine 28.
  private static let known: [String: Kind] = {
    let keys: [(Kind, String)] = [
      (
        .bool,
        """
        allow-direct-routing bridge-accept-fwmark debug experimental icc init ip-forward ip-masq iptables
        ip6tables ipv6 live-restore no-new-privileges raw-logs selinux-enabled tls tlsverify userland-proxy
        """
      ),
      (
        .number,
        "max-concurrent-downloads max-concurrent-uploads max-download-attempts mtu shutdown-timeout"
      ),
      (
        .string,
        """
        bip bip6 bridge cgroup-parent containerd containerd-namespace containerd-plugins-namespace data-root
        default-cgroupns-mode default-gateway default-gateway-v6 default-runtime default-shm-size exec-root
        fixed-cidr fixed-cidr-v6 group host-gateway-ip init-path ip log-driver log-format log-level pidfile
        seccomp-profile storage-driver swarm-default-advertise-addr tlscacert tlscert tlskey
        userland-proxy-path userns-remap
        """
      ),
      (
        .list,
        """
        authorization-plugins default-address-pools dns dns-opts dns-search exec-opts hosts
        insecure-registries labels node-generic-resources registry-mirrors storage-opts
        """
      ),
      (
        .object,
        "builder default-network-opts default-ulimits features log-opts proxies runtimes"
      ),
    ]
    var known: [String: Kind] = [:]
    for (kind, names) in keys {
      for name in names.split(whereSeparator: \.isWhitespace) { known[String(name)] = kind }
    }
    return known
  }()

  private static func expectValid(_ snippet: Snippet, _ comment: Comment) throws {
    let value = try JSONSerialization.jsonObject(with: Data(snippet.text.utf8))
    let object = try #require(value as? [String: Any], comment)
    #expect(!object.isEmpty, comment)
    let parsed = try JSONParser.object(snippet.text.utf8)
    for member in parsed.members {
      let kind: Kind? =
        switch member.value.kind {
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .list
        case .object: .object
        case .null: nil
        }
      #expect(known[member.key] == kind && kind != nil, "\(member.key): \(comment)")
    }
    #expect(snippet.text == parsed.pretty() + "\n", comment)
  }

  @Test func `of every log is valid and has only keys that dockerd knows`() throws {
    var seen = 0
    for fixture in Fixture.texts + Fixture.aquaTexts {
      guard let snippet = Remedies(try Sample.failures(fixture)).snippets().only(.daemonJSON)
      else { continue }
      try Self.expectValid(snippet, "\(fixture)")
      seen += 1
    }
    #expect(seen >= 10)
  }

  @Test(.enabled(if: Corpus.isPresent))
  func `of every log of the collection is valid`() throws {
    var seen: Set<String> = []
    for folder in Corpus.folders {
      guard let log = folder.logs.first else { continue }
      for run in Reading.runs(try folder.bytes(log)) {
        for snippet in Remedies(Sample.failures(run)).snippets() where snippet.kind == .daemonJSON {
          guard seen.insert(snippet.text).inserted else { continue }
          try Self.expectValid(snippet, "\(folder)")
        }
      }
    }
    #expect(seen.count > 5)
  }

  @Test func `of all fixes is valid`() throws {
    let failures = Sample.controls.flatMap(\.controls).map { Sample.failure($0) }
    let notSwarm = failures.filter { $0.finding.control?.hasPrefix("swarm") == false }
    try Self.expectValid(
      try #require(Remedies(notSwarm).snippets().only(.daemonJSON)), "all fixes")
  }

  // MARK: Merging

  private static func merged(
    _ own: String, _ controls: [ControlID]
  ) throws -> Snippet {
    let snippets = Remedies(controls.map { Sample.failure($0) })
      .snippets(merging: try OwnDaemonJSON(own.utf8))
    return try #require(snippets.only(.daemonJSON))
  }

  @Test func `keeps the order and the keys of one's own`() throws {
    let snippet = try Self.merged(
      """
      {"zeta": 1e3, "icc": true, "dns": ["10.0.0.1", "10.0.0.2"], "x-\\u00e9": {"a": [1, {"b": null}], "c": {}}}
      """, ["daemon-live-restore", "daemon-icc-disabled", "daemon-userland-proxy-disabled"])
    #expect(
      snippet.text == """
        {
          "zeta": 1e3,
          "icc": false,
          "dns": ["10.0.0.1", "10.0.0.2"],
          "x-é": {
            "a": [
              1,
              {
                "b": null
              }
            ],
            "c": {}
          },
          "live-restore": true,
          "userland-proxy": false
        }

        """)
    #expect(snippet.notes.contains(.replaced(key: "icc", old: "true")))
    #expect(snippet.title == "Your daemon.json with the fixes merged in")
  }

  @Test func `says what it replaces, keeps and cannot settle`() throws {
    let snippet = try Self.merged(
      """
      {"insecure-registries": ["r.local:5000"], "log-opts": {"max-size": "10m"}, "debug": true,
       "default-ulimits": {"nofile": {"Name": "nofile", "Hard": 9, "Soft": 9}}, "log-level": "info"}
      """,
      [
        "daemon-no-insecure-registries", "daemon-remote-logging", "daemon-default-ulimit",
        "daemon-log-level-info",
      ])
    let notes = snippet.notes
    #expect(notes.contains(.replaced(key: "insecure-registries", old: "[\"r.local:5000\"]")))
    #expect(notes.contains(.conflict(key: "log-opts", with: "log-driver")))
    // The level is what the fix wants already, so it is not its business that debug is on.
    #expect(!notes.contains(.overruled(key: "log-level", by: "debug")))
    #expect(
      notes.contains { if case .kept("default-ulimits.nofile", _, _) = $0 { true } else { false } })
    #expect(snippet.text.contains("\"insecure-registries\": [],"))
    #expect(snippet.text.contains("\"Hard\": 9"))
    #expect(snippet.text.contains("\"max-size\": \"10m\""))
    let other = try Self.merged("{\"debug\": true}", ["daemon-log-level-info"])
    #expect(other.notes.contains(.overruled(key: "log-level", by: "debug")))
  }

  @Test func `is left alone where it has what the fixes want`() throws {
    let own = "{\n  \"live-restore\": true,\n  \"icc\": false\n}\n"
    let snippet = try Self.merged(own, ["daemon-icc-disabled", "daemon-live-restore"])
    #expect(snippet.text == own)
    #expect(
      !snippet.notes.contains {
        if case .replaced = $0 { true } else { false }
      })
    #expect(try Self.merged("", ["daemon-icc-disabled"]).text == "{\n  \"icc\": false\n}\n")
    #expect(
      try Self.merged("\u{FEFF}{}", ["daemon-icc-disabled"]).text == "{\n  \"icc\": false\n}\n")
  }

  @Test func `never loses a key, whatever it has`() throws {
    var generator = SeededGenerator(seed: 11)
    let controls = [
      "daemon-icc-disabled", "daemon-remote-logging", "daemon-default-ulimit",
      "daemon-no-insecure-registries", "daemon-live-restore",
    ]
    for _ in 0..<300 {
      let own = Self.randomObject(&generator, depth: 0)
      let snippet = try Self.merged(own.pretty(), controls)
      _ = try JSONSerialization.jsonObject(with: Data(snippet.text.utf8))
      let merged = try JSONParser.object(snippet.text.utf8)
      #expect(merged.members.prefix(own.members.count).map(\.key) == own.members.map(\.key))
      for member in own.members where merged[member.key] != member.value {
        let isFix = [
          "icc", "log-driver", "default-ulimits", "insecure-registries", "live-restore",
        ].contains(member.key)
        #expect(isFix, "\(member.key)")
        if member.key != "default-ulimits" || member.value.kind != .object {
          #expect(
            snippet.notes.contains(.replaced(key: member.key, old: member.value.compact)),
            "\(member.key)")
        }
      }
      #expect(merged["icc"] == .bool(false) && merged["log-driver"] == .string("journald"))
    }
  }

  private static func randomObject(
    _ generator: inout SeededGenerator, depth: Int
  ) -> JSONValue {
    let names = [
      "icc", "log-driver", "log-opts", "default-ulimits", "insecure-registries", "dns", "hosts",
      "nofile", "a\"b", "c\\d", "\u{202e}e", "データ", "", "f\ng", "live-restore",
    ]
    let keys = names.shuffled(using: &generator).prefix(Int.random(in: 0...6, using: &generator))
    return .object(keys.map { .init(key: $0, value: randomValue(&generator, depth: depth + 1)) })
  }

  private static func randomValue(
    _ generator: inout SeededGenerator, depth: Int
  ) -> JSONValue {
    switch Int.random(in: 0...(depth > 3 ? 4 : 6), using: &generator) {
    case 0: .null
    case 1: .bool(Bool.random(using: &generator))
    case 2:
      .number(
        ["0", "-1", "1.50", "1e3", "123456789012345678901234567890"].randomElement(
          using: &generator) ?? "0")
    case 3, 4: .string(Sample.hostileNames.randomElement(using: &generator) ?? "")
    case 5: randomObject(&generator, depth: depth)
    default:
      .array(
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          randomValue(&generator, depth: depth + 1)
        })
    }
  }

  // MARK: Errors

  @Test(
    arguments: [
      ("{\"a\": 1,}", DaemonJSONError.Kind.unexpected("}"), 1, 9),
      ("{\"a\": 1\n \"b\": 2}", .unexpected("\""), 2, 2),
      ("{\"a\": 1", .unexpectedEnd, 1, 8), ("{\"a", .unexpectedEnd, 1, 4),
      ("[]", .notAnObject, 1, 1), ("\n 7", .notAnObject, 2, 2),
      ("{\"a\": 1, \"a\": 2}", .repeatedKey("a"), 1, 10), ("{\"a\": 01}", .badNumber("01"), 1, 7),
      ("{\"a\": \"\\x\"}", .badEscape, 1, 8), ("{\"a\": \"\\ud800\"}", .badEscape, 1, 8),
      ("{'a': 1}", .unexpected("'"), 1, 2), ("// no\n{}", .unexpected("/"), 1, 1),
      ("{} {}", .unexpected("{"), 1, 4), ("{\"a\": \"b\nc\"}", .unexpected("\n"), 1, 9),
      ("{\"a\": tru}", .unexpected("}"), 1, 10),
    ] as [(String, DaemonJSONError.Kind, Int, Int)])
  func `that is broken is an error that tells the place`(
    text: String, kind: DaemonJSONError.Kind, line: Int, column: Int
  ) {
    #expect(throws: DaemonJSONError(kind, line: line, column: column)) {
      try OwnDaemonJSON(text.utf8)
    }
  }

  @Test func `that is too large, too deep or no text is an error`() {
    func error(_ bytes: [UInt8]) -> DaemonJSONError.Kind? {
      do throws(DaemonJSONError) {
        _ = try OwnDaemonJSON(bytes)
        return nil
      } catch {
        return error.kind
      }
    }
    #expect(error([0x7B, 0xFF, 0x7D]) == .notUTF8)
    #expect(error(Array(repeating: 0x20, count: 1 << 21)) == .tooLarge(limit: 1 << 20))
    #expect(error(Array("{\"a\":\(String(repeating: "[", count: 100_000))".utf8)) == .tooDeep)
  }

  @Test func `of any bytes is read or refused`() throws {
    var generator = SeededGenerator(seed: 3)
    let model = Array(
      "{\"icc\": true, \"a\": [1, -2.5e+3, \"\\ud83d\\ude00 \\n\"], \"b\": {\"c\": null}}".utf8)
    for _ in 0..<2000 {
      var bytes = model
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
      }
      guard let own = try? OwnDaemonJSON(bytes) else { continue }
      #expect(try JSONParser.object(own.value.pretty().utf8) == own.value)
    }
  }
}

import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing

/// Rules, owners and modes.
struct `Files of a host` {
  private static func text(_ failures: [OpenFailure], _ kind: Snippet.Kind) -> String? {
    Remedies(failures).snippets().only(kind)?.text
  }

  @Test func `are watched by rules that follow the grammar`() throws {
    let controls = Sample.controls.filter { $0.fix.kind == "audit-rule" }.flatMap(\.controls)
    #expect(controls.count == 21)
    let text = try #require(Self.text(controls.map { Sample.failure($0) }, .auditRules))
    let lines = text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("## ") == true && lines.dropFirst().first == "-c")
    for line in lines.dropFirst(2) {
      #expect(
        line.wholeMatch(
          of: /-a always,exit -F (path|dir)=\/[a-z0-9.\/-]*[a-z0-9] -F perm=wx?a -F key=docker/)
          != nil, "\(line)")
    }
    #expect(Set(lines).count == lines.count && lines.count == 23)
    #expect(text == Self.text(controls.reversed().map { Sample.failure($0) }, .auditRules))
  }

  @Test func `get owners and modes at the paths of the findings`() {
    let file = { (path: String) in [Sample.item(path, .file)] }
    let text = Self.text(
      [
        Sample.failure(
          "files-docker-service-ownership", items: file("/usr/lib/systemd/system/docker.service")),
        Sample.failure(
          "files-daemon-json-permissions", items: file("/etc/docker/it's $(here).json")),
        Sample.failure("files-registry-certs-permissions", items: file("/etc/docker/certs.d/")),
        Sample.failure("files-etc-docker-permissions", items: file("/etc/docker")),
        Sample.failure(
          "files-registry-certs-ownership", items: file("/etc/docker/certs.d/a/ca.crt")),
        Sample.failure("files-tls-server-key-permissions"),
      ], .fileCommands)
    #expect(
      text == """
        chown root:root -- '/usr/lib/systemd/system/docker.service'
        chmod 755 -- '/etc/docker'
        chown root:root -- '/etc/docker/certs.d/a/ca.crt'
        find '/etc/docker/certs.d/' -type f -name '*.crt' -exec chmod 444 -- {} +
        chmod 400 -- '/etc/docker/server-key.pem'
        chmod 644 -- '/etc/docker/it'\\''s $(here).json'

        """)
  }

  @Test func `of a cluster are found by their patterns`() {
    let text = Self.text(
      [
        "kube-pki-ownership", "kube-pki-key-permissions", "kube-cni-config-permissions",
        "kube-apiserver-manifest-ownership",
      ].map { Sample.failure($0) }, .fileCommands)
    #expect(
      text == """
        find '/etc/kubernetes/manifests' -maxdepth 1 -type f -name '*.yaml' -exec chown root:root -- {} +
        find '/etc/cni/net.d' -maxdepth 1 -type f -exec chmod 600 -- {} +
        chown -R root:root -- '/etc/kubernetes/pki'
        find '/etc/kubernetes/pki' -maxdepth 1 -type f -name '*.key' -exec chmod 600 -- {} +
        find '/etc/kubernetes/pki/etcd' -maxdepth 1 -type f -name '*.key' -exec chmod 600 -- {} +

        """)
  }

  @Test func `are left alone where their names are not safe`() throws {
    let bad = [
      "relative", "/etc/../usr/bin/sudo", "-R", "/", "", "/a\nb", "/a\u{0}", "/a\u{202e}b",
      "//", "/..",
    ]
    let snippets = Remedies([
      Sample.failure(
        "files-etc-docker-permissions",
        items: bad.map { Sample.item($0, .file) } + [Sample.item("/etc/docker", .file)])
    ]).snippets()
    let snippet = try #require(snippets.only(.fileCommands))
    #expect(snippet.text == "chmod 755 -- '/etc/docker'\n")
    let leftOut = snippet.notes.filter { if case .leftOut = $0 { true } else { false } }
    #expect(leftOut.count == bad.count)
    #expect(leftOut.contains(.leftOut(.file, name: "/a\\u{202e}b")))
    #expect(leftOut.allSatisfy { $0.text.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
  }

  @Test func `that are sockets get a drop-in too`() throws {
    let snippets = Remedies(
      ["files-docker-sock-ownership", "files-docker-sock-permissions"].map { Sample.failure($0) }
    ).snippets()
    let dropIns = snippets.filter { $0.kind == .systemdDropIn }
    #expect(
      dropIns.map(\.destination) == ["/etc/systemd/system/docker.socket.d/benchtrail.conf"])
    #expect(
      dropIns.last?.text.hasSuffix(
        "[Socket]\nSocketUser=root\nSocketGroup=docker\nSocketMode=0660\n") == true)
    #expect(snippets.only(.fileCommands)?.fixes == ["own-docker-sock", "mode-docker-sock"])
  }
}

import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing

/// How failures become fixes.
struct `Fixes of open failures` {
  @Test func `close the failures of several controls and hosts`() throws {
    let remedies = Remedies([
      Sample.failure(
        "container-health-checked", host: "b", items: [Sample.item("web"), Sample.item("api")]),
      Sample.failure("image-healthcheck", host: "a", items: [Sample.item("nginx:1", .image)]),
      Sample.failure("container-health-checked", host: "a", items: [Sample.item("web")]),
    ])
    let group = try #require(remedies.groups.first)
    #expect(remedies.groups.count == 1)
    #expect(group.fix.id == "dockerfile-healthcheck")
    #expect(group.controls == ["image-healthcheck", "container-health-checked"])
    #expect(group.hosts == ["a", "b"])
    #expect(group.items.map(\.name) == ["api", "web", "nginx:1"])
    #expect(group.failures.flatMap(\.hosts) == ["a", "a", "b"])
    #expect(group.impacts.count == 2 && group.verifications.count == 2)
  }

  @Test func `count a failure on each host that has it alike`() throws {
    let finding = Sample.failure("container-memory-limit", items: [Sample.item("web")]).finding
    let shared = Remedies([OpenFailure(hosts: ["a", "b", "c"], finding: finding)])
    let each = Remedies(["c", "a", "b"].map { OpenFailure(hosts: [$0], finding: finding) })
    for remedies in [shared, each] {
      let group = try #require(remedies.groups.first)
      #expect(group.failureCount == 3)
      #expect(group.hosts == ["a", "b", "c"])
    }
    #expect(shared.snippets() == each.snippets())
    #expect(shared.snippets().allSatisfy { $0.hosts == ["a", "b", "c"] })
  }

  @Test func `take the worst of their controls`() throws {
    let failures = ["kube-pod-privileged-limited", "kube-pod-policy-control-active"].map {
      Sample.failure($0)
    }
    let group = try #require(Remedies(failures).groups.first)
    let risks = failures.compactMap { $0.finding.control.flatMap { Catalog.embedded.risks[$0] } }
    #expect(group.severity == risks.map(\.severity).max())
    #expect(group.restart == .workload)
    #expect(group.effort == .medium)
    var policy = Policy()
    policy.severities = ["kube-pod-policy-control-active": .critical]
    #expect(Remedies(failures, policy: policy).groups.first?.severity == .critical)
  }

  @Test func `order restarts by what they interrupt`() {
    #expect(Restart.none < .reload && Restart.reload < .container)
    #expect(Restart.container < .daemon && Restart.daemon < .host)
    #expect(Effort.low < .medium && Effort.medium < .high)
    for control in Catalog.embedded.controls.all {
      guard let advice = Catalog.embedded.advice[control.id] else { continue }
      #expect(Restart(rawValue: advice.restart) != nil, "\(control.id)")
      #expect(Effort(rawValue: advice.effort) != nil, "\(control.id)")
    }
  }

  @Test func `never drop a check without a fix`() {
    let failures = [
      Sample.failure("no-such-control"), Sample.failure(nil, id: "9.9"),
      Sample.failure("daemon-icc-disabled"),
    ]
    let remedies = Remedies(failures)
    #expect(remedies.unmapped == Array(failures.prefix(2)))
    #expect(remedies.groups.map(\.fix.id) == ["daemon-icc"])
  }

  @Test func `are in the same order however the failures are`() throws {
    var generator = SeededGenerator(seed: 7)
    let failures =
      try Sample.failures("s1-v1.6.1-log.txt", host: "a")
      + Sample.failures("s6-v1.6.0-log.txt", host: "b")
    let remedies = Remedies(failures)
    let snippets = remedies.snippets()
    #expect(remedies.groups.map(\.severity) == remedies.groups.map(\.severity).sorted(by: >))
    for _ in 0..<3 {
      let other = Remedies(failures.shuffled(using: &generator))
      #expect(other.groups == remedies.groups && other.unmapped == remedies.unmapped)
      #expect(other.snippets() == snippets)
    }
  }

  @Test func `count every failure once`() throws {
    for fixture in Fixture.texts + Fixture.aquaTexts {
      let failures = try Sample.failures(fixture)
      let remedies = Remedies(failures)
      let closed = remedies.groups.flatMap(\.failures) + remedies.unmapped
      #expect(closed.count == failures.count && Set(closed) == Set(failures), "\(fixture)")
    }
  }
}

/// Which texts there are for a fix.
struct `Every fix` {
  @Test func `has a snippet or is in the checklist`() {
    for (fix, controls) in Sample.controls {
      #expect(!controls.isEmpty, "\(fix.id)")
      for items in [[], controls.compactMap { Self.item($0) }] {
        let failures = controls.map { Sample.failure($0, items: items) }
        let snippets = Remedies(failures).snippets()
        #expect(snippets.contains { $0.fixes == [fix.id] && $0.hosts == ["web-1"] }, "\(fix.id)")
        for snippet in snippets {
          #expect(snippet.text.hasSuffix("\n") && !snippet.title.isEmpty, "\(fix.id)")
        }
      }
    }
  }

  /// What a person alone can do; everything else has a text to apply.
  @Test func `is in the checklist only where a person must decide`() {
    let byHand: Set = ["process", "review", "rbac", "image-rebuild", "cloud"]
    for (fix, controls) in Sample.controls {
      let items = controls.compactMap { Self.item($0) }
      let snippets = Remedies(controls.map { Sample.failure($0, items: items) }).snippets()
      let isList = snippets.contains { $0.kind == .checklist }
      let wantsSite = ["registry", "host", "policy"].contains(fix.kind)
      if !wantsSite { #expect(isList == byHand.contains(fix.kind), "\(fix.id)") }
    }
  }

  @Test func `shares a text between hosts that need the same`() throws {
    let failures = ["c", "a", "b"].flatMap { host in
      [
        Sample.failure("daemon-icc-disabled", host: host),
        Sample.failure(
          "container-memory-limit", host: host, items: [Sample.item("web-\(host == "b" ? 1 : 2)")]),
      ]
    }
    let snippets = Remedies(failures).snippets()
    #expect(snippets.only(.daemonJSON)?.hosts == ["a", "b", "c"])
    let commands = snippets.filter { $0.kind == .containerCommands }
    #expect(commands.map(\.hosts) == [["a", "c"], ["b"]])
    #expect(commands.map(\.fileName) == ["containers.sh", "containers-2.sh"])
  }

  @Test func `is made for the largest groups of hosts alone where only so many are wanted`() {
    let failures = ["a", "b", "c", "d"].flatMap { host in
      [
        Sample.failure("daemon-icc-disabled", host: host),
        Sample.failure("swarm-manager-autolock", host: host),
        Sample.failure(
          "container-memory-limit", host: host, items: [Sample.item(host < "c" ? "web" : host)]),
      ]
    }
    let remedies = Remedies(failures)
    let (snippets, lacking) = remedies.snippets(of: nil, merging: nil, most: 1)
    #expect(snippets.only(.daemonJSON)?.hosts == ["a", "b", "c", "d"])
    #expect(snippets.only(.containerCommands)?.hosts == ["a", "b"])
    #expect(lacking == ["c", "d"])
    let all = remedies.snippets(of: nil, merging: nil, most: 3)
    #expect(all.lacking.isEmpty)
    #expect(all.snippets == remedies.snippets())
  }

  @Test func `is left out where others are asked for`() {
    let failures = [
      Sample.failure("daemon-icc-disabled"), Sample.failure("daemon-live-restore"),
      Sample.failure("swarm-manager-autolock"),
    ]
    let snippets = Remedies(failures).snippets(of: ["daemon-icc", "daemon-live-restore"])
    #expect(snippets.map(\.fixes) == [["daemon-icc"], ["daemon-live-restore"]])
    #expect(snippets.first?.notes.contains(.noLiveRestoreOnSwarm) == true)
  }

  @Test func `takes a value from the policy`() throws {
    var policy = Policy()
    policy.fixValues = [
      "run-memory-limit": "1g", "daemon-log-driver": "syslog", "daemon-icc": "perhaps",
      "mode-daemon-json": "600\nrm -rf /", "registry-mirror": "https://mirror.example.com",
      "swarm-cert-expiry": "docker swarm update --cert-expiry 24h; true",
      "kubelet-pod-pids": "4096", "run-drop-capabilities": "NET_RAW",
    ]
    let web = [Sample.item("web")]
    let snippets = Remedies(
      [
        Sample.failure("container-memory-limit", items: web),
        Sample.failure("container-capabilities-restricted", items: web),
        Sample.failure("daemon-remote-logging"), Sample.failure("daemon-icc-disabled"),
        Sample.failure("files-daemon-json-permissions"), Sample.failure("daemon-registry-mirror"),
        Sample.failure("swarm-node-cert-rotation"), Sample.failure("kube-kubelet-pod-pids-limited"),
      ], policy: policy
    ).snippets()
    let commands = try #require(snippets.only(.containerCommands))
    #expect(commands.text.contains("docker update --memory 1g --memory-swap 1g -- 'web'\n"))
    #expect(commands.text.contains("# docker run --cap-drop NET_RAW --memory 1g\n"))
    #expect(
      snippets.only(.daemonJSON)?.text == """
        {
          "icc": false,
          "log-driver": "syslog",
          "registry-mirrors": ["https://mirror.example.com"]
        }

        """)
    #expect(
      snippets.only(.daemonJSON)?.notes.contains(.badValue(fix: "daemon-icc", value: "perhaps"))
        == true)
    #expect(snippets.only(.fileCommands)?.text == "chmod 644 -- '/etc/docker/daemon.json'\n")
    #expect(
      snippets.only(.fileCommands)?.notes
        == [.badValue(fix: "mode-daemon-json", value: "600\\u{a}rm -rf /")])
    #expect(snippets.only(.swarmCommands)?.text.contains("24h") == false)
    #expect(snippets.only(.kubeletConfig)?.text.contains("podPidsLimit: 4096\n") == true)
  }

  /// An item of a kind that a control reports.
  private static func item(_ control: ControlID) -> Item? {
    guard let kind = Catalog.embedded.controls.control(control)?.itemKinds.first else { return nil }
    return Sample.item(kind == .file ? "/etc/some file" : "some-name", kind)
  }
}

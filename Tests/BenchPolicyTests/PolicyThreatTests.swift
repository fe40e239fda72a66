import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchPolicy
import Testing

struct `The threats of a policy` {
  private static let whole = """
    threat-model: extend
    threats:
      - id: stolen-agent-2
        system: docker
        title: |
          A stolen agent
        stride: spoofing
        components: build agent
        description: >
          Somebody takes
          an agent.  They sign.
        controls: [container-no-docker-sock, image-signed-artifacts]
        note: " Why "
    """

  @Test func `are read with all they have`() throws {
    let policy = try PolicyFile(Self.whole).valid()
    #expect(
      policy.threats == [
        Threat(
          id: "stolen-agent-2", system: .docker, title: "A stolen agent", stride: .spoofing,
          components: ["build agent"], description: "Somebody takes an agent. They sign.",
          evidence: Threat.Evidence(
            deciding: ["container-no-docker-sock", "image-signed-artifacts"]), note: "Why")
      ])
    #expect(!policy.replacesThreats)
    #expect(policy.threatModel().threats.count == DefaultThreats.model(.embedded).threats.count + 1)
    #expect(policy.threatModel().threats.last?.id == "stolen-agent-2")
  }

  @Test func `may be the only ones`() throws {
    let text = Self.whole.replacing("extend", with: "replace")
    let policy = try PolicyFile(text).valid()
    #expect(policy.replacesThreats)
    #expect(policy.threatModel().threats.map(\.id) == ["stolen-agent-2"])
  }

  @Test func `may replace a default one`() throws {
    let id = try #require(DefaultThreats.model(.embedded).threats.first).id
    let policy = try PolicyFile(Self.whole.replacing("stolen-agent-2", with: id)).valid()
    #expect(policy.threatModel().threats.count == DefaultThreats.model(.embedded).threats.count)
    #expect(policy.threatModel()[id]?.title == "A stolen agent")
  }

  @Test func `are the default ones without a word`() throws {
    for text in ["", "threats:", "threats: []", "threat-model:", "threat-model: extend"] {
      #expect(try PolicyFile(text).valid().threatModel() == DefaultThreats.model(.embedded))
    }
  }

  private static let wrong: [(change: (String, String), line: Int, kind: PolicyError.Kind)] = [
    (("stolen-agent-2", "Stolen agent"), 3, .badID("Stolen agent")),
    (("stolen-agent-2", "stolen--agent"), 3, .badID("stolen--agent")),
    (("stolen-agent-2", "-agent"), 3, .badID("-agent")),
    (("    system: docker\n", ""), 3, .missingKey("system")),
    (
      ("system: docker", "system: podman"), 4,
      .unknownWord(key: "system", "podman", expected: ["docker", "kubernetes"])
    ),
    (("note: \" Why \"", "node: x"), 13, .unknownKey("node", near: "note")),
    (("note: \" Why \"", "note: ' '"), 13, .blank(key: "note")),
    (("note: \" Why \"", "note: [a]"), 13, .wrongType(key: "note", expected: .text, found: .list)),
    (("build agent", "[]"), 8, .emptyList(key: "components")),
    (("build agent", "[a, a]"), 8, .repeated("a")),
    (("    components: build agent\n", ""), 3, .missingKey("components")),
    (("stride: spoofing", "stride:"), 3, .missingKey("stride")),
    (
      ("stride: spoofing", "stride: [spoofing]"), 7,
      .wrongType(key: "stride", expected: .text, found: .list)
    ),
    (
      ("stride: spoofing", "stride: s"), 7,
      .unknownWord(
        key: "stride", "s",
        expected: ["spoofing", "tampering", "repudiation", "disclosure", "denial", "elevation"])
    ),
    (
      ("controls: [container-no-docker-sock, image-signed-artifacts]", "controls: {a: b}"), 12,
      .wrongType(key: "controls", expected: .textOrList, found: .mapping)
    ),
    (
      ("threat-model: extend", "threat-model: add"), 1,
      .unknownWord(key: "threat-model", "add", expected: ["replace", "extend"])
    ),
  ]

  @Test(arguments: wrong.indices)
  func `are told with line where they are wrong`(number: Int) {
    let (change, line, kind) = Self.wrong[number]
    let file = PolicyFile(Self.whole.replacing(change.0, with: change.1))
    #expect(file.errors.map(\.kind) == [kind])
    #expect(file.errors.map(\.line) == [line])
    // A key that means nothing takes nothing away, nor does what is said beside the list.
    let isRead = kind == .unknownKey("node", near: "note") || line == 1
    #expect(file.policy.threats.isEmpty != isRead)
    #expect(!file.policy.replacesThreats)
  }

  @Test func `are told of controls that do not exist`() {
    let text = Self.whole.replacing("image-signed-artifacts", with: "image-signed-artefacts")
    guard case .unknownControl(let control)? = PolicyFile(text).errors.first?.kind else {
      Issue.record("a control that does not exist was taken")
      return
    }
    #expect(control.near.first == "image-signed-artifacts")
    #expect(PolicyFile(text).policy.threats.isEmpty)
  }

  @Test func `have each id once`() {
    let entry = "- {id: a, system: docker, title: t, stride: denial, components: c, "
    let rest = "description: d, controls: container-memory-limit}\n"
    let file = PolicyFile("threats:\n" + entry + rest + entry + rest)
    #expect(file.errors.map(\.kind) == [.repeated("a")])
    #expect(file.errors.map(\.line) == [3])
    #expect(file.policy.threats.count == 1)
  }

  @Test func `must be there where they replace`() {
    for list in ["", "threats:"] {
      let file = PolicyFile("version: 1\nthreat-model: replace\n" + list)
      #expect(file.errors.map(\.kind) == [.missingKey("threats")])
      #expect(file.errors.map(\.line) == [2])
    }
    let file = PolicyFile("threat-model: replace\nthreats: []")
    #expect(file.errors.map(\.kind) == [.emptyList(key: "threats")])
    #expect(file.errors.map(\.line) == [2])
  }

  @Test func `must be mappings in a list`() {
    #expect(
      PolicyFile("threats: {id: a}").errors.map(\.kind)
        == [.wrongType(key: "threats", expected: .list, found: .mapping)])
    #expect(
      PolicyFile("threats: [a]").errors.map(\.kind)
        == [.wrongType(key: "threats", expected: .mapping, found: .text("a"))])
  }

  // MARK: What a threat may say besides

  private static let decided = """
    threats:
      - id: port
        system: docker
        title: A port
        stride: spoofing
        severity: critical
        core: true
        components: [daemon, port]
        description: Somebody calls.
        condition:
          says: The daemon  listens
          shown: [daemon-tls-auth pass, daemon-tls-auth fail]
          refuted: daemon-tls-auth notApplicable docker-bench-security
        deciding: daemon-tls-auth
        deciding-where-checked: [daemon-no-extra-listener]
        supporting: [daemon-authz-plugin]
        mitigating: [daemon-rootless]
        countermeasure: Ask for
          certificates.
        techniques: [T1133, T1552.001]
        sources: [poulton, judgement]
    """

  @Test func `say what decides them`() throws {
    let threat = try #require(try PolicyFile(Self.decided).valid().threats.first)
    #expect(
      threat
        == Threat(
          id: "port", system: .docker, title: "A port", stride: .spoofing, severity: .critical,
          isCore: true, components: ["daemon", "port"], description: "Somebody calls.",
          condition: Threat.Condition(
            says: "The daemon listens",
            shown: [.init("daemon-tls-auth", .pass), .init("daemon-tls-auth", .fail)],
            refuted: [.init("daemon-tls-auth", .notApplicable, by: .dockerBenchSecurity)]),
          evidence: Threat.Evidence(
            deciding: ["daemon-tls-auth"], decidingWhereChecked: ["daemon-no-extra-listener"],
            supporting: ["daemon-authz-plugin"], mitigating: ["daemon-rootless"]),
          countermeasure: "Ask for certificates.", techniques: ["T1133", "T1552.001"],
          sources: ["poulton", "judgement"]))
  }

  private static let wronglyDecided: [(change: (String, String), kind: PolicyError.Kind)] = [
    (
      ("deciding: daemon-tls-auth", "controls: daemon-tls-auth\n    deciding: daemon-icc-disabled"),
      .eitherKey("controls", "deciding")
    ),
    (
      ("supporting: [daemon-authz-plugin]", "supporting: [daemon-rootless]"),
      .repeated("daemon-rootless")
    ),
    (("daemon-tls-auth pass,", "daemon-tls-auth,"), .badSign("daemon-tls-auth")),
    (
      ("daemon-tls-auth pass,", "daemon-tls-auth warn,"),
      .unknownWord(
        key: "shown", "warn", expected: ["pass", "fail", "manual", "info", "notApplicable"])
    ),
    (("says: The daemon  listens", "saying: x"), .missingKey("says")),
    (("T1552.001", "T1552.1"), .badTechnique("T1552.1")),
    (("T1552.001", "1552"), .badTechnique("1552")),
    (
      ("notApplicable docker-bench-security", "notApplicable trivy"),
      .unknownWord(
        key: "refuted", "trivy", expected: ["docker-bench-security", "docker-bench", "kube-bench"])
    ),
    (
      ("core: true", "core: perhaps"),
      .wrongType(key: "core", expected: .boolean, found: .text("perhaps"))
    ),
    (
      ("severity: critical", "severity: dire"),
      .unknownWord(key: "severity", "dire", expected: ["critical", "high", "medium", "low"])
    ),
    (("core: true", "hide: true"), .noDefaultThreat("port")),
  ]

  @Test(arguments: wronglyDecided.indices)
  func `are told where what decides them is wrong`(number: Int) {
    let (change, kind) = Self.wronglyDecided[number]
    let file = PolicyFile(Self.decided.replacing(change.0, with: change.1))
    #expect(file.errors.contains { $0.kind == kind }, "\(file.errors.map(\.kind))")
    #expect(file.policy.threats.isEmpty)
  }

  @Test func `may word a default one otherwise, and keep the rest`() throws {
    let old = try #require(
      DefaultThreats.model(.embedded).threats.first { $0.condition != nil })
    let model = try PolicyFile(
      "threats: [{id: \(old.id), title: Ours, countermeasure: Ask us.}]"
    ).valid().threatModel()
    var new = old
    (new.title, new.countermeasure) = ("Ours", "Ask us.")
    #expect(model[old.id] == new)
    #expect(model.threats.count == DefaultThreats.model(.embedded).threats.count)
    // What decides it is changed as a whole.
    let decided = try PolicyFile(
      "threats: [{id: \(old.id), controls: daemon-icc-disabled}]"
    ).valid().threatModel()[old.id]
    #expect(decided?.evidence == Threat.Evidence(deciding: ["daemon-icc-disabled"]))
    #expect(decided?.condition == nil)
    #expect(decided?.title == old.title)
  }

  @Test func `may hide a default one`() throws {
    let old = try #require(DefaultThreats.model(.embedded).threats.first)
    let policy = try PolicyFile("threats: [{id: \(old.id), hide: true}]").valid()
    #expect(policy.threatModel()[old.id] == nil)
    #expect(
      policy.threatModel().threats == Array(DefaultThreats.model(.embedded).threats.dropFirst()))
    let file = PolicyFile("threats: [{id: \(old.id), hide: true, title: x}]")
    #expect(file.errors.map(\.kind) == [.besideHide(key: "title")])
    #expect(file.policy.hiddenThreats.isEmpty)
  }
}

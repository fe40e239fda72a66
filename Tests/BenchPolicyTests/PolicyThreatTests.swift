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
          controls: ["container-no-docker-sock", "image-signed-artifacts"], note: "Why")
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
}

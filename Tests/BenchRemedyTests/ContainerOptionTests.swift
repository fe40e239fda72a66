import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing
import Yams

/// Options of containers as compose files and commands spell them.
struct `Options of containers` {
  private static let task = "shop_web.1.abcdefghijklmnopqrstuvwxy"

  private static func snippets(_ options: [(ControlID, [Item])]) -> [Snippet] {
    Remedies(options.map { Sample.failure($0.0, items: $0.1) }).snippets()
  }

  private static func services(_ snippet: Snippet?) throws -> Node.Mapping {
    let text = try #require(snippet?.text)
    let root = try #require(try Yams.compose(yaml: text)?.mapping, "\(text)")
    #expect(root.keys.map(\.string) == ["services"])
    return try #require(root["services"]?.mapping)
  }

  @Test(arguments: [1_100, 70_000])
  func `of a long name stands under a key that is announced`(length: Int) throws {
    let long = String(repeating: "a", count: length)
    let snippets = Self.snippets([
      ("container-memory-limit", [Sample.item(long), Sample.item("web")]),
      ("container-no-sensitive-mounts", [Sample.item("b" + long, value: "/etc")]),
    ])
    let services = try Self.services(snippets.only(.composeOverride))
    #expect(services.keys.map(\.string) == [long, "b" + long, "web"])
    #expect(services[Node(long)]?["mem_limit"]?.string == "512m")
  }

  @Test func `are an override that has what fails, and nothing else`() throws {
    let (api, web) = (Sample.item("api"), Sample.item("web"))
    let snippets = Self.snippets([
      ("container-memory-limit", [web, api]), ("container-pids-limit", [web]),
      ("container-cpu-limit", [web]), ("container-restart-policy-bounded", [web]),
      ("container-readonly-rootfs", [web]), ("container-no-new-privileges", [web]),
      ("container-apparmor", [web]), ("container-capabilities-restricted", [web]),
      ("container-ulimit-override", [web]), ("container-no-privileged", [web]),
      ("container-no-host-pid", [web]), ("container-no-host-ipc", [web]),
      ("container-no-host-network", [api]), ("container-no-docker-sock", [api]),
      (
        "container-no-sensitive-mounts",
        [Sample.item("db", value: "/etc"), Sample.item("db", value: "/")]
      ),
    ])
    let services = try Self.services(snippets.only(.composeOverride))
    #expect(services.keys.map(\.string) == ["api", "db", "web"])
    let own = try #require(services["web"]?.mapping)
    #expect(
      Set(own.keys.map(\.string)) == [
        "mem_limit", "pids_limit", "cpu_shares", "restart", "read_only", "security_opt", "cap_drop",
        "ulimits", "privileged", "pid", "ipc",
      ])
    #expect(own["mem_limit"]?.string == "512m" && own["pids_limit"]?.int == 256)
    #expect(own["cpu_shares"]?.int == 512 && own["restart"]?.string == "on-failure:5")
    #expect(own["read_only"]?.bool == true && own["privileged"]?.bool == false)
    #expect(
      own["security_opt"]?.array().map(\.string) == [
        "apparmor=docker-default", "no-new-privileges=true",
      ])
    #expect(own["cap_drop"]?.array().map(\.string) == ["ALL"])
    #expect(own["ulimits"]?["nofile"]?["soft"]?.int == 64000)
    #expect(own["ipc"]?.string == "private")
    #expect(own["pid"]?.tag.description == "!reset" && own["pid"]?.string == "null")
    let other = try #require(services["api"]?.mapping)
    #expect(Set(other.keys.map(\.string)) == ["mem_limit", "network_mode"])
    #expect(services["db"]?.mapping?.isEmpty == true)
    let text = try #require(snippets.only(.composeOverride)?.text)
    #expect(
      text.contains("    # Take host system directories out of the container (now: /, /etc)\n"))
    #expect(text.contains("    # Take the Docker socket out of the container\n"))
  }

  @Test func `choose between AppArmor and SELinux by the host`() throws {
    let web = [Sample.item("web")]
    let snippets = Self.snippets([("container-apparmor", web), ("container-selinux", web)])
    let services = try Self.services(snippets.only(.composeOverride))
    #expect(services["web"]?.mapping?.isEmpty == true)
    let commands = try #require(snippets.only(.containerCommands))
    #expect(
      commands.text.hasSuffix(
        """
        # Container 'web'
        # on hosts that have it: --security-opt apparmor=docker-default
        # on hosts that have it: --security-opt label=type:container_t

        """))
    #expect(commands.notes.contains(.chooseByHost("run-apparmor", "run-selinux")))
    #expect(commands.fixes == ["run-apparmor", "run-selinux"])
  }

  @Test func `of a swarm's task are those of its service`() throws {
    let items = [Sample.item(Self.task), Sample.item("shop_web.2.abcdefghijklmnopqrstuvwxz")]
    let snippets = Self.snippets([
      ("container-memory-limit", items), ("container-restart-policy-bounded", items),
      ("container-no-host-pid", items),
    ])
    #expect(snippets.only(.composeOverride) == nil)
    let commands = try #require(snippets.only(.containerCommands))
    #expect(
      commands.text.hasSuffix(
        """


        # Service 'shop_web' of the swarm, on a manager
        docker service update --limit-memory 512m --restart-condition on-failure --restart-max-attempts 5 -- 'shop_web'
        # Give the container a PID namespace of its own

        """))
    #expect(commands.notes.contains(.swarmTask(container: Self.task, service: "shop_web")))
  }

  @Test func `of no container are in the checklist`() throws {
    let snippets = Self.snippets([
      ("container-memory-limit", []), ("container-pids-limit", [Sample.item("a\nb")]),
    ])
    #expect(snippets.map(\.kind) == [.checklist])
    #expect(snippets.first?.fixes == ["run-memory-limit", "run-pids-limit"])
    #expect(snippets.first?.text.contains("    - container a\\u{a}b\n") == true)
  }

  @Test(arguments: ["s1-v1.6.1-log.txt", "s5-v1.6.0-stdout.txt", "s6-v1.6.0-log.txt"])
  func `of a log are valid YAML with known keys`(fixture: String) throws {
    let known: Set = [
      "cap_drop", "cgroup_parent", "cpu_shares", "ipc", "mem_limit", "network_mode", "pid",
      "pids_limit", "privileged", "read_only", "restart", "security_opt", "ulimits", "userns_mode",
      "uts",
    ]
    let failures = try Sample.failures(fixture)
    guard let snippet = Remedies(failures).snippets().only(.composeOverride) else { return }
    let containers = Set(
      failures.flatMap(\.finding.items).filter { $0.kind == .container }.map(\.name))
    for (key, service) in try Self.services(snippet) {
      #expect(containers.contains(try #require(key.string)))
      for (option, value) in try #require(service.mapping) {
        #expect(known.contains(try #require(option.string)))
        #expect(value.tag.description == "!reset" || value.string != "null")
      }
    }
  }
}

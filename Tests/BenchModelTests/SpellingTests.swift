import BenchModel
import Testing

struct `A name that does not exist` {
  private static let commands = [
    "import", "hosts", "runs", "show", "compare", "top", "db", "policy", "export", "report",
  ]

  @Test(arguments: [
    ("improt", ["import"]), ("imports", ["import"]), ("mport", ["import"]), ("IMPORT", ["import"]),
    ("shwo", ["show"]), ("hoss", ["hosts"]), ("comp", ["compare"]), ("repot", ["report"]),
    ("d", ["db"]), ("xyz", []), ("", []), ("frobnicate", []), ("toq", ["top"]),
  ])
  func `is near to those that are spelt nearly so`(name: String, near: [String]) {
    #expect(Spelling.closest(to: name, in: Self.commands) == near)
  }

  @Test func `is nearest to the one with the fewest keystrokes between`() {
    let hosts = ["web-2", "web-1", "db-1", "web-3"]
    #expect(Spelling.closest(to: "web-11", in: hosts) == ["web-1"])
    #expect(Spelling.nearest(to: "web-11", in: hosts) == ["web-1", "web-2", "web-3"])
    #expect(Spelling.closest(to: "web-4", in: hosts) == ["web-1", "web-2", "web-3"])
    #expect(Spelling.closest(to: "web-4", in: hosts, most: 2) == ["web-1", "web-2"])
    #expect(Spelling.closest(to: "Web-1", in: ["WEB-1", "web-2"]) == ["WEB-1"])
  }

  @Test func `shares words with others`() {
    let controls = ["daemon-icc-disabled", "daemon-tls-auth", "image-user-created"]
    #expect(Spelling.sharing("icc-disabled-daemon", in: controls) == ["daemon-icc-disabled"])
    #expect(Spelling.sharing("tls", in: controls) == ["daemon-tls-auth"])
    #expect(Spelling.sharing("daemon-nothing", in: controls).isEmpty)
    #expect(Spelling.sharing("", in: controls).isEmpty)
  }

  @Test func `may be of any length`() {
    #expect(Spelling.closest(to: String(repeating: "a", count: 100_000), in: ["aaaa"]).isEmpty)
  }
}

import BenchInput
import Testing

struct `A host pattern` {
  @Test(
    arguments: [
      ("logs/{host}/*.log", "logs/web-1/bench.log", "web-1"),
      ("logs/{host}/*.log", "/var/logs/web-1/bench.log", "web-1"),
      ("logs/{host}/*.log", "mylogs/web-1/bench.log", nil),
      ("logs/{host}/*.log", "logs/web-1/old/bench.log", nil),
      ("logs/{host}/*.log", "logs/web-1/bench.txt", nil),
      ("logs/{host}/**", "logs/web-1/2026/11/bench.txt", "web-1"),
      ("{host}.log", "web-1.log", "web-1"), ("{host}.log", "a/b/web-1.log", "web-1"),
      ("{host}.log", ".log", nil), ("{host}.log", "web-1.log.gz", nil),
      ("{host}-*.log", "web-2026.log", "web"), ("{host}_2026.log", "web_1_2026.log", "web_1"),
      ("/srv/{host}/log", "/srv/db/log", "db"), ("/srv/{host}/log", "srv/db/log", nil),
      ("**/{host}/log.txt", "a/b/c/log.txt", "c"), ("{host}", "a/b", "b"),
      ("{host}/log", "log", nil),
      ("logs/{host}.log", "logs/ünï.log", "ünï"), ("l*/{host}/x", "logs/h/x", "h"),
      ("{host}/{date}/x", "h/{date}/x", "h"),
    ] as [(String, String, String?)])
  func `tells the host of a path`(pattern: String, path: String, host: String?) throws {
    #expect(try #require(HostPattern(pattern)).host(in: path) == host)
  }

  @Test(.timeLimit(.minutes(1)))
  func `takes no longer where somebody wants it to`() throws {
    for stars in ["*", "**", "*a", "**/", "?*a"] {
      let pattern = try #require(
        HostPattern("{host}/*.log" + String(repeating: stars, count: 400) + "g"))
      for text in ["a", "/a", "/"] {
        #expect(pattern.host(in: "l/a.log" + String(repeating: text, count: 2_000)) == nil)
      }
    }
  }

  @Test(arguments: ["", "*.log", "{host}/{host}", "{hosts}.log", "host", "{host"])
  func `has the host once`(pattern: String) {
    #expect(HostPattern(pattern) == nil)
  }
}

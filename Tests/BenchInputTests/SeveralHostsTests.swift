import BenchInput
import Testing

struct `Paths of logs` {
  /// A line for each case: the pattern that is expected, and the paths.
  private static let several = """
    logs/{host}/*                       logs/web-1/x.log logs/web-2/x.log
    logs/{host}/**                      logs/web-1/a/x.log logs/db-1/x.log
    logs/{host}/*                       logs/bench.log logs/web-1/x.log logs/web-2/x.log
    ./{host}/*                          ./web-1/x.log ./web-2/x.log
    /srv/logs/{host}/*                  /srv/logs/web-1/x.log /srv/logs/web-2/x.log
    logs/{host}/*                       logs/mon-1/x.log logs/mon-2/x.log
    logs/{host}/*                       logs/prod/x.log logs/staging/x.log
    logs/{host}/*                       logs/10.0.0.1/x.log logs/10.0.0.2/x.log
    samples/{host}/*                    samples/db-1/1-v1.1.0.log samples/node-1/1-kube-bench.txt
    {host}.log                          web-1.log web-2.log
    logs/{host}.log                     logs/web-1.log logs/db-1.log
    logs/{host}.*                       logs/web-1.log logs/db-1.json
    logs/{host}.json                    logs/node-1.json logs/node-2.json
    logs/{host}                         logs/web1 logs/web2 logs/web3
    logs/{host}.log                     logs/web-1.example.com.log logs/db-1.example.com.log
    logs/{host}.log                     logs/10.0.0.1.log logs/10.0.0.2.log
    logs/{host}.log                     logs/ip-10-0-0-1.log logs/ip-10-0-0-2.log
    logs/{host}.log                     logs/i-0abc12345def.log logs/i-0abc12345fff.log
    logs/{host}.log*                    logs/web-1.log logs/web-1.log.1 logs/web-1.log.2.gz logs/db-1.log
    logs/docker-bench-{host}.log        logs/docker-bench-web-1.log logs/docker-bench-db-1.log
    logs/docker-bench_{host}_*.log      logs/docker-bench_web-1_20261101.log logs/docker-bench_web-2_20261102.log
    logs/{host}-20*.log                 logs/web-1-2026-11-01.log logs/web-1-2026-11-02.log logs/db-1-2026-11-01.log
    logs/*-{host}.log                   logs/1-web-1.log logs/2-db-1.log
    logs/*/{host}.log                   logs/2026-11-01/web-1.log logs/2026-11-01/db-1.log logs/2026-11-02/web-1.log
    """

  private static let one = """
    logs/docker-bench.log logs/kube-bench.log
    logs/docker-bench-2026-11-01.log logs/docker-bench-2026-11-02.log logs/bench.log.1 logs/bench.log.gz
    logs/bench-20261101T030405Z.log logs/bench-20261102T030405Z.log.gz
    logs/23-Nov-2026.log logs/24-Nov-2026.log
    logs/bench.2026-W48.log logs/bench.2026-W49.log
    logs/bench-1795403847.log logs/bench-1795403999.log
    logs/docker-bench-519f20b.log logs/docker-bench-fa9b227.log
    logs/web-1-2026-11-01.log logs/web-1-2026-11-02T03:00:00Z.log
    logs/WEB-1.log logs/web-1.txt logs/web-1.log.2.gz
    logs/1.log logs/2.log logs/10.log
    logs/mon.log logs/tue.log logs/sun.log
    logs/kube-bench-master.json logs/kube-bench-node.json logs/etcd.json
    logs/pre-hardening.txt logs/post-hardening.txt
    logs/docker-bench.log logs/docker-bench-prod.log
    logs/bench.log logs/web-1/x.log
    logs/2026-11-01/bench.log logs/2026-11-02/bench.log
    logs/run1/x.log logs/run2/x.log
    logs/before/x.log logs/after/x.log
    logs/docker/x.log logs/kube/x.log
    logs/v1.6.0/x.log logs/v1.6.1/x.log
    /var/log/docker-bench.log /opt/kube-bench/results.txt
    samples/db-1/1-v1.1.0.log samples/db-1/2-compose.log.gz
    samples/web-2/1-docker-bench-security.log.json samples/web-2/2-console.txt
    logs/web-1.log
    """

  private static func words(_ line: Substring) -> [String] {
    line.split(separator: " ").map(String.init)
  }

  @Test(arguments: several.split(separator: "\n"))
  func `of several hosts have the pattern that fits`(line: Substring) throws {
    let words = Self.words(line)
    let found = try #require(SeveralHosts(Array(words.dropFirst())), "\(line)")
    #expect(found.pattern == words[0])
  }

  @Test(arguments: one.split(separator: "\n"))
  func `of one host are no reason to ask`(line: Substring) {
    #expect(SeveralHosts(Self.words(line)) == nil)
  }

  @Test func `of several hosts are named, each once`() {
    let paths = ["web-1/a", "web-1/b", "web-2/a", "db/1"].map { "logs/" + $0 }
    let folders = SeveralHosts(paths)
    #expect(folders?.places == ["logs/web-1", "logs/web-2", "logs/db"])
    #expect(folders?.areFolders == true)
    let files = SeveralHosts(["logs/web-1.log", "logs/web-1.log.1", "logs/db.log"])
    #expect(files?.places == ["logs/web-1.log", "logs/db.log"])
    #expect(files?.areFolders == false)
  }

  @Test func `that no pattern fits have none`() {
    // Two names of what counts as one host: no pattern takes one from both.
    #expect(SeveralHosts(["web-1-eu.log", "web-1-bench-eu.log", "db.log"])?.pattern == nil)
    #expect(SeveralHosts([]) == nil)
    #expect(SeveralHosts(["", "/", "//"]) == nil)
  }
}

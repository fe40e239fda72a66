import BenchHistory
import BenchModel
import BenchTestSupport

/// The runs of one host that chance makes: three tools of two systems, editions that come and go, parts of runs, scopes,
/// starts that tie, and checks that no edition knows.
struct RandomHistory {
  /// The runs, in no order.
  private(set) var past = Past()

  private static let releases = [
    Example.release("1.0.0@18d5a13", edition: "e01-cis1.6"),
    Example.release("v1.6.0", edition: "e10-cis1.5.0"), Example.release(),
    Example.release("cis-1.2", edition: "cis-1.2", tool: .aquaDockerBench),
    Example.release("cis-1.9", edition: "cis-1.9", tool: .kubeBench),
    Example.release("cis-1.10", edition: "cis-1.10", tool: .kubeBench),
  ]
  /// Some are in one edition only, some have items, some are judged by other criteria in other versions.
  private static let docker = [
    "host-kernel-current", "container-no-privileged", "container-no-privileged-ports",
    "image-healthcheck", "daemon-live-restore", "host-partition",
  ]
  private static let kubernetes = [
    "kube-apiserver-anonymous-auth-disabled", "kube-kubelet-client-ca-set",
  ]
  private static let scopes = ["", "", "include=web", "exclude=db", "include=api"]

  /// Makes a history of up to a dozen runs.
  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for number in 1...Int.random(in: 1...12, using: &generator) {
      let release = Self.releases.randomElement(using: &generator) ?? Example.release()
      let controls = release.tool.system == .docker ? Self.docker : Self.kubernetes
      let scope =
        release.tool == .dockerBenchSecurity
        ? Example.scope(Self.scopes.randomElement(using: &generator) ?? "") : .whole
      var findings: [Finding] = []
      for (place, control) in (controls + ["9.1", "9.2"]).enumerated()
      where Int.random(in: 0...4, using: &generator) > 0 {
        let outcome = Outcome(rawValue: UInt8.random(in: 0...4, using: &generator)) ?? .fail
        let isFailure = outcome == .fail || Bool.random(using: &generator)
        // A run names nothing that it was told to leave out.
        let items = ["web", "db", "api"].map { Example.container($0) }.filter {
          scope.covers($0) && Bool.random(using: &generator)
        }
        findings.append(
          Example.finding(
            place < controls.count ? control : nil, isFailure ? .fail : outcome,
            id: place < controls.count ? "1.\(place)" : control,
            items: isFailure ? items : []))
      }
      past.add(
        id: Int64(number),
        order: RunOrder(
          startedAt: Past.day(Int64.random(in: 0...6, using: &generator)),
          nanoseconds: Int.random(in: 0...1, using: &generator), sequence: Int64(number)),
        host: "web-1", findings: findings, release: release,
        scope: scope,
        isComplete: Int.random(in: 0...3, using: &generator) > 0)
    }
  }
}

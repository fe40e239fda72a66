import BenchHistory
import BenchCatalog
import BenchInput
import BenchModel
import BenchParsing
import BenchStorage

/// Makes a database of many hosts with a run a day each, from the runs of real logs.
///
/// `make-fleet DB HOSTS DAYS LOG...`: a host begins with one of the logs' runs, and each day each section of its run
/// changes with a probability of one in a hundred: a finding turns from fail to pass or back, or an item comes or goes.
/// The numbers are drawn from a fixed seed, so that two databases are alike.
@main
struct MakeFleet {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var changed = 0
  private static let start: Int64 = 1_767_225_600
  private static let changeIn = 100

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 4, let hosts = Int(arguments[2]), let days = Int(arguments[3]) else {
      print("usage: make-fleet DB HOSTS DAYS LOG...")
      return
    }
    var fleet = MakeFleet()
    try fleet.make(arguments[1], hosts: hosts, days: days, logs: Array(arguments[4...]))
  }

  private mutating func make(_ path: String, hosts: Int, days: Int, logs: [String]) throws {
    let models = try logs.flatMap(Self.runs)
    guard !models.isEmpty else { return }
    let store = try RunStore(path: path, create: true, .embedded)
    // What is known of hosts is kept from the first run on.
    _ = try store.write { writer in
      try writer.renew(as: Catalog.embedded.understanding, progress: { _ in }) { _ in [] }
    }
    for first in stride(from: 0, to: hosts, by: 500) {
      try store.write { writer in
        for host in first..<min(first + 500, hosts) {
          var run = models[host % models.count]
          run.host = "host-\(host)"
          for day in 0..<days {
            run.startedAt = Self.start + Int64(day) * 86_400 + Int64(host % 3_600)
            if day > 0 { change(&run) }
            _ = try writer.store(
              run, path: "\(run.host)/\(day).log", labels: [], importedAt: run.startedAt)
          }
        }
      }
    }
    print("\(hosts * days) runs, \(changed) changed sections")
  }

  private static func runs(_ path: String) throws -> [Run] {
    let normalizer = Normalizer(catalog: .embedded)
    var reader = LogReader()
    var parsed: [ParsedRun] = []
    _ = try LogFile(path: path).read { parsed += reader.read($0) }
    parsed += reader.finish()
    return parsed.map {
      normalizer.normalize($0, RunContext(host: "", fallbackTime: start, fallbackSource: .given)).0
    }
  }

  private mutating func change(_ run: inout Run) {
    for section in Set(run.findings.map(\.section)).sorted() where next(Self.changeIn) == 0 {
      let places = run.findings.indices.filter { run.findings[$0].section == section }
      let place = places[next(places.count)]
      changed += 1
      switch run.findings[place].outcome {
      case .fail where !run.findings[place].items.isEmpty && next(2) == 0:
        let name = "service-\(next(100_000))"
        run.findings[place].items.append(
          Item(kind: run.findings[place].items[0].kind, name: name, stableName: name))
      case .fail:
        run.findings[place].outcome = .pass
        run.findings[place].printed = .pass
        run.findings[place].items = []
        run.findings[place].details = []
      default:
        run.findings[place].outcome = .fail
        run.findings[place].printed = .warn
      }
    }
  }

  /// The next number below a bound, by SplitMix64.
  private mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(max(bound, 1)))
  }
}

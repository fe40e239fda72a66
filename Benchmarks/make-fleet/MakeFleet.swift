import BenchCatalog
import BenchInput
import BenchModel
import BenchParsing
import BenchService
import BenchStorage
import Foundation

/// Makes a database of many hosts with a run a day each, by importing logs made from real ones.
///
/// `make-fleet DB HOSTS DAYS LOG...`: a host begins with the first run of one of the logs, and each day each section of
/// its log changes with a probability of one in a hundred: a check turns from WARN to PASS or back, or an item comes. The
/// logs are written beside the database, some hosts at a time, imported with their evidence, and removed. The numbers are
/// drawn from a fixed seed, so that two databases are alike.
@main
struct MakeFleet {
  private var random = Random()
  private var changed = 0
  private var bytes = 0
  private static let start: Int64 = 1_767_225_600
  private static let changeIn = 100
  /// Hosts whose logs are on the disk at a time.
  private static let batch = 50

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
    let models = try logs.compactMap(LogText.init(firstRunOf:))
    guard !models.isEmpty, let pattern = HostPattern("logs/{host}.log") else { return }
    let store = try RunStore(path: path, create: true, .embedded)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: "logs")
    defer { try? FileManager.default.removeItem(at: folder) }
    for first in stride(from: 0, to: hosts, by: Self.batch) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for host in first..<min(first + Self.batch, hosts) {
        let log = log(of: host, days: days, models[host % models.count])
        bytes += log.count
        try log.write(to: folder.appending(path: "host-\(host).log"))
      }
      let reading = LogReading(
        LogFiles.entries([folder.path]), hosts: .pattern(pattern),
        now: Self.start + Int64(days) * 86_400, .embedded)
      let result = try ImportLogs(reading).run(into: store)
      if result.isRefused { print(result.notices) }
      try FileManager.default.removeItem(at: folder)
    }
    print("\(hosts * days) runs, \(changed) changed sections, \(bytes / 1_000_000) MB of logs")
  }

  private mutating func log(of host: Int, days: Int, _ model: LogText) -> Data {
    var text = model
    var log = Data()
    for day in 0..<days {
      if day > 0 {
        for section in text.sections where random.next(Self.changeIn) == 0 {
          changed += 1
          text.change(section, &random)
        }
      }
      let time = Self.start + Int64(day) * 86_400 + Int64(host % 3_600)
      log.append(contentsOf: text.bytes(at: time))
    }
    return log
  }
}

/// Numbers by SplitMix64.
struct Random {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The next number below a bound.
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ (word >> 31)) % UInt64(max(bound, 1)))
  }
}

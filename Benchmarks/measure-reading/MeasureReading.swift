import BenchInput
import BenchModel
import BenchParsing

/// Reads one log to parsed runs and prints what was read, and how fast.
///
/// `make bench` runs it in turn with `grep -c` on the same file.
@main
struct MeasureReading {
  static func main() throws {
    let path = CommandLine.arguments.dropFirst().first ?? "/dev/stdin"
    var reader = LogReader()
    var (runs, checks, details, bytes) = (0, 0, 0, 0)
    let clock = ContinuousClock()
    let time = try clock.measure {
      try LogFile(path: path).read { chunk in
        bytes += chunk.count
        for run in reader.read(chunk) {
          runs += 1
          checks += run.checks.count
          details += run.details.count
        }
      }
      for run in reader.finish() {
        runs += 1
        checks += run.checks.count
        details += run.details.count
      }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print("runs \(runs) checks \(checks) details \(details) bytes \(bytes) seconds \(seconds)")
  }
}

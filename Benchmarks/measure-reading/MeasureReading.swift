import BenchCatalog
import BenchInput
import BenchModel
import BenchParsing

/// Reads logs to parsed runs, or with `--normalize` to findings, and prints what was read and how fast.
///
/// `make bench` runs it in turn with `grep -c` on the same files. The time is that of reading alone: the
/// process's start is measured apart.
@main
struct MeasureReading {
  static func main() throws {
    var paths = Array(CommandLine.arguments.dropFirst())
    let isNormalizing = paths.first == "--normalize"
    if isNormalizing { paths.removeFirst() }
    let normalizer = Normalizer(catalog: .embedded)
    var (runs, checks, bytes) = (0, 0, 0)
    func take(_ parsed: [ParsedRun]) {
      for run in parsed {
        runs += 1
        checks += run.checks.count
        guard isNormalizing else { continue }
        _ = normalizer.normalize(
          run, RunContext(host: "host", fallbackTime: 0, fallbackSource: .file))
      }
    }
    let time = try ContinuousClock().measure {
      for path in paths {
        var reader = LogReader()
        try LogFile(path: path).read { chunk in
          bytes += chunk.count
          take(reader.read(chunk))
        }
        take(reader.finish())
      }
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print("\(seconds) seconds, \(runs) runs, \(checks) checks, \(bytes) bytes")
  }
}

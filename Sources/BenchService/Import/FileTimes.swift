import BenchInput
import BenchModel

/// The times that stand for those of runs whose logs have none: their files' times of change.
///
/// A clone, a download or an unpacked archive gives its files the times at which they were written, in any order and right
/// after one another. A bench takes longer than that: where files of one host were changed within two seconds of one another and
/// their names have numbers or dates in another order, the names tell which came first. These files are then given one
/// time, so that they stand in the order of their names.
struct FileTimes: Sendable {
  /// The time of a file as it is taken.
  private var times: [String: FileTime] = [:]
  /// The files of which the names counted.
  private(set) var copied: Set<String> = []
  /// No farther apart than so many seconds, one file was written right after the other.
  private static let mostSeconds = 2.0

  /// Reads the times of files.
  ///
  /// - Parameters:
  ///   - paths: The files, in natural order.
  ///   - host: Returns the host of a file.
  ///   - time: Returns the time of change of a file; nil where there is none.
  init(
    _ paths: [String], host: (String) -> String?, time: (String) -> FileTime? = LogFiles.changeTime
  ) {
    var hosts: [String] = []
    var byHost: [String: [(path: String, time: FileTime)]] = [:]
    for path in paths {
      guard let host = host(path), let time = time(path) else { continue }
      times[path] = time
      if byHost[host] == nil { hosts.append(host) }
      byHost[host, default: []].append((path, time))
    }
    for host in hosts {
      let files = (byHost[host] ?? []).enumerated()
        .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      var group: [(offset: Int, element: (path: String, time: FileTime))] = []
      for file in files {
        if let last = group.last,
          file.element.time.seconds(since: last.element.time) > Self.mostSeconds
        {
          settle(group)
          group = []
        }
        group.append(file)
      }
      settle(group)
    }
  }

  /// Gives files that were written right after one another one time, if their names say another order.
  private mutating func settle(
    _ group: [(offset: Int, element: (path: String, time: FileTime))]
  ) {
    let named = group.sorted { $0.offset < $1.offset }.map(\.element)
    guard let last = group.last?.element.time, named.count > 1,
      group.map(\.offset) != group.map(\.offset).sorted(),
      zip(named, named.dropFirst()).allSatisfy({ NaturalOrder.areNumbered($0.path, $1.path) })
    else { return }
    for file in named { times[file.path] = FileTime(seconds: last.seconds) }
    copied.formUnion(named.map(\.path))
  }

  /// The time that is taken for a file; nil where it has none, as standard input.
  subscript(path: String) -> FileTime? { times[path] }
}

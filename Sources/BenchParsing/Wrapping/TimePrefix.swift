/// A log before each line of which a capture put the time.
enum TimePrefix {
  /// The log without the times; nil where not nearly all lines have one, or where they name hosts too.
  static func logs(in lines: LogLines) -> [WrappedLog]? {
    var (timed, others, named) = (0, 0, 0)
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        if LineTime.read(line, at: 0).end > 0 {
          timed += 1
          let syslog = LinePrefix.syslog.read(line) ?? LinePrefix.syslogProtocol.read(line)
          if syslog != nil { named += 1 }
        } else if !line.trimmed().isEmpty {
          others += 1
        }
      }
    }
    guard timed > 2, timed > others * 20, named * 2 < timed else { return nil }
    var log = WrappedLog()
    for index in 0..<lines.count {
      lines.withLine(index) { line in
        let (time, end) = LineTime.read(line, at: 0)
        log.add(
          line.part(end, line.count), number: lines.number(index), offset: lines.offset(index),
          time: time)
      }
    }
    return [log]
  }
}

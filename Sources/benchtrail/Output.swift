import BenchFiles
import BenchReports
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error, as text goes there.
enum Output {
  /// Lets writing to a closed pipe be an error that can be handled, instead of a signal.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    // So is a limit on the size of files, which would end the process in the middle.
    signal(SIGXFSZ, SIG_IGN)
  }

  private static let work = Mutex(false)

  /// Whether what the command was to change is changed, so that a result that can't be written changes nothing of that.
  static var isWorkDone: Bool { work.withLock { $0 } }

  /// Says that what the command was to change is changed.
  static func noteWorkDone() { work.withLock { $0 = true } }

  /// Writes text to standard output.
  ///
  /// When the reader has gone, as `head` does, the work is done.
  static func write(_ text: String) {
    if !write(text, to: 1) { giveUp() }
  }

  /// Writes bytes to standard output; see ``write(_:)-(String)``.
  static func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0) } }

  /// Writes bytes to standard output; see ``write(_:)-(String)``.
  static func write(_ bytes: UnsafeRawBufferPointer) {
    if !write(bytes.bindMemory(to: UInt8.self), to: 1) { giveUp() }
  }

  private static func giveUp() {
    if errno == EPIPE { exit(0) }
    Failure.unwritten("the result can't be written: \(FileFault.words(errno))").end()
  }

  /// Writes a line to standard error.
  static func error(_ line: String) {
    var safe = Untrusted(line).forTerminal
    if !isUTF8 { safe = safe.unicodeScalars.map { $0.isASCII ? String($0) : $0.spelled }.joined() }
    _ = write(safe + "\n", to: 2)
  }

  /// Writes our own text to standard error as it is.
  static func errorText(_ text: String) { _ = write(text, to: 2) }

  /// Whether a descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The value of an environment variable that is set and not empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The columns of the terminal; a pipe has no end, and gets lines of any length.
  static var width: Int {
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    guard isTerminal(1), ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return isTerminal(1) ? 80 : 1_000
    }
    return Int(size.ws_col)
  }

  /// The rows of the terminal.
  static var height: Int {
    if let rows = environment("LINES").flatMap({ Int($0) }), rows > 0 { return rows }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
  }

  /// Whether the locale's characters are written in UTF-8; where no variable names a locale, it is C, which has ASCII.
  static var isUTF8: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first ?? "C"
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  /// Writes text to a descriptor.
  ///
  /// - Returns: Whether all of it is written; `errno` says why not.
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write($0, to: descriptor) }
  }

  /// Writes bytes to a descriptor; see ``write(_:to:)-(String,_)``.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBufferPointer { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
    var start = 0
    while start < bytes.count, let base = bytes.baseAddress {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base + start, bytes.count - start)
      #else
        let count = Darwin.write(descriptor, base + start, bytes.count - start)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      start += count
    }
    return true
  }
}

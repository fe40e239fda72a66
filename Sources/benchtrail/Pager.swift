import Foundation

/// The program that shows a text which is longer than the terminal.
enum Pager {
  /// Writes a report to standard output: through the pager where that is a terminal and the report is longer than it.
  ///
  /// - Parameter text: The report.
  static func write(_ text: String) {
    guard isWanted(for: text), let command, show(text, by: command) else {
      return Output.write(text)
    }
  }

  private static func isWanted(for text: String) -> Bool {
    guard Output.isTerminal(1), Output.environment("TERM") != "dumb" else { return false }
    return text.utf8.count { $0 == UInt8(ascii: "\n") } >= Output.height
  }

  /// What `BENCHTRAIL_PAGER` says, else `PAGER`, else `less` where it is installed; nil for none.
  private static var command: String? {
    guard let named = value("BENCHTRAIL_PAGER") ?? value("PAGER") else {
      return isInstalled("less") ? "less" : nil
    }
    let command = named.drop { $0 == " " }
    return command.isEmpty || command == "cat" ? nil : named
  }

  /// An environment variable that is set, if to nothing.
  private static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func isInstalled(_ program: String) -> Bool {
    (Output.environment("PATH") ?? "").split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }

  /// What a shell ends with where it can't run a command, or finds none.
  private static let noCommand: Set<Int32> = [126, 127]

  /// Hands a text to a command of the shell, and waits until it ends.
  ///
  /// - Returns: Whether the command was there to show it.
  private static func show(_ text: String, by command: String) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    // A reader that kept the other end would never see the text's end.
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    // An interrupt at the keyboard is the pager's: it must not leave the terminal to two readers.
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    guard let process = start(command, input: ends[0]) else {
      close(ends[0])
      close(ends[1])
      return false
    }
    close(ends[0])
    // That it leaves before the end, as at a 'q', is no error.
    _ = Output.write(text, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let hasEnded = status & 0x7F == 0
    return !(hasEnded && noCommand.contains(status >> 8 & 0xFF))
  }

  private static func start(_ command: String, input: Int32) -> pid_t? {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    if input != 0 { posix_spawn_file_actions_addclose(&actions, input) }
    // What this process ignores, the pager must not.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var variables = ProcessInfo.processInfo.environment
    // Leave when it fits after all, keep colours, leave the text on the screen.
    if variables["LESS"] == nil { variables["LESS"] = "FRX" }
    let arguments = words(["sh", "-c", command])
    let environment = words(variables.map { "\($0)=\($1)" })
    defer { for word in arguments + environment { free(word) } }
    var process = pid_t()
    let error = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environment)
    return error == 0 ? process : nil
  }

  /// Texts as C takes them, to be freed by who asks for them.
  private static func words(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}

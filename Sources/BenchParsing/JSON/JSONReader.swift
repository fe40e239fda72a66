import BenchModel

/// Reads JSON documents, whichever tool wrote them.
///
/// Which tool it was shows only somewhere inside, so the tokens go to the folds of all tools until one of
/// them has found its own words.
struct JSONReader {
  private var scanner = JSONScanner()
  private var dockerBenchSecurity = DockerBenchSecurityJSONFold()
  private var aqua = AquaJSONFold()
  /// The line of the last token, or of the string that the scanner still holds.
  private var line = 0
  private(set) var finished: [ParsedRun] = []

  /// Where in the log the document begins that is being read.
  var offset = 0 {
    didSet {
      dockerBenchSecurity.offset = offset
      aqua.offset = offset
    }
  }

  /// Whether a document is being read.
  var isActive: Bool { dockerBenchSecurity.isActive || scanner.isInsideString }

  /// Whether a run waits for the document that may be its next part.
  var hasOpenRun: Bool { aqua.isOpen }

  /// Hands over the runs that are done.
  mutating func takeFinished() -> [ParsedRun] {
    if finished.isEmpty { return [] }
    let runs = finished
    finished = []
    return runs
  }

  /// Hands over the strings that may be lines of a text log, with their escapes as they stand.
  mutating func takeCaptured() -> [[UInt8]] {
    let strings = dockerBenchSecurity.takeCaptured()
    return aqua.isOwn ? [] : strings
  }

  /// Reads a line with its line feed, and stops where the document ends.
  ///
  /// - Parameters:
  ///   - bytes: The line.
  ///   - number: Its 1-based number.
  /// - Returns: How many bytes belong to the document.
  mutating func read(_ bytes: Bytes, number: Int) -> Int {
    // The scanner is taken out while it runs, so that its handler may change everything else.
    var scanner = self.scanner
    let wasHolding = scanner.isHolding
    let count = scanner.read(bytes) { token, text in
      accept(token, text, line: number)
      return dockerBenchSecurity.isActive || token == .string || token == .bare || token == .comma
    }
    if scanner.isHolding, !wasHolding { line = number }
    self.scanner = scanner
    collect()
    return count
  }

  /// Ends the document, wherever it is.
  mutating func finish() {
    var scanner = self.scanner
    self.scanner = JSONScanner()
    // A number at the very end may be the beginning of another.
    scanner.finish { token, text in
      if token == .string { accept(token, text, line: line) }
      return true
    }
    aqua.finish()
    dockerBenchSecurity.finish()
    collect()
  }

  @inline(__always)
  private mutating func accept(_ token: JSONToken, _ text: Bytes, line: Int) {
    self.line = line
    if !dockerBenchSecurity.isOwn {
      aqua.accept(token, text, line: line)
      if aqua.droppedLevels > 0 { dockerBenchSecurity.drop(aqua.droppedLevels) }
    }
    if aqua.isOwn {
      dockerBenchSecurity.follow(token, line: line)
    } else {
      dockerBenchSecurity.accept(token, text, line: line)
    }
  }

  private mutating func collect() {
    if !dockerBenchSecurity.finished.isEmpty { aqua.finish() }
    if !aqua.finished.isEmpty { finished += aqua.takeFinished() }
    if !dockerBenchSecurity.finished.isEmpty { finished += dockerBenchSecurity.takeFinished() }
  }
}

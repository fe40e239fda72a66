import BenchModel

/// Reads JSON documents, whichever tool wrote them.
///
/// Which tool it was shows only somewhere inside, so the tokens go to the folds of all tools until one of
/// them has found its own words.
struct JSONReader {
  private var scanner = JSONScanner()
  private var dockerBenchSecurity = DockerBenchSecurityJSONFold()
  private var aqua = AquaJSONFold()
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
    let count = scanner.read(bytes) { token, text in
      if !dockerBenchSecurity.isOwn {
        aqua.accept(token, text, line: number)
        dockerBenchSecurity.drop(aqua.droppedLevels)
      }
      // Of a document of the other tools only the structure matters.
      dockerBenchSecurity.accept(token, aqua.isOwn ? [] : text, line: number)
      return dockerBenchSecurity.isActive || token == .string || token == .bare || token == .comma
    }
    self.scanner = scanner
    collect()
    return count
  }

  /// Ends the document, wherever it is.
  mutating func finish() {
    scanner.finish { _, _ in true }
    scanner = JSONScanner()
    aqua.finish()
    dockerBenchSecurity.finish()
    collect()
  }

  private mutating func collect() {
    if !dockerBenchSecurity.finished.isEmpty { aqua.finish() }
    finished += aqua.takeFinished() + dockerBenchSecurity.takeFinished()
  }
}

import BenchModel

/// What puts the lines or tokens of one family of tools together to runs: the only state between two of them.
protocol RunFold {
  /// The runs that are done, in the order in which they stand.
  var finished: [ParsedRun] { get set }

  /// Ends the log: a run that is open is done, whole or not.
  mutating func finish()
}

extension RunFold {
  /// Hands over the runs that are done.
  mutating func takeFinished() -> [ParsedRun] {
    if finished.isEmpty { return [] }
    let runs = finished
    finished = []
    return runs
  }
}

/// A fold of the lines of text logs.
protocol TextFold: RunFold {
  associatedtype Line

  /// Reads a classified line, whose offsets point into `text`.
  ///
  /// - Parameters:
  ///   - line: What the line says.
  ///   - text: The bytes of the line.
  ///   - number: The 1-based number of the line in its file.
  ///   - isCut: Whether the log ends in this line without a line feed.
  mutating func read(_ line: Line, _ text: Bytes, number: Int, isCut: Bool)
}

/// A fold of the tokens of JSON documents.
protocol JSONFold: RunFold {
  /// Reads a token.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - text: The text of a key, a string or a bare value, with its escapes as they stand; valid during the call.
  ///   - line: The 1-based number of its line.
  mutating func accept(_ token: JSONToken, _ text: Bytes, line: Int)
}

import BenchModel

/// A log that was found inside another text.
struct WrappedLog {
  /// The host that the text around it names.
  var host: String?
  /// The decoded bytes.
  var text: [UInt8] = []
  /// The 1-based number that each line has in the text around it; empty where the two have the same lines.
  var numbers: [Int32] = []
  /// Where each line begins in the text around it; empty where all of it counts as one place.
  var offsets: [Int] = []
  /// Where in the text around it the log begins, if no line has a place of its own.
  var offset = 0
  /// When each line was captured, in seconds since 1970; empty where nothing says so, and 0 for a line without a time.
  var times: [Int64] = []
  /// Whether nothing more is to be looked for in the text: what stands around its lines, the reader takes off.
  var isUnwrapped = false

  /// Creates a log without lines.
  init(host: String? = nil) { self.host = host }

  /// Takes the whole of a text for a log.
  init(whole text: [UInt8]) { self.text = text }

  /// Adds a line.
  mutating func add(_ line: some Sequence<UInt8>, number: Int, offset: Int, time: Int64? = nil) {
    text.append(contentsOf: line)
    text.append(ASCII.lineFeed)
    numbers.append(Int32(truncatingIfNeeded: number))
    offsets.append(offset)
    if let time, times.isEmpty { times = Array(repeating: 0, count: numbers.count - 1) + [time] }
    if !times.isEmpty, times.count < numbers.count { times.append(time ?? 0) }
  }

  /// Reads the log, and what it wraps.
  ///
  /// - Parameters:
  ///   - stream: A reader of the formats.
  ///   - depth: In how many others it is wrapped.
  /// - Returns: The runs, and what the text holds if there is none.
  func read(_ stream: StreamReader, depth: Int = 0) -> (runs: [ParsedRun], content: LogContent) {
    let parts =
      depth < Wrapping.deepest && !isUnwrapped
      ? text.withUnsafeBufferPointer { Wrapping.parts(of: $0) } : nil
    guard let parts else {
      var reader = stream.anew
      let runs = text.withUnsafeBufferPointer { reader.read($0) } + reader.finish()
      return (runs, reader.content)
    }
    var runs: [ParsedRun] = []
    var content = LogContent.nothing
    for part in parts {
      let read = part.read(stream, depth: depth + 1)
      runs += read.runs.map(part.placed)
      if content == .nothing { content = read.content }
    }
    return (runs, content)
  }

  /// A run of the log, with its places in the text around it.
  private func placed(_ run: ParsedRun) -> ParsedRun {
    var run = run
    let index = run.line - 1
    run.host = run.host ?? host
    if run.capturedAt == nil, times.indices.contains(index), times[index] != 0 {
      run.capturedAt = times[index]
    }
    run.offset =
      offsets.indices.contains(index) ? offsets[index] : numbers.isEmpty ? run.offset : offset
    guard !numbers.isEmpty else { return run }
    func number(_ line: Int) -> Int {
      numbers.indices.contains(line - 1) ? Int(numbers[line - 1]) : Int(numbers.last ?? 1)
    }
    run.line = number(run.line)
    for place in run.checks.indices {
      run.checks[place].line = Int32(truncatingIfNeeded: number(Int(run.checks[place].line)))
    }
    for place in run.diagnostics.indices where run.diagnostics[place].line > 0 {
      run.diagnostics[place].line = number(run.diagnostics[place].line)
    }
    return run
  }
}

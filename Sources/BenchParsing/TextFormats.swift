import BenchModel

/// The text of a tool: the entry of its folder, and its row in ``TextFormats``.
///
/// A value of the type reads one run, or several that follow each other, from the line that it claims on.
protocol TextFormat: RunFold, Sendable {
  /// Creates a reader before the first line of a run.
  init()

  /// Whether a line begins a run of the tool beyond doubt, wherever a capture put it.
  ///
  /// Asked of every line that nobody knows, so it should look for one word first.
  ///
  /// - Parameter line: The line, without escape sequences.
  /// - Returns: Whether it does.
  static func claims(_ line: Bytes) -> Bool

  /// Whether a run is being read.
  var isOpen: Bool { get }

  /// Reads a line, empty ones too.
  ///
  /// - Parameters:
  ///   - line: The line, without escape sequences.
  ///   - number: Its 1-based number in the file.
  ///   - isCut: Whether the log ends in this line without a line feed.
  /// - Returns: Whether the line is the tool's, or of a program amid its run; one that is not ends the run, and is
  ///   read as if there had been none.
  mutating func read(_ line: Bytes, number: Int, isCut: Bool) -> Bool
}

/// The text formats, and what reads them: the registry of the tools' folders.
///
/// docker-bench-security's and that of Aqua's family are held by their types: they mark their lines alike, so that
/// ``TextReader`` must weigh one against the other, and it does so for each of nearly all lines that there are. Any
/// further format is a row of ``further``, and costs something only where neither of these knows a line.
struct TextFormats {
  /// Further formats: a row each, the type that is the entry of a folder.
  static let further: [any TextFormat.Type] = []

  var dockerBenchSecurity = DockerBenchSecurityFold()
  var aqua = AquaFold()
  private let rows: [any TextFormat.Type]
  /// The further format that a run is being read of; one at most.
  ///
  /// An optional would be copied to ask whether there is one, which is asked for every line.
  private var open: [any TextFormat] = []
  /// Where in the log that run was claimed.
  private var openOffset = 0
  private var finished: [ParsedRun] = []

  /// Creates the readers of the two families and of some further formats.
  init(further rows: [any TextFormat.Type] = Self.further) { self.rows = rows }

  /// The same formats at the beginning of a log.
  var anew: TextFormats { TextFormats(further: rows) }

  /// Whether there is any further format.
  var hasFurther: Bool { !rows.isEmpty }

  /// Whether a run of a further format is being read, to which every line goes.
  var isFurtherOpen: Bool { !open.isEmpty }

  /// Whether a run is being read.
  var isInRun: Bool { aqua.isOpen || dockerBenchSecurity.isInRun || isFurtherOpen }

  /// Where in the log the line begins that is read next.
  var offset: Int {
    get { dockerBenchSecurity.offset }
    set {
      dockerBenchSecurity.offset = newValue
      aqua.offset = newValue
    }
  }

  /// Where the run began that is being read.
  var runOffset: Int {
    isFurtherOpen ? openOffset : aqua.isOpen ? aqua.run.offset : dockerBenchSecurity.runOffset
  }

  /// Hands over the runs that are done, in the order in which they stand.
  mutating func takeFinished() -> [ParsedRun] {
    collect()
    if finished.isEmpty { return [] }
    let runs = finished
    finished = []
    return runs
  }

  /// Ends the log.
  mutating func finish() {
    aqua.finish()
    dockerBenchSecurity.finish()
    for index in open.indices { open[index].finish() }
    collect()
    open = []
  }

  /// Takes what is done, so that what is done later stands behind it.
  mutating func collect() {
    finished += dockerBenchSecurity.takeFinished()
    finished += aqua.takeFinished()
    for index in open.indices {
      for var run in open[index].takeFinished() {
        run.offset = openOffset
        finished.append(run)
      }
    }
  }

  /// Whether a line begins a run of a further format.
  func isClaimed(_ line: Bytes) -> Bool { rows.contains { $0.claims(line) } }

  /// Gives a line that neither family knows to the further format that claims it, if one does.
  ///
  /// - Returns: Whether one does.
  mutating func claim(_ line: Bytes, number: Int, isCut: Bool) -> Bool {
    guard let row = rows.first(where: { $0.claims(line) }) else { return false }
    finish()
    open = [row.init()]
    openOffset = offset
    return readFurther(line, number: number, isCut: isCut)
  }

  /// Gives a line to the further format of which a run is being read.
  ///
  /// - Returns: Whether there is one, and the line is its.
  mutating func readFurther(_ line: Bytes, number: Int, isCut: Bool) -> Bool {
    if open.isEmpty { return false }
    let isOwn = open[0].read(line, number: number, isCut: isCut)
    if !isOwn { open[0].finish() }
    if !isOwn || !open[0].isOpen {
      collect()
      open = []
    }
    return isOwn
  }
}

import BenchModel

/// What one host has for the gaps of texts that hosts share; for one thread.
final class HostTexts {
  private let host: [UInt8]
  private let texts: [[UInt8]]
  private let makeRun: (RunSummary) -> [[UInt8]]
  private let makeSince: (Int64) -> [[UInt8]]
  private var runs: [(id: ObjectIdentifier, texts: [[UInt8]])] = []
  private var times: [(time: Int64, texts: [[UInt8]])] = []
  /// The fingerprints of the finding that is written, by their places.
  private(set) var fingerprints: [Fingerprint] = []

  /// Creates the texts of a host.
  ///
  /// - Parameters:
  ///   - host: The host's name.
  ///   - texts: The texts of the host, as they are written.
  ///   - run: Returns those of a run.
  ///   - since: Returns those of a time since when a finding fails.
  init(
    _ host: String, _ texts: [[UInt8]], run: @escaping (RunSummary) -> [[UInt8]],
    since: @escaping (Int64) -> [[UInt8]]
  ) {
    self.host = Fingerprint.bytes([host])
    self.texts = texts
    makeRun = run
    makeSince = since
  }

  /// Begins with a finding.
  func begin(_ fingerprints: FingerprintTexts) {
    self.fingerprints.removeAll(keepingCapacity: true)
    for text in fingerprints.texts { self.fingerprints.append(Fingerprint(host, text)) }
  }

  /// Writes a text with its gaps filled.
  ///
  /// - Parameters:
  ///   - text: A text of the finding with whose fingerprints the host has begun.
  ///   - finding: The finding of this host.
  ///   - sink: Gets the bytes.
  ///   - own: Writes what the format puts into its own gaps, by their numbers.
  func write(
    _ text: TextBuffer, of finding: ExportFinding, to sink: ExportSink,
    own: (Int32) -> Void = { _ in }
  ) {
    let run = finding.origin.map(self.run) ?? []
    let since = finding.openSince.map(self.since) ?? []
    text.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (offset, gap) in text.gaps {
        sink.append(UnsafeBufferPointer(rebasing: bytes[start..<offset]))
        start = offset
        switch gap {
        case .host(let place): sink.append(texts[Int(place)])
        case .run(let place): sink.append(run[Int(place)])
        case .line: sink.append(finding.line)
        case .place: sink.append(max(finding.line, 1))
        case .end: sink.append(max(finding.line, 1) + 1)
        case .since(let place): sink.append(since[Int(place)])
        case .fingerprint(let place): sink.append(fingerprints[Int(place)])
        case .mark(let place):
          sink.append(fingerprints[Int(place)], digits: Gap.markLength)
        case .own(let number): own(number)
        }
      }
      sink.append(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }

  /// A text of the host, by its place.
  subscript(place: Int) -> [UInt8] { texts[place] }

  private func run(_ run: ExportRun) -> [[UInt8]] {
    // Of few: a host has a run or two of each tool.
    for known in runs where known.id == ObjectIdentifier(run) { return known.texts }
    let texts = makeRun(run.summary)
    runs.append((ObjectIdentifier(run), texts))
    return texts
  }

  private func since(_ time: Int64) -> [[UInt8]] {
    for known in times where known.time == time { return known.texts }
    let texts = makeSince(time)
    times.append((time, texts))
    return texts
  }
}

extension String {
  /// The text as it stands inside a string of JSON.
  var insideJSON: [UInt8] {
    var buffer = TextBuffer()
    buffer.append(inside: self)
    return buffer.bytes
  }
}

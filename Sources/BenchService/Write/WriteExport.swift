import BenchAnalysis
package import BenchExports
package import BenchHistory
import BenchModel
import Dispatch
import Synchronization

/// Writes what is known of hosts in the format of another program.
package struct WriteExport: Sendable {
  package var query: HostQuery
  package var format: ExportFormat
  /// Who it is for, where that takes less.
  package var consumer: ExportConsumer?
  /// Whether DefectDojo gets what the team accepted as accepted.
  package var sendsAcceptance: Bool
  /// Which metrics it has, if it is of metrics; nil for what is usual for so many hosts.
  package var metrics: ExportMetrics?
  package var toolVersion: String
  /// The file that waivers and attestations are from.
  package var policyPath: String?

  /// Creates a use case.
  package init(
    _ query: HostQuery, format: ExportFormat, for consumer: ExportConsumer? = nil,
    sendsAcceptance: Bool = false, metrics: ExportMetrics? = nil, toolVersion: String,
    policyPath: String? = nil
  ) {
    self.query = query
    self.format = format
    self.consumer = consumer
    self.sendsAcceptance = sendsAcceptance
    self.metrics = metrics
    self.toolVersion = toolVersion
    self.policyPath = policyPath
  }

  /// What one thread reads and another writes.
  private enum Part: Sendable {
    case begin(ExportContext)
    case host(ExportHost)
  }

  /// How many hosts reading may be ahead of writing.
  private static let mostAhead = 16

  /// Nobody takes hosts any more.
  private struct Cancelled: Error {}

  /// Writes the hosts one by one, while another thread reads them.
  ///
  /// - Parameters:
  ///   - repository: Where the runs are.
  ///   - write: Gets the pieces of the file, each of whole characters, on the caller's thread.
  /// - Returns: What was left out because the consumer takes no more, in sentences.
  /// - Throws: ``ServiceError``, `ExportError`, the repository's errors, or what the closure throws.
  @discardableResult
  package func run(
    in repository: any RunRepository,
    _ write: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws -> [String] {
    let sink = ExportSink(write)
    var exporter = try format.exporter(
      for: consumer, sendsAcceptance: sendsAcceptance, metrics: metrics)
    let queue = EventQueue<Part>(limit: Self.mostAhead)
    let failure = Mutex<(any Error)?>(nil)
    let reading = DispatchQueue(label: "benchtrail.export")
    let ended = DispatchGroup()
    reading.async(group: ended) {
      do { try read(repository, to: queue) } catch { failure.withLock { $0 = error } }
      queue.close()
    }
    defer {
      queue.cancel()
      ended.wait()
    }
    while let part = queue.take() {
      switch part {
      case .begin(let context): try exporter.begin(context, sink)
      case .host(let host): try exporter.add(host, sink)
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try exporter.end(sink)
    try sink.drain()
    return exporter.notices
  }

  private func read(_ repository: any RunRepository, to queue: EventQueue<Part>) throws {
    func put(_ part: Part) throws {
      guard queue.put(part) else { throw Cancelled() }
    }
    var hasBegun = false
    let controls = ExportControls(query.policy)
    let count = try repository.history(query.filter) { history in
      let reading = HostReading(history, query.catalog)
      var ceased = format == .defectdojo ? CeasedFailures(reading) : nil
      return try query.forEach(reading, needs: needs) { host in
        if !hasBegun {
          hasBegun = true
          // Not the clock's time: the same database gives the same bytes.
          let time = try query.asOf ?? history.span().upperBound
          try put(
            .begin(ExportContext(toolVersion: toolVersion, time: time, policyPath: policyPath)))
        }
        let failures = try ceased?.of(host.reading) ?? [:]
        try put(
          .host(
            format.isOfNumbers
              ? counted(host, controls) : described(host, controls, ceased: failures)))
      }
    }
    guard count > 0 else { throw query.noRuns }
  }

  private static let base = HostQuery.Host.ComparisonBase.baselineOrBefore

  /// What is read of a host: the runs that its findings are from, and the newest ones with their bases.
  private func needs(of host: HostQuery.Host) -> HostQuery.Needs {
    let compared = host.needs(against: Self.base, areEqualLeftOut: true)
    if format.isOfNumbers { return compared }
    let sources = host.now.sources
    let equal = host.equal(Self.base).flatMap { [$0.head, $0.base] }
    return HostQuery.Needs(summaries: sources + equal, findings: sources) + compared
  }

  private func described(
    _ host: HostQuery.Host, _ controls: ExportControls, ceased: [FindingKey: Finding]
  ) throws -> ExportHost {
    let history = host.history
    let measured = try host.measure(against: Self.base, areEqualLeftOut: true).measured
    return try ExportHost(
      host.now, controls,
      comparisons: measured.map { (base: $0.base, head: $0.head, comparison: $0.comparison) },
      ceased: ceased,
      equal: host.equal(Self.base).compactMap { equal in
        guard let base = try history.summary(of: equal.base),
          let head = try history.summary(of: equal.head)
        else { return nil }
        return (base: base, head: head)
      },
      summary: history.summary, numbered: history.numbered)
  }

  /// The numbers of a host.
  private func counted(
    _ host: HostQuery.Host, _ controls: ExportControls
  ) throws -> ExportHost {
    let measured = try host.measure(against: Self.base, areEqualLeftOut: true).measured
    return ExportHost(
      name: host.now.name,
      HostTally(
        host.now, controls,
        comparisons: measured.map { (head: $0.head, comparison: $0.comparison) },
        keepsStates: metrics == .controls),
      isCompared: !measured.isEmpty || !host.equal(Self.base).isEmpty)
  }
}

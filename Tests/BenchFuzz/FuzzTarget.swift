import BenchCatalog
import BenchEvidence
import BenchHistory
import BenchInput
import BenchModel
import BenchParsing
import BenchPolicy
import BenchRemedy
import BenchReports
import BenchStorage
import Foundation

/// A part of the program that reads what others wrote, as an entry point for a fuzzer and for the replay of its seeds.
///
/// Whatever the bytes are, an entry point returns: it neither traps nor hangs. What must hold of the result besides is a
/// `precondition`, which the fuzzer finds as it finds a trap.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A log from its bytes to findings, evidence and content.
  case log
  /// A log in pieces of a few bytes: it must hold the runs that it holds as a whole.
  case pieces
  case policy
  case daemon
  case time
  /// Host names, and the patterns over them: the first line is the pattern, the rest the name.
  case names
  case database

  /// Hands bytes to the part.
  public func run(_ bytes: [UInt8]) {
    switch self {
    case .log: Self.log(bytes)
    case .pieces: Self.pieces(bytes)
    case .policy: _ = PolicyFile(bytes, .embedded)
    case .daemon: _ = try? OwnDaemonJSON(bytes)
    case .time: Self.time(bytes)
    case .names: Self.names(bytes)
    case .database: Self.database(bytes)
    }
  }

  private static func log(_ bytes: [UInt8]) {
    var reader = LogReader(keepsEvidence: true)
    var runs = bytes.withUnsafeBufferPointer { reader.read($0) }
    runs += reader.finish()
    _ = reader.takeDiagnostics()
    _ = reader.contentWithoutRun
    let normalizer = Normalizer(catalog: .embedded)
    let context = RunContext(host: "fuzz", fallbackTime: 1_700_000_000, fallbackSource: .file)
    for parsed in runs {
      let run = normalizer.normalize(parsed, context).run
      precondition(CivilTime.isPlausible(run.startedAt))
      _ = RunContent(run)
    }
    let evidence = EvidenceCut().cut(bytes)
    precondition(evidence.parts.map(\.range.count).reduce(0, +) == bytes.count)
  }

  private static func pieces(_ bytes: [UInt8]) {
    let whole = LogReader.runs(in: bytes)
    var reader = LogReader()
    var runs: [ParsedRun] = []
    var start = 0
    while start < bytes.count {
      let end = min(start + 1 + Int(bytes[start] & 63), bytes.count)
      runs += bytes[start..<end].withUnsafeBufferPointer { reader.read($0) }
      start = end
    }
    runs += reader.finish()
    precondition(runs.map(\.checks.count) == whole.map(\.checks.count))
    precondition(runs.map(\.details.count) == whole.map(\.details.count))
  }

  private static func time(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for seconds in [CivilTime(text)?.seconds, CivilTime.epoch(text)].compactMap({ $0 }) {
      let written = CivilTime.rfc3339(seconds)
      if CivilTime.isPlausible(seconds) { precondition(CivilTime(written)?.seconds == seconds) }
    }
    log(Array("Initializing ".utf8) + bytes + Array("\n[PASS] 1.1 - x\n".utf8))
  }

  private static func names(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    let rest = bytes[min(end + 1, bytes.count)...]
    let name = NameBytes.distinct(rest)
    precondition(NameBytes.bytes(name) == Array(rest))
    let pattern = String(decoding: bytes[..<end], as: UTF8.self)
    _ = Glob(pattern).matches(name)
    _ = HostPattern(pattern)?.host(in: name)
    for kind in ItemKind.allCases { _ = Catalog.embedded.names.fold(name, kind: kind) }
    let shown = Untrusted(name).forTerminal
    precondition(!shown.unicodeScalars.contains { $0.isUnsafe })
  }

  private static func database(_ bytes: [UInt8]) {
    let path =
      NSTemporaryDirectory() + "benchtrail-fuzz-\(ProcessInfo.processInfo.processIdentifier).db"
    defer {
      for ending in ["", "-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)),
      let store = try? RunStore(path: path, create: false, for: .read, .embedded),
      let runs = try? store.runs(RunFilter())
    else { return }
    for run in runs.prefix(4) { _ = try? store.run(run.id) }
  }
}

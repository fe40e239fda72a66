import Dispatch
import Foundation
import Synchronization

/// Where a report or an export goes: standard output, or a file that is there whole or not at all.
final class OutputFile {
  private let path: String?
  private let draft: String
  private var handle: FileHandle?
  /// Whether the path is a pipe or a device, which is written as it is: nothing may take its place.
  private let isStream: Bool
  /// What waits to be written: an export comes in pieces of some bytes.
  private var pending: [UInt8] = []
  private static let mostPending = 1 << 18
  /// Writes while the next piece is made: a fleet's export is as large as its disk is slow.
  private let writing = DispatchQueue(label: "benchtrail.output")
  private let outcome = Outcome()

  /// Whether all was written so far.
  private final class Outcome: Sendable {
    private let state = Mutex(true)

    var isFine: Bool { state.withLock { $0 } }

    func fail() { state.withLock { $0 = false } }
  }

  /// Opens a file's draft beside it.
  ///
  /// - Parameter path: The file; nil for standard output.
  /// - Throws: ``Failure``
  init(_ path: String?) throws {
    self.path = path
    draft = (path ?? "") + ".\(ProcessInfo.processInfo.processIdentifier).new"
    isStream = path.map(Self.isStream) ?? false
    guard let path else { return }
    if isStream {
      handle = FileHandle(forWritingAtPath: path)
      guard handle != nil else { throw Failure("\(path): can't be written: it may not be") }
      return
    }
    guard FileManager.default.createFile(atPath: draft, contents: nil),
      let handle = FileHandle(forWritingAtPath: draft)
    else { throw Failure("\(path): can't be written: its folder is missing or may not be written") }
    self.handle = handle
  }

  deinit {
    // What was not finished is not kept.
    if handle != nil, !isStream { try? FileManager.default.removeItem(atPath: draft) }
  }

  /// Adds text.
  ///
  /// - Throws: ``Failure``
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  /// Adds bytes.
  ///
  /// - Throws: ``Failure``
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard path != nil else { return Output.write(bytes) }
    pending += bytes
    if pending.count >= Self.mostPending { try flush() }
  }

  /// Hands what waits to the thread that writes, which is one piece behind at most.
  private func flush() throws {
    guard let handle, !pending.isEmpty else { return }
    try wait()
    let piece = pending
    pending = []
    pending.reserveCapacity(Self.mostPending * 2)
    writing.async { [outcome] in
      do { try handle.write(contentsOf: piece) } catch { outcome.fail() }
    }
  }

  /// Waits until all that was handed over is written.
  private func wait() throws {
    writing.sync {}
    guard outcome.isFine else {
      throw Failure("\(path ?? ""): can't be written; the disk may be full")
    }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: ``Failure``
  func finish() throws {
    guard let path, let handle else { return }
    try flush()
    try wait()
    do {
      if !isStream { try handle.synchronize() }
      try handle.close()
    } catch {
      throw Failure("\(path): can't be written; the disk may be full")
    }
    self.handle = nil
    if isStream { return }
    guard rename(draft, path) == 0 else {
      try? FileManager.default.removeItem(atPath: draft)
      throw Failure("\(path): can't be written: a folder is there, or it may not be replaced")
    }
  }

  private static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }
}

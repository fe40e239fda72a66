import BenchFiles
import Dispatch
import Foundation
import Synchronization

/// Where a report or an export goes: standard output, or a file that is there whole or not at all.
final class OutputFile {
  private let path: String?
  private let draft: DraftFile?
  private var handle: FileHandle?
  /// What waits to be written: an export comes in pieces of some bytes.
  private var pending: [UInt8] = []
  private static let mostPending = 1 << 18
  /// Writes while the next piece is made: a fleet's export is as large as its disk is slow.
  private let writing = DispatchQueue(label: "benchtrail.output")
  private let outcome = Outcome()

  /// The first error of the system, if any.
  private final class Outcome: Sendable {
    private let state = Mutex<Int32?>(nil)

    var fault: Int32? { state.withLock { $0 } }

    func fail(_ code: Int32) { state.withLock { $0 = $0 ?? code } }
  }

  /// Opens a file's draft beside it.
  ///
  /// - Parameters:
  ///   - path: The file; nil for standard output. A pipe or a device is written as it is: nothing may take its place.
  ///   - mode: The permissions of the file.
  /// - Throws: ``Failure``
  init(_ path: String?, mode: FileMode? = nil) throws {
    self.path = path
    guard let path else {
      draft = nil
      return
    }
    if Self.isStream(path) {
      draft = nil
      handle = FileHandle(forWritingAtPath: path)
      guard handle != nil else {
        throw Failure.unwritten("\(path): can't be written: it may not be")
      }
      return
    }
    do {
      let draft = try DraftFile(for: path, mode: mode?.draft ?? .own)
      self.draft = draft
      handle = FileHandle(fileDescriptor: draft.descriptor, closeOnDealloc: false)
    } catch { throw Self.failure(path, error) }
  }

  private static func failure(_ path: String, _ fault: DraftFile.Fault) -> Failure {
    switch fault {
    case .notMade(let code), .notWritten(let code), .notMoved(let code):
      .unwritten("\(path): can't be written: \(FileFault.words(code))")
    case .occupied: .unwritten("\(path): can't be written: the file exists")
    }
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
    let descriptor = handle.fileDescriptor
    writing.async { [outcome] in
      if !Output.write(piece, to: descriptor) { outcome.fail(errno) }
    }
  }

  /// Waits until all that was handed over is written.
  private func wait() throws {
    writing.sync {}
    if let code = outcome.fault {
      throw Failure.unwritten("\(path ?? ""): can't be written: \(FileFault.words(code))")
    }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: ``Failure``
  func finish() throws {
    guard let path, handle != nil else { return }
    try flush()
    try wait()
    guard let draft else {
      try? handle?.close()
      return handle = nil
    }
    handle = nil
    do { try draft.replace() } catch { throw Self.failure(path, error) }
  }

  private static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }
}

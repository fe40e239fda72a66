import BenchFiles
import BenchInput
import BenchPolicy
import Foundation

/// A small text file that is changed in place: whole or not at all, and only if nobody changed it meanwhile.
struct EditedFile {
  /// The path as it was given.
  let path: String
  /// What it has; of a file that is not there yet what it is to begin with.
  let bytes: [UInt8]
  /// Whether the file is there.
  let exists: Bool
  /// What a symbolic link leads to.
  private let target: String

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - start: What a missing file begins with; nil if it must be there.
  /// - Throws: ``Failure``
  init(_ path: String, orBeginningWith start: String?) throws {
    self.path = path
    guard LogFile.exists(path) else {
      var status = stat()
      guard lstat(path, &status) != 0 else {
        throw Failure("\(path): is a link to a file that is not there")
      }
      guard let start else {
        throw Failure(
          "\(path): there is no such file; 'benchtrail policy init \(path)' writes one")
      }
      (bytes, exists, target) = (Array(start.utf8), false, path)
      return
    }
    guard let resolved = realpath(path, nil) else { throw Failure("\(path): can't be read") }
    defer { free(resolved) }
    target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure("\(path): is no file that can be changed in place; name one with '--policy'")
    }
    bytes = try Self.read(target, path)
    exists = true
  }

  /// The bytes of a file, or one more than a policy may have.
  private static func read(_ target: String, _ path: String) throws -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: target) else {
      throw Failure("\(path): can't be read: it may not be")
    }
    do {
      return Array(try handle.read(upToCount: PolicyFile.sizeLimit + 1) ?? Data())
    } catch {
      throw Failure("\(path): can't be read")
    }
  }

  /// Puts a text in the place of the file, with its permissions.
  ///
  /// - Throws: ``Failure``; the file is as it was then.
  func replace(with text: String) throws {
    do {
      let draft = try DraftFile(for: target, mode: .shared)
      guard Output.write(text, to: draft.descriptor) else {
        throw Failure("\(path): can't be written: \(FileFault.words(errno))")
      }
      var status = stat()
      let isSame =
        exists ? try Self.read(target, path) == bytes : lstat(target, &status) != 0
      guard isSame else {
        throw Failure("\(path): somebody changed it meanwhile, and nothing was written; try again")
      }
      try draft.replace()
    } catch let fault as DraftFile.Fault {
      throw Failure("\(path): can't be written: \(Self.words(fault))")
    }
    Output.noteWorkDone()
  }

  private static func words(_ fault: DraftFile.Fault) -> String {
    switch fault {
    case .notMade(let code), .notWritten(let code), .notMoved(let code): FileFault.words(code)
    case .occupied: "the file exists"
    }
  }
}

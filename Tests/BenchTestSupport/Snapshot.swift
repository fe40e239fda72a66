private import Foundation
package import Testing

/// Compares a text with the file of a name in the folder `Snapshots` beside the test.
///
/// With `RECORD_SNAPSHOTS` in the environment the file is written instead, and the test fails, so that no
/// recording passes for a test.
package func expectSnapshot(
  _ text: String, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(
    "Snapshots")
  let url = folder.appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    } catch {
      Issue.record("\(name) can't be recorded: \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let data = try? Data(contentsOf: url) else {
    Issue.record(
      "there is no snapshot \(name); RECORD_SNAPSHOTS=1 makes it", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard expected != text else { return }
  let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
  let difference = lines(text).difference(from: lines(expected)).map { change in
    switch change {
    case .insert(let offset, let line, _): "+\(offset + 1): \(line)"
    case .remove(let offset, let line, _): "-\(offset + 1): \(line)"
    }
  }
  Issue.record(
    "\(name) differs:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
}

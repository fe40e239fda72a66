import BenchInput
import BenchTestSupport
import Foundation
import Testing

struct `A list of log files` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names(_ paths: [String]) -> [String] {
    LogFiles.entries(paths).map { entry in
      entry.path.hasPrefix(folder.path)
        ? String(entry.path.dropFirst(folder.path.count)) : entry.path
    }
  }

  @Test func `has the files of a folder by name and at any depth`() throws {
    for name in ["b.log", "a/2.log", "a/1.log", "a/x/y.log", "c.log", "B.log"] {
      try folder.write(name, [])
    }
    let expected = ["/B.log", "/a/1.log", "/a/2.log", "/a/x/y.log", "/b.log", "/c.log"]
    #expect(names([folder.path]) == expected)
    #expect(names([folder.path + "/"]) == expected)
    #expect(LogFiles.entries([folder.path]).allSatisfy { $0.isFound })
  }

  @Test func `passes over what is hidden and links to folders`() throws {
    for name in [".hidden", ".git/config", "real/log"] { try folder.write(name, []) }
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.file("loop"), withDestinationPath: folder.path)
    try manager.createSymbolicLink(
      atPath: folder.file("to-file"), withDestinationPath: folder.file("real/log"))
    #expect(names([folder.path]) == ["/real/log", "/to-file"])
  }

  @Test func `keeps what is named in its order`() throws {
    try folder.write("b", [])
    try folder.write("a", [])
    #expect(
      names([folder.file("b"), "-", folder.file("a"), "missing"]) == ["/b", "-", "/a", "missing"])
    #expect(LogFiles.entries([folder.file("b")]).map(\.isFound) == [false])
  }

  @Test func `may be empty`() {
    #expect(LogFiles.entries([]).isEmpty)
    #expect(LogFiles.entries([folder.path]).isEmpty)
  }

  @Test func `has the time of a file's change`() throws {
    let path = try folder.write("log", [])
    let date = Date(timeIntervalSince1970: 1_600_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    #expect(LogFiles.changeTime(path) == 1_600_000_000)
  }
}

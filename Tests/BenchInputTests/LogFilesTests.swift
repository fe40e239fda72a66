import BenchInput
import BenchModel
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

  @Test func `is in natural order, however it was named`() throws {
    for name in ["run-10", "run-2", "run-1"] { try folder.write(name, []) }
    let expected = ["-", "/run-1", "/run-2", "/run-10", "missing"]
    #expect(
      names([folder.file("run-2"), "missing", folder.file("run-10"), "-", folder.file("run-1")])
        == expected)
    #expect(names(["-", folder.path, "missing"]) == expected)
    #expect(LogFiles.entries([folder.file("run-1")]).map(\.isFound) == [false])
  }

  @Test func `has a file once that is named and in a folder that is named`() throws {
    let path = try folder.write("b", [])
    #expect(LogFiles.entries([folder.path, path]) == LogFiles.entries([path]))
  }

  @Test func `may be empty`() {
    #expect(LogFiles.entries([]).isEmpty)
    #expect(LogFiles.entries([folder.path]).isEmpty)
  }

  @Test func `has the time of a file's change`() throws {
    let path = try folder.write("log", [])
    let date = Date(timeIntervalSince1970: 1_600_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    #expect(LogFiles.changeTime(path) == FileTime(seconds: 1_600_000_000))
    #expect(LogFiles.changeTime("-") == nil)
    #expect(LogFiles.changeTime(path + ".missing") == nil)
  }
}

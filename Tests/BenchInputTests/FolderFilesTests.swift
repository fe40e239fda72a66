import BenchInput
import BenchTestSupport
import Testing

struct `The files of a folder` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ path: String, limit: Int = 100) throws -> [String] {
    try FolderFiles.read(path, endings: [".tsv"], limit: limit).map {
      "\($0.path) \(String(decoding: $0.bytes, as: UTF8.self))"
    }
  }

  @Test func `are those with an ending, by their paths in the folder`() throws {
    for name in ["b.tsv", "a/x.tsv", "README.md", ".hidden.tsv"] {
      try folder.write(name, Array(name.utf8))
    }
    #expect(try read(folder.path) == ["a/x.tsv a/x.tsv", "b.tsv b.tsv"])
    #expect(try read(folder.path + "/") == ["a/x.tsv a/x.tsv", "b.tsv b.tsv"])
    #expect(try read(folder.path, limit: 2) == ["a/x.tsv a/x", "b.tsv b.t"])
  }

  @Test func `can't be read where there is no folder`() throws {
    try folder.write("file", [])
    for name in ["missing", "file"] {
      let error = #expect(throws: LogFile.Unreadable.self) { try read(folder.file(name)) }
      #expect(error?.path == folder.file(name))
    }
  }
}

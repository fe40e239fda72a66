import BenchFiles
import BenchTestSupport
import Foundation
import Testing

struct `A draft` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, to draft: DraftFile) throws {
    try FileHandle(fileDescriptor: draft.descriptor, closeOnDealloc: false)
      .write(contentsOf: Data(text.utf8))
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `takes its place whole`() throws {
    let target = folder.file("report")
    let draft = try DraftFile(for: target)
    try write("one", to: draft)
    #expect(!FileManager.default.fileExists(atPath: target))
    try draft.replace()
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "one")
    #expect(try names == ["report"])
  }

  @Test func `leaves what is there`() throws {
    let target = folder.file("report")
    try Data("old".utf8).write(to: URL(fileURLWithPath: target))
    let draft = try DraftFile(for: target)
    #expect(throws: DraftFile.Fault.occupied) { try draft.place() }
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "old")
  }

  @Test func `is the owner's alone, or as what it replaces, or as it is asked`() throws {
    let target = folder.file("report")
    try DraftFile(for: target).replace()
    #expect(try mode(target) == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    try DraftFile(for: target).replace()
    #expect(try mode(target) == 0o640)
    let copy = folder.file("copy")
    try DraftFile(for: copy, mode: .like(target)).replace()
    #expect(try mode(copy) == 0o640)
    try DraftFile(for: target, mode: .given(0o644)).replace()
    #expect(try mode(target) == 0o644)
  }

  @Test func `replaces what a link leads to`() throws {
    let (target, link) = (folder.file("report"), folder.file("link"))
    try Data("old".utf8).write(to: URL(fileURLWithPath: target))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let draft = try DraftFile(for: link)
    try write("new", to: draft)
    try draft.replace()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
  }

  @Test func `is cleared when its maker is gone, and only then`() throws {
    let target = folder.file("bench.db")
    for name in ["", "-journal", "-wal"] {
      try Data().write(to: URL(fileURLWithPath: target + ".0123456789abcdef.new" + name))
    }
    // What is left of one whose file itself is gone.
    try Data().write(to: URL(fileURLWithPath: target + ".fedcba9876543210.new-journal"))
    let others = [
      "bench.db.0123.new", "bench.db.new", "other.0123456789abcdef.new",
      "bench.db.before-migration-2",
    ]
    for name in others { try Data().write(to: URL(fileURLWithPath: folder.file(name))) }
    let living = try DraftFile(for: target)
    #expect(try names == (others + [URL(fileURLWithPath: living.path).lastPathComponent]).sorted())
    DraftFile.clear(besides: target)
    #expect(FileManager.default.fileExists(atPath: living.path))
  }

  @Test func `is gone when it is given up`() throws {
    do { _ = try DraftFile(for: folder.file("report")) }
    #expect(try names.isEmpty)
  }

  @Test func `says why it can't be made`() throws {
    #expect(throws: DraftFile.Fault.notMade(ENOENT)) {
      _ = try DraftFile(for: folder.file("none/report"))
    }
  }
}

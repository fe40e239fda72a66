import ArgumentParser
import BenchReports
import BenchStorage

extension DatabaseCommand {
  /// The size of the file before and after, in bytes.
  struct CompactionJSON: Encodable {
    let before: Int
    let after: Int
  }

  /// Makes the file as small as its content.
  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compact",
      abstract: "Drop what nothing refers to, and give free room back to the disk.",
      discussion: """
        A file does not shrink by itself after 'forget' and 'prune'; the next imports use the room. For a moment the \
        disk needs as much room again as the file takes.

        Example:
          benchtrail db compact
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let store = try store.openToWrite()
      let done = try Failure.wording { try store.compact() }
      try output.write {
        ResultJSON(
          path: store.path, compacted: CompactionJSON(before: done.before, after: done.after))
      } document: {
        var document = Document()
        document.paragraph(
          .init(
            "The file had \(Self.words(done.before)), and has \(Self.words(done.after)) now."))
        return document
      }
    }

    /// A size as a person reads it.
    private static func words(_ bytes: Int) -> String {
      for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
      where bytes >= size {
        let tenths = bytes * 10 / size
        return "\(tenths / 10).\(tenths % 10) \(unit)"
      }
      return "\(bytes) bytes"
    }
  }
}

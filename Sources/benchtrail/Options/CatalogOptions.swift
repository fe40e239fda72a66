import ArgumentParser
import BenchCatalog
import BenchInput
import BenchPolicy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is known of the checks.
struct CatalogOptions: ParsableArguments {
  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "A folder whose files take the place of the catalogue's files of the same path (default: BENCHTRAIL_CATALOG, else none).",
      valueName: "folder"), completion: .directory)
  var path: String?

  /// The catalogue that all that follows is handed: no other place names the one that is compiled in.
  ///
  /// - Throws: ``Failure`` with everything that is wrong in the folder.
  func load() throws -> Catalog {
    guard let path = path ?? Output.environment("BENCHTRAIL_CATALOG") else { return .embedded }
    do {
      let files = try FolderFiles.read(path, endings: Catalog.endings, limit: Catalog.sizeLimit)
      guard !files.isEmpty else {
        throw Failure(
          "\(path): the folder has no file of a catalogue, such as controls.tsv or kube-bench/checks.tsv"
        )
      }
      let catalog = try Catalog(files)
      let threats = DefaultThreats.errors(catalog)
      guard threats.isEmpty else {
        throw Failure(
          threats.map { Failure.words($0.error, in: Failure.place(of: $0.path, in: path)) }
            + [Self.refusal(path)])
      }
      return catalog
    } catch let error as LogFile.Unreadable {
      let isNoFolder = error.path == path && (error.code == ENOENT || error.code == ENOTDIR)
      throw Failure(
        isNoFolder
          ? "'--catalog \(path)': there is no such folder"
          : "\(error.path): the catalogue can't be read: \(Failure.words(error))",
        code: isNoFolder ? 64 : Failure.unreadable)
    } catch let error as InvalidCatalog {
      throw Failure(
        error.errors.map { Failure.words($0, in: path) } + [Self.refusal(path)])
    }
  }

  private static func refusal(_ path: String) -> String {
    "\(path): the catalogue is not used; correct it, or name another with '--catalog'"
  }
}

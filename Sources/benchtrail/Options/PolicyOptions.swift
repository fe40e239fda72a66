import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchInput
import BenchModel
import BenchPolicy

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which policy counts, and as of when.
struct PolicyOptions: ParsableArguments {
  /// The file's name where none is given.
  static let fileName = "benchtrail.yaml"

  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "The policy (default: benchtrail.yaml in this folder or the nearest one above it).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "Take runs, waivers and ages as of this time, in ISO 8601.", valueName: "time"))
  var asOf: String?

  /// The time that is asked for; the end of the day for a date, of the minute for a time without seconds.
  var asOfTime: Int64? {
    asOf.flatMap { CivilTime($0)?.end }
  }

  /// The time that ages are counted to.
  var time: Int64 { asOfTime ?? Host.now }

  func validate() throws {
    if let asOf, CivilTime(asOf) == nil {
      throw ValidationError("'--as-of \(asOf)' is no time such as 2025-01-12 or 2025-01-12T03:00Z.")
    }
  }

  /// The file that counts; nil where there is none.
  var location: String? {
    if let path { return path }
    guard var folder = Self.workingFolder else { return nil }
    while true {
      let candidate = (folder == "/" ? "" : folder) + "/" + Self.fileName
      if LogFile.exists(candidate) { return candidate }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static var workingFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Reads the policy's file; nil where there is none.
  ///
  /// - Parameter catalog: What the names of controls and fixes are known by.
  /// - Returns: The file with its path, or nil.
  /// - Throws: ``Failure``
  func file(_ catalog: Catalog) throws -> (path: String, file: PolicyFile)? {
    guard let path = location else { return nil }
    do {
      let bytes = try LogFile(path: path).bytes(limit: PolicyFile.sizeLimit)
      return (path, PolicyFile(bytes, catalog))
    } catch let error as LogFile.Unreadable {
      throw Failure("\(path): the policy can't be read: \(Failure.words(error))")
    }
  }

  /// The policy; an empty one where there is no file.
  ///
  /// - Parameter catalog: What the policy decides upon.
  /// - Returns: The policy.
  /// - Throws: ``Failure`` with everything that is wrong in it.
  func load(_ catalog: Catalog) throws -> Policy {
    guard let (path, file) = try file(catalog) else { return Policy(catalog) }
    guard file.errors.isEmpty else {
      throw Failure(
        file.errors.map { Failure.words($0, in: path) }
          + ["\(path): the policy is not taken; mend it, or name another with '--policy'"])
    }
    return file.policy
  }
}

extension Policy {
  /// The names that hosts have now.
  var hostNames: HostNames { HostNames(renames: renames) }
}

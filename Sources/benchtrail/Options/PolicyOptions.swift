import ArgumentParser
import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchInput
import BenchModel
import BenchPolicy
import BenchReports
import BenchService

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which policy counts.
struct PolicyOptions: ParsableArguments {
  /// The file's name where none is given.
  static let fileName = "benchtrail.yaml"
  /// Names the file where the command line does not.
  private static let variable = "BENCHTRAIL_POLICY"

  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "The policy (default: BENCHTRAIL_POLICY, else benchtrail.yaml in this folder or the nearest one above it).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var path: String?

  /// The file that counts; nil where there is none.
  var location: String? {
    if let path = path ?? Output.environment(Self.variable) { return path }
    guard var folder = Self.workingFolder else { return nil }
    while true {
      let candidate = (folder == "/" ? "" : folder) + "/" + Self.fileName
      if LogFile.exists(candidate) { return Self.shown(candidate) }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static var workingFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Reads the policy's file as it is; nil where there is none.
  ///
  /// - Returns: The file, or nil.
  /// - Throws: ``Failure``
  func read() throws -> PolicyInForce.File? {
    guard let path = location else { return nil }
    do {
      return PolicyInForce.File(
        path: Self.absolute(path),
        content: try LogFile(path: path).bytes(limit: PolicyFile.sizeLimit))
    } catch let error as LogFile.Unreadable {
      let isOfVariable = self.path == nil && Output.environment(Self.variable) != nil
      let place = isOfVariable ? " (of \(Self.variable))" : ""
      throw Failure(
        "\(path)\(place): the policy can't be read: \(Failure.words(error))",
        hints: ["'benchtrail policy init FILE' writes one, '--policy FILE' names another"])
    }
  }

  /// The policy that counts at the time that is asked about, by what the database remembers.
  ///
  /// - Parameters:
  ///   - time: The time that is asked about, where it has passed; nil for now.
  ///   - catalog: What the policy decides upon.
  ///   - repository: Where policies are remembered.
  /// - Returns: The policy, and where it is from.
  /// - Throws: ``Failure`` with everything that is wrong in the file.
  func inForce(
    at time: Int64?, _ catalog: Catalog, in repository: any RunRepository
  ) throws -> PolicyInForce {
    if let time {
      let path = location
      // The file of now may be gone: what counts is what it was.
      let file = try path.flatMap { LogFile.exists($0) ? try read() : nil }
      return try Failure.wording {
        try PolicyInForce.past(
          path.map(Self.absolute), file, at: time, now: Host.now, catalog, in: repository)
      }
    }
    let file = try read()
    do {
      return try Failure.wording {
        try PolicyInForce.now(file, at: Host.now, catalog, in: repository) {
          file.flatMap { GitRevision.of($0.path, $0.content) }
        }
      }
    } catch let error as InvalidPolicy {
      throw Self.refusal(error.errors, location ?? "")
    }
  }

  /// The path of the file that counts, from the root.
  var absolutePath: String? { location.map(Self.absolute) }

  private static func refusal(_ errors: [PolicyError], _ path: String) -> Failure {
    Failure(
      errors.map { Failure.words($0, in: path) }
        + ["\(path): the policy is not used; correct it, or name another with '--policy'"])
  }

  /// A path from the root, by which the file is remembered however it is named.
  private static func absolute(_ path: String) -> String {
    if let real = resolved(path) { return real }
    // The file is gone.
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let real = resolved(folder) else { return path }
    return (real == "/" ? "" : real) + "/" + name
  }

  /// A path without links and dots; nil where nothing is there.
  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// A path from the working folder, where it is in that.
  static func shown(_ path: String) -> String {
    guard let folder = workingFolder, path.hasPrefix(folder + "/") else { return path }
    return "./" + path.dropFirst(folder.utf8.count + 1)
  }

  /// Reads the policy's file; nil where there is none.
  ///
  /// - Parameter catalog: What the names of controls and fixes are known by.
  /// - Returns: The file with its path, or nil.
  /// - Throws: ``Failure``
  func file(_ catalog: Catalog) throws -> (path: String, file: PolicyFile)? {
    guard let path = location, let file = try read() else { return nil }
    return (path, PolicyFile(file.content, catalog))
  }

  /// The policy; an empty one where there is no file.
  ///
  /// - Parameter catalog: What the policy decides upon.
  /// - Returns: The policy.
  /// - Throws: ``Failure`` with everything that is wrong in it.
  func load(_ catalog: Catalog) throws -> Policy {
    guard let (path, file) = try file(catalog) else { return Policy(catalog) }
    guard file.errors.isEmpty else {
      throw Self.refusal(file.errors, path)
    }
    return file.policy
  }
}

extension Policy {
  /// The names that hosts have now.
  var hostNames: HostNames { HostNames(renames: renames) }
}

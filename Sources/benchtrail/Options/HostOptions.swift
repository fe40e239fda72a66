import ArgumentParser
import BenchHistory
import BenchInput
import BenchModel
import BenchService

/// Which hosts a report is of.
struct HostOptions: ParsableArguments {
  @Option(
    name: .customLong("host"),
    help: ArgumentHelp(
      "Only this host, or those of a pattern such as 'web-*'; may be repeated.",
      valueName: "host"), completion: .hosts)
  var hosts: [String] = []

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "key=value"),
    completion: .labels)
  var labels: [Label] = []

  /// Whether all hosts are meant.
  var areAll: Bool { hosts.isEmpty && labels.isEmpty }

  /// The labels as the library takes them.
  var pairs: [(key: String, value: String)] { labels.map { ($0.key, $0.value) } }

  /// The hosts that are meant, by the names that they have; none for all.
  ///
  /// - Parameter repository: Where the runs are.
  /// - Returns: The names.
  /// - Throws: ``Failure``, or the repository's errors, for a name or a pattern of no host.
  func names(in repository: any RunRepository) throws -> [String] {
    try Self.names(hosts, in: repository)
  }

  /// The hosts that names and patterns stand for; see ``names(in:)``.
  @discardableResult
  static func names(
    _ typed: [String], in repository: any RunRepository
  ) throws -> [String] {
    do {
      return try HostPatterns.names(
        typed.map { NameBytes.distinct(NameBytes.bytes($0)) }, in: repository)
    } catch ServiceError.noRuns(host: let name?) {
      throw Failure.unknownHost(
        name, isPattern: HostPatterns.isPattern(name),
        try Failure.wording { try repository.hosts() })
    } catch {
      return try Failure.wording { throw error }
    }
  }

  /// Refuses a host that no run is of; a star in its name is a star.
  ///
  /// - Parameters:
  ///   - host: The name as it was typed.
  ///   - repository: Where the runs are.
  /// - Throws: ``Failure``, with the hosts that are spelt nearly so.
  static func require(_ host: String, in repository: any RunRepository) throws {
    let isKnown = try Failure.wording {
      try repository.hasHost(NameBytes.distinct(NameBytes.bytes(host)))
    }
    guard !isKnown else { return }
    throw Failure.unknownHost(host, try Failure.wording { try repository.hosts() })
  }
}

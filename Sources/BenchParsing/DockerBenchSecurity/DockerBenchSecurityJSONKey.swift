/// The members that are read of the JSON of docker-bench-security, and of what loggers wrap its text in.
enum DockerBenchSecurityJSONKey: Equatable {
  /// `dockerbenchsecurity`, whose value is the version.
  case version
  /// The same key of a tool that was made after it, such as `podmanbenchsecurity`.
  case relative(String)
  case start, end, checks, score
  case id, title, result, details, items
  /// The id of a check in flat JSON.
  case check(id: [UInt8])
  /// A key under which log drivers and collectors keep a line, and Ansible a command's output.
  case log
  case other

  private static let known: [(name: StaticString, key: DockerBenchSecurityJSONKey)] = [
    ("id", .id), ("desc", .title), ("result", .result), ("details", .details), ("items", .items),
    ("start", .start), ("end", .end), ("checks", .checks), ("score", .score),
    ("dockerbenchsecurity", .version),
    ("log", .log), ("message", .log), ("msg", .log), ("MESSAGE", .log), ("line", .log),
    ("textPayload", .log), ("stdout", .log), ("output", .log), ("content", .log), ("body", .log),
  ]

  /// Reads a member's name as it stands.
  init(_ name: Bytes) {
    for (word, key) in Self.known
    where word.utf8CodeUnitCount == name.count && name.has(word, at: 0) {
      self = key
      return
    }
    if let relative = Relative.key(name) {
      self = .relative(relative)
      return
    }
    self = Self.isID(name) ? .check(id: Array(name)) : .other
  }

  private static func isID(_ name: Bytes) -> Bool {
    guard name.count <= 16, name.contains(ASCII.dot), let first = name.first else { return false }
    return (ASCII.isDigit(first) || first | 0x20 == 0x63)
      && name.dropFirst().allSatisfy { ASCII.isDigit($0) || $0 == ASCII.dot }
  }
}

/// Logs whose paths look like those of several hosts.
///
/// The paths are compared part by part from their beginning. The first part in which two folders, or else two files, have
/// names that look like different hosts' (``HostPart``) is the one that names the host.
package struct SeveralHosts: Hashable, Sendable {
  /// A folder or file of each host, in the order of the paths.
  package var places: [String]
  /// Whether they are folders.
  package var areFolders: Bool
  /// The pattern that tells the hosts by their paths; nil where none does.
  package var pattern: String?

  /// A path at the part that is looked at.
  private struct Place {
    var path: String
    var parts: [String]
    var host: HostPart
  }

  /// Looks for several hosts; nil where the paths do not look like such.
  ///
  /// - Parameter paths: The files that hold runs, for which nobody named a host.
  package init?(_ paths: [String]) {
    let split = paths.map { path in
      (path, path.split(separator: "/", omittingEmptySubsequences: false).map(String.init))
    }
    let depth = split.map(\.1.count).max() ?? 0
    for level in 0..<depth {
      for isFile in [false, true] {
        let places = split.compactMap { path, parts -> Place? in
          guard isFile ? parts.count == level + 1 : parts.count > level + 1 else { return nil }
          return HostPart(parts[level], isFile: isFile).map {
            Place(path: path, parts: parts, host: $0)
          }
        }
        var seen: Set<String> = []
        let first = places.filter { seen.insert($0.host.key).inserted }
        guard first.count > 1 else { continue }
        self.places = first.map { $0.parts[...level].joined(separator: "/") }
        areFolders = !isFile
        pattern = Self.pattern(places, level, isFile: isFile)
        return
      }
    }
    return nil
  }

  // MARK: - The pattern

  private static func pattern(_ places: [Place], _ level: Int, isFile: Bool) -> String? {
    let folders = (0..<level).map { index in
      Set(places.map { $0.parts[index] }).count == 1 ? places[0].parts[index] : "*"
    }
    func fitting(_ names: [String]) -> String? {
      names.map { (folders + [$0]).joined(separator: "/") }.first { fits($0, places) }
    }
    guard isFile else {
      let isFlat = places.allSatisfy { $0.parts.count == level + 2 }
      return fitting([isFlat ? "{host}/*" : "{host}/**"])
    }
    let names = places.map { Array($0.parts[level].utf8) }
    let before = zip(names, places).map { Array($0[..<$1.host.range.lowerBound]) }
    let after = zip(names, places).map { Array($0[$1.host.range.upperBound...]) }
    return fitting(
      alternatives(before).flatMap { start in alternatives(after).map { start + "{host}" + $0 } })
  }

  /// Whether a pattern tells the hosts apart as their names do.
  private static func fits(_ text: String, _ places: [Place]) -> Bool {
    guard let pattern = HostPattern(text) else { return false }
    var hosts: [String: String] = [:]
    for place in places {
      guard let host = pattern.host(in: place.path),
        hosts.updateValue(host, forKey: place.host.key) ?? host == host
      else { return false }
    }
    return Set(hosts.values).count == hosts.count
      && places.allSatisfy { place in
        // The whole name, and not a part that happens to differ.
        HostPart(hosts[place.host.key] ?? "", isFile: false)?.key == place.host.key
      }
  }

  /// Patterns for what stands before or behind the hosts' names, those first that fit more names.
  private static func alternatives(_ texts: [[UInt8]]) -> [String] {
    guard let first = texts.first else { return [""] }
    if texts.allSatisfy({ $0 == first }) { return [String(decoding: first, as: UTF8.self)] }
    let start = common(texts)
    let rests = texts.map { Array($0.dropFirst(start.count).reversed()) }
    let end = Array(common(rests).reversed())
    // Dates and numbers begin alike by chance.
    let digit = start.firstIndex { $0 &- 0x30 < 10 } ?? start.count
    let lengths = [digit, min(digit + 2, start.count), start.count]
    return lengths.map { length in
      String(decoding: start.prefix(length), as: UTF8.self) + "*"
        + String(decoding: end, as: UTF8.self)
    }
  }

  /// What texts begin with.
  private static func common(_ texts: [[UInt8]]) -> [UInt8] {
    guard var start = texts.first else { return [] }
    for text in texts {
      let count = zip(start, text).prefix { $0 == $1 }.count
      start.removeLast(start.count - count)
    }
    return start
  }
}

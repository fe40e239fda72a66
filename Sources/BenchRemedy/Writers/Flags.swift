import BenchCatalog

/// The options of one program, each once, in the order in which fixes name them.
struct Flags {
  private var order: [String] = []
  private var values: [String: String] = [:]
  private var added: [String: [String]] = [:]
  private var removed: [String: [String]] = [:]
  private(set) var notes: [Note] = []

  /// Creates the options that some fixes set, take out or change.
  init(_ tasks: [FixTask]) {
    for task in tasks {
      for (flag, value) in zip(task.fix.target.words, task.value.words) { add(flag, value) }
    }
  }

  /// Creates options of flags with values to set.
  init(_ settings: [(flag: String, value: String)]) {
    for (flag, value) in settings { add(flag, value) }
  }

  var isEmpty: Bool { order.isEmpty }

  /// Adds a value: one to set, `+A,B` to add to a list, `-A,B` to take from a list, or `(remove)`.
  private mutating func add(_ flag: String, _ value: String) {
    if !order.contains(flag) { order.append(flag) }
    let names = value.dropFirst().split(separator: ",").map(String.init)
    switch value.first {
    case "+": added[flag, default: []] += names.filter { added[flag]?.contains($0) != true }
    case "-": removed[flag, default: []] += names.filter { removed[flag]?.contains($0) != true }
    default:
      if let known = values[flag], known != value {
        notes.append(.kept(key: flag, own: known, instead: value))
      } else {
        values[flag] = value
      }
    }
  }

  /// What cannot be written as an option, as comments without their mark.
  var remarks: [String] {
    order.flatMap { flag -> [String] in
      var remarks: [String] = []
      if values[flag] == "(remove)" { remarks.append("Take out: \(flag)") }
      if added[flag] != nil { remarks.append("Keep what \(flag) lists already.") }
      if let names = removed[flag] {
        remarks.append("Take out of the list of \(flag): \(names.joined(separator: ", "))")
      }
      return remarks
    }
  }

  /// The options with the values to set.
  var entries: [(flag: String, value: String)] {
    order.flatMap { flag -> [(flag: String, value: String)] in
      var entries: [(flag: String, value: String)] = []
      if let value = values[flag], value != "(remove)" { entries.append((flag, value)) }
      if let names = added[flag] { entries.append((flag, names.joined(separator: ","))) }
      return entries
    }
  }
}

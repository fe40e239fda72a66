package import BenchModel

/// What a person must know of a snippet before it is applied.
package enum Note: Hashable, Sendable {
  /// What the catalogue says of a fix, by its title.
  case remark(fix: String, String)
  /// A value of one's own file that a fix replaces; the value as JSON.
  case replaced(key: String, old: String)
  /// An entry of one's own that stays where the fix has another; both as JSON.
  case kept(key: String, own: String, instead: String)
  /// A key of one's own that does not go with a key that a fix sets.
  case conflict(key: String, with: String)
  /// A key of one's own that goes before a key that a fix sets.
  case overruled(key: String, by: String)
  /// The daemon refuses live restore on a node of a swarm, so it was left out.
  case noLiveRestoreOnSwarm
  /// A name that can't be written safely, or that the format does not allow, so it was left out; spelled out.
  case leftOut(ItemKind, name: String)
  /// A task of a swarm, whose options are those of its service.
  case swarmTask(container: String, service: String)
  /// Only one of two options fits a host, and the findings do not tell which.
  case chooseByHost(String, String)
  /// The policy's value for a fix can't be used, so the catalogue's stands; spelled out.
  case badValue(fix: String, value: String)
  /// A command that makes the text take hold.
  case thenRun(String)
  /// The tool was told to list only so many items, or the log ends in the list: there may be more.
  case mayBeMore

  /// The note in words, on one line, safe to show anywhere that plain text is.
  package var text: String {
    switch self {
    case .remark(let fix, let text): "\(fix): \(text)"
    case .replaced(let key, let old): "\(key) was \(old) and is replaced."
    case .kept(let key, let own, let instead): "\(key) stays \(own); the fix would set \(instead)."
    case .conflict(let key, let with):
      "\(key) is in the file and does not go with \(with): settle it by hand, or the daemon may not start."
    case .overruled(let key, let own):
      "\(own) is on in the file and goes before \(key): turn it off."
    case .noLiveRestoreOnSwarm:
      "live-restore is left out: the daemon refuses it on a node of a swarm."
    case .leftOut(let kind, let name):
      "The \(kind.name) \(name) is left out: its name is not safe to write here."
    case .swarmTask(let container, let service):
      "The container \(container) is a task of the swarm service \(service): change the service."
    case .chooseByHost(let one, let other):
      "\(one) is for hosts with AppArmor, \(other) for hosts with SELinux: take out the comment mark of one."
    case .badValue(let fix, let value):
      "The policy's value for \(fix) can't be used here, so the catalogue's stands: \(value)"
    case .thenRun(let command): "Then: \(command)"
    case .mayBeMore: "The list of items was cut short in the log: there may be more."
    }
  }
}

import BenchCatalog

/// The value that a fix sets: the policy's where it can be used, else the catalogue's.
struct FixValue {
  var value: String
  /// The policy's value, if it can't be used.
  var refused: String?

  /// Chooses a value.
  ///
  /// A policy is reviewed, not hostile; but a value with a line break or of another type would break the snippet, so
  /// each kind of fix says what it can take.
  init(_ fix: Fix, _ wanted: String?) {
    value = fix.value
    guard let wanted else { return }
    if let usable = Self.usable(wanted, fix) { value = usable } else { refused = wanted }
  }

  /// The policy's text as the fix needs it; nil if it can't be used.
  private static func usable(_ text: String, _ fix: Fix) -> String? {
    guard text.isPlain else { return nil }
    switch fix.kind {
    case "daemon-json": return JSONParser.value(fix.value).flatMap { like($0, text)?.compact }
    case "registry" where fix.target == "registry-mirrors",
      "process" where fix.target == "authorization-plugins":
      return texts(text)?.compact
    case "run-option":
      guard !fix.value.isEmpty else { return nil }
      return like(loose(fix.value), text).map { value in
        if case .string(let text) = value, loose(text) == value { text } else { value.compact }
      }
    case "audit-rule": return AuditRule.isValid(text) ? text : nil
    case "ownership":
      return text.wholeMatch(of: /[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*/).map { _ in text }
    case "mode": return text.wholeMatch(of: /0?[0-7]{3}/).map { _ in text }
    case "dockerfile":
      return text.hasPrefix(fix.target + " ") && !text.hasSuffix("\\") ? text : nil
    case "swarm-command":
      return text.hasPrefix("docker ") && text.isMade(of: " _.,:=@/-") ? text : nil
    case "kubelet-config", "apiserver-flag", "controller-manager-flag", "scheduler-flag",
      "etcd-flag":
      let same = text.words.count == fix.target.words.count
      return same && text.isMade(of: " _.,:=@/()+-") ? text : nil
    case "policy" where !fix.value.isEmpty: return text.isMade(of: "-") ? text : nil
    default: return nil
    }
  }

  /// A text as JSON, or as itself where it is none: `512m` is a text, `512` a number.
  static func loose(_ text: String) -> JSONValue { JSONParser.value(text) ?? .string(text) }

  /// A text as a value of the same kind as another.
  private static func like(_ model: JSONValue, _ text: String) -> JSONValue? {
    let value = loose(text)
    if value.kind == model.kind { return value }
    switch model {
    // 1073741824 is as good as 1g.
    case .string: return value.kind == .number ? .string(text) : nil
    case .array: return value.kind == .string ? .array([value]) : nil
    default: return nil
    }
  }

  /// A list of texts, or a text that stands for a list of one.
  private static func texts(_ text: String) -> JSONValue? {
    switch loose(text) {
    case .string(let text): return .array([.string(text)])
    case .array(let values) where !values.isEmpty && values.allSatisfy { $0.kind == .string }:
      return .array(values)
    default: return nil
    }
  }
}

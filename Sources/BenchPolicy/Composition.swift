private import Yams

/// The values of a YAML text.
///
/// The only place that knows Yams, which is kept from three things: it stops at the first key that is there twice, so
/// that key is renamed until it has none to complain of; it compares keys that are collections by all that they hold,
/// which aliases of aliases and keys in keys make endless, so both are refused beforehand; and its words are its own.
struct Composition {
  /// The document; nil if there is none, or if it could not be read.
  private(set) var root: Value?
  private(set) var errors: [PolicyError] = []

  /// How deep values may be nested; a policy needs four.
  private static let depthLimit = 32
  /// How many repeated keys are told before reading stops.
  private static let patchLimit = 20
  /// What the parser says at its own limit, which has no code.
  private static let tooDeep =
    "Maximum nesting level reached, set with yaml_set_max_nest_level())"
  /// Stands for the first character of the repeated keys; the characters behind it are for private use as well.
  private static let standIn: UInt32 = 0xE000

  /// The first characters of renamed keys.
  private var patches: [PolicyError.Place: Unicode.Scalar] = [:]
  private var text: PolicyText
  /// The text with the keys that it has.
  private let source: PolicyText

  init(_ text: String) {
    source = PolicyText(text)
    self.text = source
    if let refusal = self.text.refusal {
      errors = [refusal]
      return
    }
    while true {
      do {
        let node = try Yams.compose(yaml: self.text.string, .basic, .default, .utf8)
        root = node.map { value($0, depth: 0) }
        return
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let place = PolicyError.Place(context.mark)
        guard rename(at: place) else {
          let first = self.text.index(of: place).map { self.text.scalars[$0] }
          let isText = first != "[" && first != "{"
          let kind: PolicyError.Kind =
            isText ? .duplicateKey(names.first ?? "", first: place.line) : .keyIsNoText
          errors = [PolicyError(kind, at: place)]
          return
        }
      } catch {
        errors = [self.error(error)]
        return
      }
    }
  }

  /// Gives a key another first character, and returns whether that was possible.
  private mutating func rename(at place: PolicyError.Place) -> Bool {
    guard patches.count < Self.patchLimit, patches[place] == nil,
      var index = text.index(of: place)
    else { return false }
    if ["\"", "'"].contains(text.scalars[index]) { text.scalars.formIndex(after: &index) }
    guard index < text.scalars.endIndex,
      !"[]{}|>\\\"'&!".unicodeScalars.contains(text.scalars[index]),
      let standIn = Unicode.Scalar(Self.standIn + UInt32(patches.count))
    else { return false }
    patches[place] = text.scalars[index]
    text.scalars.replaceSubrange(index...index, with: [standIn])
    return true
  }

  private mutating func value(_ node: Node, depth: Int) -> Value {
    let place = node.mark.map { PolicyError.Place($0) } ?? PolicyError.Place(line: 1, column: 1)
    guard depth < Self.depthLimit else {
      if !errors.contains(where: { $0.kind == .tooDeep }) {
        errors.append(PolicyError(.tooDeep, at: place))
      }
      return Value(content: .list([]), place: place)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return Value(content: .text(scalar.string, isPlain: isPlain), place: place)
    case .sequence(let list):
      return Value(content: .list(list.map { value($0, depth: depth + 1) }), place: place)
    case .mapping(let mapping):
      var members: [Value.Member] = []
      for (key, item) in mapping {
        guard let name = key.scalar?.string, let mark = key.mark else {
          errors.append(PolicyError(.keyIsNoText, at: key.mark.map { .init($0) } ?? place))
          continue
        }
        let place = PolicyError.Place(mark)
        members.append(
          Value.Member(
            key: original(name, at: place), place: place, value: value(item, depth: depth + 1)))
      }
      return Value(content: .mapping(members), place: place)
    case .alias: return Value(content: .text("", isPlain: true), place: place)
    }
  }

  /// A key as the file has it.
  private func original(_ name: String, at place: PolicyError.Place) -> String {
    guard let first = patches[place] else { return name }
    var scalars = String.UnicodeScalarView([first])
    scalars.append(contentsOf: name.unicodeScalars.dropFirst())
    return String(scalars)
  }

  // MARK: Errors

  private func error(_ error: any Error) -> PolicyError {
    switch error as? YamlError {
    case .reader(_, let offset, let value, _):
      PolicyError(.controlCharacter(UInt32(clamping: value)), at: text.place(offset ?? 0))
    case .scanner(let context, _, let mark, _):
      // What the scanner looked for, as the end of a quotation, is missed at its beginning.
      broken(at: PolicyError.Place(context?.mark ?? mark), or: PolicyError.Place(mark))
    case .parser(_, Self.tooDeep, let mark, _):
      PolicyError(.tooDeep, at: PolicyError.Place(mark))
    case .parser(let context, _, let mark, _):
      broken(
        at: PolicyError.Place(
          text.index(of: PolicyError.Place(mark)) == nil ? context?.mark ?? mark : mark))
    case .composer(nil, _, let mark, _): PolicyError(.unquotedStar, at: PolicyError.Place(mark))
    case .composer(_, _, let mark, _): PolicyError(.severalDocuments, at: PolicyError.Place(mark))
    default: broken(at: PolicyError.Place(line: 1, column: 1))
    }
  }

  private func broken(at place: PolicyError.Place, or other: PolicyError.Place? = nil)
    -> PolicyError
  {
    for place in [place, other ?? place] {
      switch text.index(of: place).map({ text.scalars[$0] }) {
      case "*": return PolicyError(.unquotedStar, at: place)
      case "\t": return PolicyError(.tab, at: place)
      default: continue
      }
    }
    return PolicyError(.syntax(source.line(place.line)), at: place)
  }
}

extension PolicyError.Place {
  fileprivate init(_ mark: Mark) {
    self.init(line: max(mark.line, 1), column: max(mark.column, 1))
  }
}

/// Where an entry can stand in a policy's text.
///
/// Looks up in the read values where the list begins, and in the lines where it ends; all other bytes stay. Which of the
/// texts means what it should is for ``PolicyChange`` to say, which reads them: a line that looks like a comment may be
/// one of a block of text, and blank lines may be a part of it.
struct PolicyInsertion {
  private let entry: PolicyEntry
  private let lines: PolicyLines
  private let members: [Value.Member]
  private let root: PolicyError.Place?
  private let isMarked: Bool

  /// What stands before a text that begins with a byte order mark.
  private static let mark: Unicode.Scalar = "\u{FEFF}"

  /// Reads a text, which must be a policy without errors.
  init(_ entry: PolicyEntry, in text: String) throws(PolicyEditError) {
    self.entry = entry
    isMarked = text.unicodeScalars.first == Self.mark
    let text =
      isMarked ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text
    let composition = Composition(text)
    guard composition.errors.isEmpty else { throw .invalid(composition.errors) }
    lines = PolicyLines(text)
    switch composition.root?.content {
    case nil, .text("", _): (members, root) = ([], nil)
    case .mapping(let members):
      self.members = members
      root = composition.root?.place
    case .text, .list:
      throw .unusual(at: composition.root?.place ?? .init(line: 1, column: 1), entry: entry.json)
    }
    if let root, scalar(root) == "{" { throw .fileInBrackets(at: root, entry: entry.json) }
  }

  /// The texts with the entry, the best first.
  func edits() throws(PolicyEditError) -> [PolicyEdit] {
    guard let position = members.firstIndex(where: { $0.key == entry.list.rawValue }) else {
      return withoutList()
    }
    let member = members[position]
    let next = position + 1 < members.count ? members[position + 1].place.line - 1 : nil
    let end = next ?? documentEnd(from: member.place.line)
    switch member.value.content {
    case .list(let entries) where !entries.isEmpty:
      return try inList(member, entries, end: end)
    default: return try inEmptyList(member, end: end)
    }
  }

  // MARK: - Lists

  /// Behind the last entry of a list.
  private func inList(
    _ member: Value.Member, _ entries: [Value], end: Int
  ) throws(PolicyEditError) -> [PolicyEdit] {
    let place = member.value.place
    switch scalar(place) {
    case "-": break
    case "[": throw .listInBrackets(at: place, entry: entry.json)
    default: throw .unusual(at: place, entry: entry.json)
    }
    let new = entry.lines(
      indentation: place.column - 1, gap: gap(entries, dash: place.column))
    let behind = behindContent(from: place.line - 1, to: end, deeperThan: member.place.column - 1)
    let isSpread = entries.count > 1 && isSpaced(entries[entries.count - 1].place.line - 1)
    var places = [(behind, false), (end, false)]
    if isSpread { places.insert((behind, true), at: 0) }
    return places.map { index, hasBlank in
      edit(lines, new, at: index, before: hasBlank ? [""] : [])
    }
  }

  /// In a list that is there and has nothing, be it no value, `null` or empty brackets.
  private func inEmptyList(
    _ member: Value.Member, end: Int
  ) throws(PolicyEditError) -> [PolicyEdit] {
    var lines = lines
    let place = member.value.place
    var index = member.place.line
    var changed: (old: String, new: String)?
    if let length = try length(of: member.value) {
      let number = place.line - 1
      let (before, rest) = lines.lines[number].split(place.column)
      let behind = String(String.UnicodeScalarView(rest.unicodeScalars.dropFirst(length)))
      var kept = before.unicodeScalars
      while let last = kept.last, last == " " || last == "\t" { kept.removeLast() }
      let isOfKey = place.line == member.place.line
      // Alone in its line it leaves an empty one.
      let isAlone = kept.isEmpty && behind.isEmpty
      let line = (isOfKey || isAlone ? String(kept) : before) + behind
      changed = (lines.lines[number].text, line)
      lines.lines[number].text = line
      index = place.line
    }
    let style = style(beside: member)
    let new = entry.lines(
      indentation: member.place.column - 1 + style.indentation, gap: style.gap)
    // A comment below the key is the list's, as far as it is indented.
    var behind = index
    for number in index..<max(index, end) where lines.lines[number].isComment {
      if lines.lines[number].indentation > member.place.column - 1 { behind = number + 1 }
    }
    return [behind, index].map { index in
      var edit = edit(lines, new, at: index)
      if let changed {
        edit.removed = [changed.old]
        edit.added.insert(changed.new, at: 0)
      }
      return edit
    }
  }

  /// How many characters stand for a value that is nothing; nil if it is no text at all.
  private func length(of value: Value) throws(PolicyEditError) -> Int? {
    let place = value.place
    switch value.content {
    case .text("", _): return nil
    case .text(let text, _):
      let rest = lines.lines[place.line - 1].split(place.column).behind
      guard rest.unicodeScalars.starts(with: text.unicodeScalars) else { break }
      return text.unicodeScalars.count
    case .list:
      let rest = lines.lines[place.line - 1].split(place.column).behind.unicodeScalars
      guard rest.first == "[" else { break }
      let inside = rest.dropFirst().prefix { $0 == " " || $0 == "\t" }.count
      // Over several lines there may be comments between the brackets.
      guard rest.dropFirst(1 + inside).first == "]" else {
        throw .listInBrackets(at: place, entry: entry.json)
      }
      return inside + 2
    case .mapping: break
    }
    throw .unusual(at: place, entry: entry.json)
  }

  /// A list of its own: behind the comment that shows one, or at the end.
  private func withoutList() -> [PolicyEdit] {
    let column = (root?.column ?? 1) - 1
    let style = style(beside: nil)
    let new =
      [String(repeating: " ", count: column) + entry.list.rawValue + ":"]
      + entry.lines(indentation: column + style.indentation, gap: style.gap)
    var edits: [PolicyEdit] = []
    if let behind = behindExample() {
      let hasNext = behind < lines.lines.count && !lines.lines[behind].isBlank
      edits.append(
        edit(lines, new, at: behind, before: [""], behind: hasNext ? [""] : [], isList: true))
    }
    let end = documentEnd(from: members.last?.value.place.line ?? 0)
    let needsBlank =
      end > 0 && !lines.lines[end - 1].isBlank && !lines.lines[end - 1].text.hasPrefix("---")
    if needsBlank { edits.append(edit(lines, new, at: end, before: [""], isList: true)) }
    edits.append(edit(lines, new, at: end, isList: true))
    return edits
  }

  // MARK: - Places

  private func scalar(_ place: PolicyError.Place) -> Unicode.Scalar? {
    lines.lines.indices.contains(place.line - 1)
      ? lines.lines[place.line - 1].scalar(place.column) : nil
  }

  /// The 0-based line that ends the document, or the number of all lines.
  private func documentEnd(from line: Int) -> Int {
    lines.lines.indices.dropFirst(line).first { lines.lines[$0].endsDocument } ?? lines.lines.count
  }

  /// The line behind the last one with content, and behind the comments below it that are indented as a part of it is.
  private func behindContent(from start: Int, to end: Int, deeperThan column: Int) -> Int {
    let range = start..<max(start, end)
    let last = range.last { !lines.lines[$0].isBlank && !lines.lines[$0].isComment } ?? start
    let comment = range.last {
      $0 > last && lines.lines[$0].isComment && lines.lines[$0].indentation > column
    }
    return (comment ?? last) + 1
  }

  /// Whether a blank line stands before a line, or before the comment above it.
  private func isSpaced(_ line: Int) -> Bool {
    let above = lines.lines.indices.prefix(line).last { !lines.lines[$0].isComment }
    return above.map { lines.lines[$0].isBlank } ?? false
  }

  /// The line behind a comment that shows the list, as a file to begin with has it; nil without such a comment.
  private func behindExample() -> Int? {
    let shown = lines.lines.firstIndex { line in
      guard line.text.unicodeScalars.first == "#" else { return false }
      let text = line.text.unicodeScalars.drop { $0 == "#" || $0 == " " }
      return String(String.UnicodeScalarView(text)) == entry.list.rawValue + ":"
    }
    guard let shown else { return nil }
    return lines.lines.indices.dropFirst(shown).first {
      lines.lines[$0].text.unicodeScalars.first != "#"
    } ?? lines.lines.count
  }

  /// How many blanks the last entry of a list has behind its dash.
  private func gap(_ entries: [Value], dash: Int) -> Int {
    guard let last = entries.last?.place, last.column > dash + 1,
      scalar(PolicyError.Place(line: last.line, column: dash)) == "-"
    else { return 1 }
    let line = lines.lines[last.line - 1].split(dash + 1).behind.unicodeScalars
    let gap = last.column - dash - 1
    return line.prefix(gap).allSatisfy { $0 == " " } ? gap : 1
  }

  /// How the file indents lists: as another list does, or else as keys are below a key.
  private func style(beside own: Value.Member?) -> (indentation: Int, gap: Int) {
    for member in members where member.key != own?.key {
      guard case .list(let entries) = member.value.content, !entries.isEmpty,
        scalar(member.value.place) == "-", member.value.place.column >= member.place.column
      else { continue }
      return (
        member.value.place.column - member.place.column,
        gap(entries, dash: member.value.place.column)
      )
    }
    for member in members {
      guard case .mapping(let inner) = member.value.content, let first = inner.first?.place,
        first.line > member.place.line, first.column > member.place.column,
        scalar(member.value.place) != "{"
      else { continue }
      return (first.column - member.place.column, 1)
    }
    return (2, 1)
  }

  // MARK: - Texts

  private func edit(
    _ lines: PolicyLines, _ new: [String], at index: Int, before: [String] = [],
    behind: [String] = [], isList: Bool = false
  ) -> PolicyEdit {
    var lines = lines
    lines.insert(before + new + behind, at: index)
    let text = lines.text
    return PolicyEdit(
      text: isMarked ? String(Self.mark) + text : text,
      line: index + before.count + (isList ? 2 : 1), added: before + new + behind)
  }
}

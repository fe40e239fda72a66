import BenchModel

/// Where another run may begin inside what a run printed, and where it does not.
extension AquaFold {
  /// The text of a line behind what the capture puts before it.
  func text(of line: Bytes) -> Bytes { prefix.removed(from: line) }

  /// Whether a line was appended to another: to half a mark, to a part of the summary, or, amid the remediations,
  /// which may hold any mark, the very heading that the run began with.
  func isAppended(_ line: Bytes, to before: Bytes) -> Bool {
    guard !prefix.ends(before, at: before.count) else { return false }
    switch section {
    case .summary, .totals: return true
    case .results:
      let rest = prefix.removed(from: before)
      return rest.isHeadOfMark || rest.first == UInt8(ascii: "=")
    case .remediations: break
    }
    guard case .result(.info, let id, let title, _) = AquaLine(line) else { return false }
    return isHeading(line.part(id), line.part(title), ofAnyOf: run.targets.prefix(1))
  }

  /// Whether an id and a title are those of one of the targets.
  func isHeading(_ id: Bytes, _ title: Bytes, ofAnyOf targets: ArraySlice<ParsedTarget>)
    -> Bool
  {
    targets.contains { target in
      run.withBytes(target.id) { $0.elementsEqual(id) }
        && run.withBytes(target.title) { $0.elementsEqual(title) && !$0.isEmpty }
    }
  }

  /// Whether what stands at an index of a line is a part of what a command printed, or of a remediation.
  func isOutput(_ text: Bytes, at index: Int) -> Bool {
    guard isOpen, prefix.isSetIn(text, at: index) else { return false }
    return section == .remediations || (section == .results && run.checks.last?.status == .fail)
  }
}

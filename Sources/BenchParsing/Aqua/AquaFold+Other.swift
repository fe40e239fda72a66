import BenchModel

/// What stands between the lines of the tool.
extension AquaFold {
  /// Reads a line that is none of the tool's: of a remediation, of a command's output, or of another program.
  mutating func readOther(_ text: Bytes, number: Int, isCut: Bool) {
    isAfterBlank = false
    guard isOpen else {
      run.tally.noise += 1
      return
    }
    switch section {
    case .remediations:
      run.tally.remediation += 1
      distribution.look(in: text)
      noteDaemon(text)
      readReason(text, number: number)
    case .results:
      let rest = prefix.removed(from: text)
      // A command's output follows its check behind a tab and a blank; a tab is a blank by now, or several. Behind
      // one blank stands what a terminal's width broke off.
      if rest.has("  ", at: 0), run.checks.last?.status == .fail {
        noteDaemon(rest)
        addDetail(rest.trimmed(), number: number, isCut: isCut)
      } else {
        notePassedOver(text, number: number)
        if !run.checks.isEmpty {
          wrap.unmarked(rest, isDetail: run.checks.last?.detailCount ?? 0 > 0, in: run)
        }
      }
    case .summary, .totals:
      notePassedOver(text, number: number)
    }
  }

  /// Counts a line that is none of the tool's, and tells of it if it looks like a result.
  private mutating func notePassedOver(_ text: Bytes, number: Int) {
    guard let mark = Mark(in: text), case let start = Mark.text(text, after: mark.end),
      start < text.count, ASCII.isDigit(text[start])
    else {
      run.tally.noise += 1
      return
    }
    run.tally.unread += 1
    guard run.diagnostics.count < Self.mostDiagnostics else { return }
    run.diagnostics.append(
      Diagnostic(
        .unreadLine(String(decoding: text.prefix(200), as: UTF8.self)), line: number))
  }

  @inline(__always)
  private mutating func noteDaemon(_ text: Bytes) {
    if !run.isDaemonMissing, AquaLine.isDaemonMissing(text) { run.isDaemonMissing = true }
  }

  /// Reads `1.1.20 audit test did not run: …`, which stands in place of a remediation.
  private mutating func readReason(_ text: Bytes, number: Int) {
    guard let index = text.firstIndex(of: " audit test did not run: "), index > 0,
      reasons < Self.mostReasons
    else { return }
    reasons += 1
    var start = index
    while start > 0, text[start - 1] != ASCII.space { start -= 1 }
    if text.has("[0m", at: start) { start += 3 }
    guard prefix.ends(text, at: Mark.withoutColor(text, before: start)) else { return }
    let id = text.part(start, index)
    guard
      let place = run.checks.lastIndex(where: { check in
        run.withBytes(check.id) { $0.elementsEqual(id) }
      }),
      run.checks[place].detailCount == 0, !run.isFull(forDetailAt: number)
    else { return }
    run.checks[place].firstDetail = Int32(truncatingIfNeeded: run.details.count)
    run.checks[place].detailCount = 1
    run.details.append(ParsedDetail(text: run.keep(text.part(index + 1, text.count)), form: .line))
  }

  private mutating func addDetail(_ text: Bytes, number: Int, isCut: Bool) {
    run.tally.details += 1
    guard !text.isEmpty, !run.isFull(forDetailAt: number) else { return }
    run.details.append(ParsedDetail(text: run.keep(text), form: .line, isCut: isCut))
    run.checks[run.checks.count - 1].detailCount += 1
  }
}

import BenchModel

@testable import BenchParsing

/// Puts the lines of podman-bench together to runs.
struct PodmanBenchFold: TextFormat {
  private var run = ParsedRun(tool: Tool(name: "podman-bench"), form: .text)
  private(set) var isOpen = false
  var finished: [ParsedRun] = []

  static func claims(_ line: Bytes) -> Bool {
    if case .start = PodmanBenchLine(line) { true } else { false }
  }

  mutating func read(_ line: Bytes, number: Int, isCut: Bool) -> Bool {
    switch PodmanBenchLine(line) {
    case .start(let version, let time):
      finish()
      isOpen = true
      run.hasStart = true
      run.line = number
      run.toolVersion = run.keep(line.part(version))
      run.startText = run.keep(line.part(time))
      run.tally.banner += 1
    case .check(let isOK, let id, let title):
      run.tally.checks += 1
      run.checks.append(
        ParsedCheck(
          id: run.keep(line.part(id)), title: run.keep(line.part(title)),
          status: isOK ? .pass : .fail, isCut: isCut, line: number, firstDetail: run.details.count))
    case .detail(let text):
      guard !run.checks.isEmpty else { return true }
      run.tally.details += 1
      run.details.append(ParsedDetail(text: run.keep(line.part(text)), form: .line))
      run.checks[run.checks.count - 1].detailCount += 1
    case .end(let checks):
      run.printedChecks = checks
      run.hasEnd = true
      finish()
    case .blank:
      run.tally.blank += 1
    case .other:
      // The first line of another tool, behind a run that was cut off.
      if Mark(in: line) != nil || DockerBenchSecurityLine(line) != .noise { return false }
      run.tally.noise += 1
    }
    return true
  }

  mutating func finish() {
    if isOpen { finished.append(run) }
    run = ParsedRun(tool: run.tool, form: .text)
    isOpen = false
  }
}

import BenchModel

/// The features of a run's output that not every version has, by the names of `features.tsv`.
struct RunFeatures {
  private(set) var names: [String] = []

  init(_ parsed: ParsedRun, _ start: StartTimes.Reading?) {
    switch parsed.form {
    case .json:
      names.append("json")
      let hasTitles = parsed.checks.contains { !$0.title.isEmpty }
      if !parsed.checks.isEmpty { names.append(hasTitles ? "json-nested" : "json-flat") }
    case .text:
      if let start { names.append(start.isISO ? "start-iso" : "start-localized") }
      if parsed.hasSections { names.append("sections") }
      if parsed.hasResultsHeading { names.append("results-heading") }
    }
    if parsed.printedScore != nil { names.append("score") }
  }
}

package import BenchAnalysis
import BenchModel

extension GateReport {
  /// Describes a gate as GitHub's workflow commands: an error for each reason, a warning for what can't be judged, a
  /// notice for a first run.
  ///
  /// What stands in them is escaped as GitHub's runner reads it, so that no name ends the command.
  package static func annotations(_ gate: Gate) -> String {
    guard !gate.thresholds.isEmpty else {
      return command("warning", "no threshold is set, so nothing was judged: \(advice)")
    }
    var output = ""
    for reason in gate.reasons {
      var text = reason.host + ": " + words(reason)
      if let finding = reason.finding {
        text += ": \(finding.checkID) \(finding.title)"
        let names = reason.items.prefix(8).map(\.name)
        if !names.isEmpty { text += " (\(names.joined(separator: ", ")))" }
      }
      let place =
        reason.run.map {
          "file=\(property($0.path)),line=\(reason.finding?.line ?? $0.line),"
        } ?? ""
      output += command("error", text, place)
    }
    for host in gate.hosts {
      for missing in host.missing {
        output += command("warning", host.host + ": " + words(missing))
      }
      for first in host.firstRuns {
        output += command("notice", host.host + ": " + words(first))
      }
    }
    if gate.state == .passed { output += command("notice", "passed") }
    return output
  }

  private static func command(_ level: String, _ text: String, _ place: String = "") -> String {
    "::\(level) \(place)title=benchtrail gate::\(message(text))\n"
  }

  private static func message(_ text: String) -> String {
    var output = ""
    for scalar in Untrusted(text).forTerminal.unicodeScalars {
      switch scalar {
      case "%": output += "%25"
      case "\r": output += "%0D"
      case "\n": output += "%0A"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func property(_ text: String) -> String {
    message(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

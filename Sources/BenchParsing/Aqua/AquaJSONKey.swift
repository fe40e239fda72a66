/// The members that are read of the JSON of Aqua docker-bench and kube-bench.
enum AquaJSONKey {
  case id, text, version, nodeType
  case checkID, title, status, actual, reason, type, remediation
  case pass, fail, warn, info
  case tests, results, section
  case totals, controls

  /// Reads a member's name as it stands; nil for one that nobody asks for.
  init?(_ name: Bytes) {
    let known: (StaticString, AquaJSONKey)
    switch (name.count, name.first) {
    case (2, _): known = ("id", .id)
    case (4, UInt8(ascii: "t")) where name[1] == UInt8(ascii: "e"): known = ("text", .text)
    case (4, _): known = ("type", .type)
    case (5, _): known = ("tests", .tests)
    case (6, UInt8(ascii: "s")): known = ("status", .status)
    case (6, UInt8(ascii: "r")): known = ("reason", .reason)
    case (6, _): known = ("Totals", .totals)
    case (7, UInt8(ascii: "v")): known = ("version", .version)
    case (7, UInt8(ascii: "r")): known = ("results", .results)
    case (7, _): known = ("section", .section)
    case (8, _): known = ("Controls", .controls)
    case (9, UInt8(ascii: "n")): known = ("node_type", .nodeType)
    case (9, _): known = ("test_desc", .title)
    case (10, _):
      switch name[6] {
      case UInt8(ascii: "p"): known = ("total_pass", .pass)
      case UInt8(ascii: "f"): known = ("total_fail", .fail)
      case UInt8(ascii: "w"): known = ("total_warn", .warn)
      default: known = ("total_info", .info)
      }
    case (11, UInt8(ascii: "r")): known = ("remediation", .remediation)
    case (11, _): known = ("test_number", .checkID)
    case (12, _): known = ("actual_value", .actual)
    default: return nil
    }
    guard name.has(known.0, at: 0) else { return nil }
    self = known.1
  }
}

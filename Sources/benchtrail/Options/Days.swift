import ArgumentParser

/// A number of days on the command line: `30`, `30d`, or `4w` for four weeks.
struct Days: ExpressibleByArgument {
  /// A hundred years: more is no time that somebody plans for.
  static let limit = 36_525

  let count: Int

  init(_ count: Int) { self.count = count }

  init?(argument: String) {
    let (digits, factor) =
      switch argument.utf8.last {
      case UInt8(ascii: "d"): (argument.dropLast(), 1)
      case UInt8(ascii: "w"): (argument.dropLast(), 7)
      default: (argument[...], 1)
      }
    guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
      let number = Int(digits)
    else { return nil }
    count = number * factor
  }

  var defaultValueDescription: String { "\(count)d" }

  /// Refuses more days than anybody plans for.
  ///
  /// - Parameter option: The option that has them.
  /// - Throws: `ValidationError`
  func check(_ option: String) throws {
    if count > Self.limit {
      throw ValidationError("'\(option) \(count)d' must be from 0 to \(Self.limit) days.")
    }
  }
}

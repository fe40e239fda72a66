import ArgumentParser
import BenchFiles

/// The permissions of a file, as `chmod` takes them in octal.
struct FileMode: ExpressibleByArgument, Hashable {
  let bits: UInt16

  /// Reads `640` or `0640`.
  init?(argument: String) {
    guard (3...4).contains(argument.utf8.count), let bits = UInt16(argument, radix: 8),
      bits <= 0o777, bits & 0o600 == 0o600
    else { return nil }
    self.bits = bits
  }

  /// The same for a file that is made.
  var draft: DraftFile.Mode { .given(bits) }
}

/// The permissions of the files that a command makes.
struct ModeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The permissions of files that are made, such as 0640 (default: 0600, or those of the file that is replaced).",
      valueName: "octal"))
  var mode: FileMode?
}

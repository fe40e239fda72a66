/// The part of a file's or folder's name that looks like a host's.
///
/// A name is cut into words of letters and digits, and these into
///
/// - words that no host has for a name (``HostWords/generic``): tools, forms, what was done, times. The numbers behind them
///   count things: `run-3`, `bench.log.1`, `v1.6.0`;
/// - words that are a host's name only with a number (``HostWords/numbered``): `node` is what kube-bench calls its checks of
///   nodes, and `node-1` is a node;
/// - dates, times and numbers that stand alone, which tell when or in what order;
/// - all others. They are a host's name, with the numbers and digests behind them: `web-1`, `i-0abc1234`. So is an address.
struct HostPart: Hashable {
  /// What tells this host from others: the words that count, in small letters.
  var key: String
  /// Where the first to the last of them stand in the name's bytes.
  var range: Range<Int>

  /// Finds a host in a name; nil where no part of it looks like one.
  ///
  /// - Parameters:
  ///   - name: The name of a file or folder, without its path.
  ///   - isFile: Whether it is a file's: a last number behind a dot then is a rotation's, as in `web.2`.
  init?(_ name: String, isFile: Bool) {
    let words = NameWord.words(of: name)
    var counted: [NameWord] = []
    // Whether a number here belongs to a host's name.
    var follows = false
    var index = 0
    while index < words.count {
      let word = words[index]
      if NameWord.isAddress(words, at: index) {
        counted += words[index..<index + 4]
        follows = true
        index += 4
        continue
      }
      let length = NameDate.length(words, at: index)
      if length > 0 {
        follows = false
        index += length
        continue
      }
      let isRotation = isFile && index == words.count - 1 && word.isBehindDot && word.isNumber
      if word.isNumber || word.isDigest {
        if follows, !isRotation { counted.append(word) }
      } else if HostWords.generic.contains(word.text) || HostWords.generic.contains(word.letters) {
        follows = false
      } else if HostWords.numbered.contains(word.letters) {
        let hasNumber =
          word.letters != word.text
          || (index + 1 < words.count && words[index + 1].isNumber
            && NameDate.length(words, at: index + 1) == 0
            && !(isFile && index + 1 == words.count - 1 && words[index + 1].isBehindDot))
        if hasNumber { counted.append(word) }
        follows = hasNumber
      } else {
        counted.append(word)
        follows = true
      }
      index += 1
    }
    guard let first = counted.first, let last = counted.last else { return nil }
    key = counted.map(\.text).joined(separator: "-")
    range = first.range.lowerBound..<last.range.upperBound
  }
}

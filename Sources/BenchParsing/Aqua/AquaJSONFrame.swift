import BenchModel

/// An object or a list of the JSON of Aqua's tools that is open, with the members that are read of it.
struct AquaJSONFrame {
  var isObject: Bool
  var line: Int
  /// How many bytes of texts were held before it; those of its members stand behind them.
  var firstText: Int
  /// The key of the member that is being read.
  var key: AquaJSONKey?
  private(set) var id: TextRange?
  private(set) var text: TextRange?
  private(set) var version: TextRange?
  private(set) var nodeType: TextRange?
  private(set) var checkID: TextRange?
  private(set) var title: TextRange?
  private(set) var status: TextRange?
  private(set) var actual: TextRange?
  private(set) var reason: TextRange?
  private(set) var type: TextRange?
  private var pass: Int?
  private var fail: Int?
  private var warn: Int?
  private var info: Int?
  var isControl = false
  /// Whether this is a list in which a control stood.
  var hasControl = false

  /// Creates a frame without members.
  init(isObject: Bool, line: Int, firstText: Int) {
    self.isObject = isObject
    self.line = line
    self.firstText = firstText
  }

  /// The tool's own counts, if it wrote them here.
  var counts: ResultCounts? {
    guard let pass, let fail, let warn else { return nil }
    return ResultCounts(pass: pass, fail: fail, warn: warn, info: info ?? 0)
  }

  /// Sets a member that is a text.
  mutating func assign(_ value: TextRange, to key: AquaJSONKey) {
    switch key {
    case .id: id = value
    case .text: text = value
    case .version: version = value
    case .nodeType: nodeType = value
    case .checkID: checkID = value
    case .title: title = value
    case .status: status = value
    case .actual: actual = value
    case .reason: reason = value
    case .type: type = value
    default: break
    }
  }

  /// Sets a member that is a count.
  mutating func assign(_ value: Int?, to key: AquaJSONKey) {
    switch key {
    case .pass: pass = value
    case .fail: fail = value
    case .warn: warn = value
    case .info: info = value
    default: break
    }
  }
}

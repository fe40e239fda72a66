/// What an item is.
package enum ItemKind: UInt8, Hashable, Sendable, CaseIterable {
  case container = 0
  case image = 1
  case user = 2
  case file = 3
  case network = 4

  /// The name used in every format.
  package var name: String {
    switch self {
    case .container: "container"
    case .image: "image"
    case .user: "user"
    case .file: "file"
    case .network: "network"
    }
  }

  /// Creates a kind from the name that the catalogue uses.
  package init?(name: some StringProtocol) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}

/// One thing that a control found at fault.
///
/// Names come from whoever runs containers on the host: they are untrusted until a renderer escapes
/// them for its own format.
package struct Item: Hashable, Sendable {
  /// What the item is.
  package var kind: ItemKind
  /// The name as printed.
  package var name: String
  /// The name without what changes by itself (task ids, pod hashes, replica numbers).
  package var stableName: String
  /// What about the item is at fault, such as the port `22` or the directory `/etc`; empty if unsaid.
  package var value: String

  /// Creates an item.
  package init(kind: ItemKind, name: String, stableName: String, value: String = "") {
    self.kind = kind
    self.name = name
    self.stableName = stableName
    self.value = value
  }
}

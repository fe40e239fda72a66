package import BenchAnalysis
package import BenchCatalog

/// A policy as read from the text of `benchtrail.yaml`.
///
/// Reads YAML, and so JSON too. Everything wrong with the file is told at once; what is wrong is left out of the policy,
/// so only a file without errors is to be acted upon. An empty file is the empty policy.
package struct PolicyFile: Sendable {
  /// What could be understood.
  package let policy: Policy
  /// What is wrong, in the order of the file.
  package let errors: [PolicyError]

  /// How many bytes a file may have.
  package static let sizeLimit = 1 << 20
  /// How many errors are told.
  package static let errorLimit = 100

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - catalog: What the names of controls and fixes are known by.
  package init(_ bytes: [UInt8], _ catalog: Catalog) {
    guard bytes.count <= Self.sizeLimit else {
      self.init(failing: .tooLarge(limit: Self.sizeLimit), catalog)
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      self.init(failing: .notUTF8, catalog)
      return
    }
    self.init(text, catalog)
  }

  /// Reads a text.
  package init(_ text: String, _ catalog: Catalog) {
    self.init(text, catalog, isDefault: false)
  }

  /// Reads a text, which may be that of the default threats.
  init(_ text: String, _ catalog: Catalog, isDefault: Bool) {
    guard text.utf8.count <= Self.sizeLimit else {
      self.init(failing: .tooLarge(limit: Self.sizeLimit), catalog)
      return
    }
    // A byte order mark would move the columns of the first line.
    let isMarked = text.unicodeScalars.first == "\u{FEFF}"
    let composition = Composition(
      isMarked ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text)
    var reader = ValueReader(errors: composition.errors, catalog, isDefault: isDefault)
    var policy = Policy(catalog)
    if let root = composition.root { reader.read(root, into: &policy) }
    self.init(policy: policy, errors: reader.sorted)
  }

  private init(failing kind: PolicyError.Kind, _ catalog: Catalog) {
    self.init(policy: Policy(catalog), errors: [PolicyError(kind, at: .init(line: 1, column: 1))])
  }

  private init(policy: Policy, errors: [PolicyError]) {
    self.policy = policy
    self.errors = errors
  }

  /// The policy of a file without errors.
  package func valid() throws(InvalidPolicy) -> Policy {
    guard errors.isEmpty else { throw InvalidPolicy(errors) }
    return policy
  }
}

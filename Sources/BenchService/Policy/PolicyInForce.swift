package import BenchAnalysis
package import BenchCatalog
import BenchEvidence
package import BenchHistory
import BenchModel
import BenchPolicy

/// The policy by which a question is answered, and where it is from.
package struct PolicyInForce: Sendable {
  package var policy: Policy
  /// Nil without a policy.
  package var source: PolicySource?

  /// Takes a policy as it is.
  package init(_ policy: Policy, source: PolicySource? = nil) {
    self.policy = policy
    self.source = source
  }

  /// A policy's file as it is now.
  package struct File: Sendable {
    /// The whole path.
    package var path: String
    package var content: [UInt8]

    /// Creates a file.
    package init(path: String, content: [UInt8]) {
      self.path = path
      self.content = content
    }
  }

  /// Finds the policy that counts now, and remembers it.
  ///
  /// - Parameters:
  ///   - file: The file; nil where there is none.
  ///   - now: The time, in seconds since 1970.
  ///   - catalog: What the policy decides upon.
  ///   - repository: Where policies are remembered.
  ///   - revision: Returns the commit of git that has the file's content.
  /// - Returns: The policy.
  /// - Throws: `InvalidPolicy`, or the repository's errors.
  package static func now(
    _ file: File?, at now: Int64, _ catalog: Catalog, in repository: any RunRepository,
    revision: () -> String?
  ) throws -> PolicyInForce {
    guard let file else { return PolicyInForce(Policy(catalog)) }
    let policy = try PolicyFile(file.content, catalog).valid()
    let digest = Digest(of: file.content)
    repository.note(policy: file.path, file.content, digest, at: now, revision: revision)
    let uses = try repository.policyUses()
    let own = uses.last { $0.path == file.path && $0.digest == digest }
    var found = PolicyInForce(
      policy,
      source: PolicySource(
        .current, path: file.path, revision: own?.revision, digest: digest.hexadecimal,
        firstSeen: own?.firstSeen))
    try found.date(by: uses, until: now, catalog, in: repository)
    return found
  }

  /// Finds the policy that counted at a time.
  ///
  /// It is the last content of the file that a command judged by until then. Where none is known, it is the earliest one
  /// that is known, of which nothing counts that was accepted later: a waiver that is written today changes no report of
  /// the past.
  ///
  /// - Parameters:
  ///   - path: The policy's file; nil where none is named or there, and the policies of all files count.
  ///   - file: The file as it is now; nil where it is gone.
  ///   - time: The time, in seconds since 1970.
  ///   - now: The time at which a content is first seen that no command judged by yet.
  ///   - catalog: What the policy decides upon.
  ///   - repository: Where policies are remembered.
  /// - Returns: The policy.
  /// - Throws: The repository's errors.
  package static func past(
    _ path: String?, _ file: File?, at time: Int64, now: Int64, _ catalog: Catalog,
    in repository: any RunRepository
  ) throws -> PolicyInForce {
    let all = try repository.policyUses()
    let uses = path.map { path in all.filter { $0.path == path } } ?? all
    let inForce = uses.last { $0.firstSeen <= time }
    if let use = inForce ?? uses.first, let content = try repository.policyText(use.digest) {
      let read = PolicyFile(content, catalog)
      var found = PolicyInForce(
        read.policy,
        source: PolicySource(
          inForce == nil ? .earliestKnown : .inForce, path: use.path, revision: use.revision,
          digest: use.digest.hexadecimal, firstSeen: use.firstSeen, errors: read.errors.count))
      try found.date(by: uses, until: now, catalog, in: repository)
      return found
    }
    guard let file else { return PolicyInForce(Policy(catalog)) }
    let read = PolicyFile(file.content, catalog)
    var found = PolicyInForce(
      read.policy,
      source: PolicySource(
        .earliestKnown, path: file.path, digest: Digest(of: file.content).hexadecimal,
        errors: read.errors.count))
    found.policy.accept(at: now)
    return found
  }

  /// Gives what the file does not date the time at which the file first had it.
  ///
  /// A use that a clock running ahead noted began now at the latest.
  private mutating func date(
    by uses: [PolicyUse], until now: Int64, _ catalog: Catalog, in repository: any RunRepository
  ) throws {
    guard let source, !policy.isDated else { return }
    var seen: Set<Digest> = []
    for use in uses where use.path == source.path && seen.insert(use.digest).inserted {
      guard let content = try repository.policyText(use.digest), policy.mayBeDated(by: content)
      else { continue }
      policy.accept(PolicyFile(content, catalog).policy, at: min(use.firstSeen, now))
      if policy.isDated { return }
    }
    if let first = source.firstSeen { policy.accept(at: min(first, now)) }
  }
}

extension Policy {
  /// Whether it says, or is known, when all that it accepts was accepted.
  fileprivate var isDated: Bool {
    waivers.allSatisfy { $0.accepted != nil } && attestations.allSatisfy { $0.accepted != nil }
  }

  /// Whether a text may have an entry that is not dated here: to read it takes longer than to look for its control.
  fileprivate func mayBeDated(by content: [UInt8]) -> Bool {
    let text = String(decoding: content, as: UTF8.self)
    let undated =
      waivers.filter { $0.accepted == nil }.map(\.coverage.subject)
      + attestations.filter { $0.accepted == nil }.map(\.coverage.subject)
    return undated.contains { subject in
      if case .control(let control) = subject { text.contains(control) } else { true }
    }
  }

  /// Takes what is not dated to be accepted at a time.
  fileprivate mutating func accept(at time: Int64) {
    for place in waivers.indices where waivers[place].accepted == nil {
      waivers[place].accepted = time
    }
    for place in attestations.indices where attestations[place].accepted == nil {
      attestations[place].accepted = time
    }
  }

  /// Takes what is not dated, and an earlier policy has too, to be accepted at a time.
  ///
  /// An entry is the same one if it is about the same, whatever became of its reason and its end.
  fileprivate mutating func accept(_ earlier: Policy, at time: Int64) {
    for place in waivers.indices where waivers[place].accepted == nil {
      let own = waivers[place]
      if earlier.waivers.contains(where: { $0.coverage == own.coverage && $0.items == own.items }) {
        waivers[place].accepted = time
      }
    }
    for place in attestations.indices where attestations[place].accepted == nil {
      let own = attestations[place]
      let isKnown = earlier.attestations.contains {
        $0.coverage == own.coverage && $0.decision == own.decision
      }
      if isKnown { attestations[place].accepted = time }
    }
  }
}

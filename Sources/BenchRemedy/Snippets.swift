import BenchCatalog
import BenchModel

/// A user's own `daemon.json`, read and found to be right.
package struct OwnDaemonJSON: Hashable, Sendable {
  let value: JSONValue

  /// The most bytes that are read.
  package static let sizeLimit = JSONParser.byteLimit

  /// Reads a file.
  ///
  /// - Throws: ``DaemonJSONError`` at the first thing that is wrong.
  package init(_ bytes: some Sequence<UInt8>) throws(DaemonJSONError) {
    value = try JSONParser.object(bytes)
  }
}

/// Something that makes one kind of snippet of the fixes that it takes.
struct SnippetMaker {
  /// Whether a fix is one of its own.
  var takes: (FixTask) -> Bool
  /// Whether the items make a difference; if not, hosts share a snippet whatever their items are.
  var usesItems: Bool
  /// Whether it makes a difference that the host is a node of a swarm.
  var usesSwarm = false
  /// Makes the snippet; nil if nothing of it can be written.
  var make: (HostTasks) -> Draft?

  /// All but the checklist, in the order of their snippets.
  static func all(_ own: OwnDaemonJSON?) -> [SnippetMaker] {
    [
      DaemonJSON.maker(own), DropIn.maker, AuditRule.maker, FileCommands.maker,
      ContainerCommands.maker, ComposeOverride.maker,
      DockerfileLines.maker, HostCommands.maker, SwarmCommands.maker,
    ] + StaticPod.makers + [Kubelet.config, Kubelet.options] + DistributionFlags.makers
      + NodeKubelet.makers + [ClusterCommands.maker, Manifests.maker]
  }

  /// What takes every fix that no other has brought about.
  static var checklist: SnippetMaker {
    SnippetMaker(takes: { _ in true }, usesItems: true, make: Checklist.draft)
  }
}

extension Remedies {
  /// Makes the texts that bring fixes about.
  ///
  /// Hosts for which a text would be the same share it. A fix for which nothing can be written, be it of a kind that
  /// only a person can do or because no name in it is safe, is in the checklist of its hosts: every fix is somewhere.
  ///
  /// - Parameters:
  ///   - fixes: The ids of the fixes to make texts for; all if nil.
  ///   - own: The `daemon.json` to merge keys into.
  /// - Returns: The snippets by kind, then by hosts.
  package func snippets(of fixes: Set<String>? = nil, merging own: OwnDaemonJSON? = nil)
    -> [Snippet]
  {
    snippets(of: fixes, merging: own, most: .max).snippets
  }

  /// Makes the texts of a kind for a few groups of hosts, the largest ones.
  ///
  /// - Parameters:
  ///   - fixes: The ids of the fixes to make texts for; all if nil.
  ///   - own: The `daemon.json` to merge keys into.
  ///   - most: The most texts of a kind.
  /// - Returns: The snippets by kind, then by hosts, and the hosts that lack a text.
  package func snippets(
    of fixes: Set<String>?, merging own: OwnDaemonJSON?, most: Int
  ) -> (snippets: [Snippet], lacking: Set<String>) {
    var left = HostPlans(self, of: fixes)
    let plans = left
    var snippets: [Snippet] = []
    var lacking: Set<Int32> = []
    for maker in SnippetMaker.all(own) {
      for group in Self.largest(plans.shared(by: maker), most, &lacking) {
        guard let draft = maker.make(group.tasks), !draft.fixes.isEmpty else { continue }
        left.drop(draft.fixes, from: group.plans)
        snippets.append(Snippet(draft, group.tasks, hosts: plans.names(of: group.hosts)))
      }
    }
    // What a text that was not made would have brought about is not known.
    left.drop(hosts: lacking)
    for group in Self.largest(left.shared(by: .checklist), most, &lacking) {
      guard let draft = SnippetMaker.checklist.make(group.tasks) else { continue }
      snippets.append(Snippet(draft, group.tasks, hosts: plans.names(of: group.hosts)))
    }
    return (Self.numbered(snippets), Set(plans.names(of: Array(lacking))))
  }

  /// The groups of most hosts, in their order.
  private static func largest(
    _ groups: [HostPlans.Group], _ most: Int, _ lacking: inout Set<Int32>
  ) -> [HostPlans.Group] {
    guard groups.count > most else { return groups }
    let places = groups.indices.sorted {
      (groups[$1].hosts.count, $0) < (groups[$0].hosts.count, $1)
    }
    for place in places.dropFirst(most) { lacking.formUnion(groups[place].hosts) }
    return places.prefix(most).sorted().map { groups[$0] }
  }

  /// Snippets with file names that differ.
  private static func numbered(_ snippets: [Snippet]) -> [Snippet] {
    var known: [String: Int] = [:]
    return snippets.map { snippet in
      var snippet = snippet
      let count = known[snippet.fileName, default: 0] + 1
      known[snippet.fileName] = count
      if count > 1 {
        let dot = snippet.fileName.lastIndex(of: ".") ?? snippet.fileName.endIndex
        snippet.fileName =
          snippet.fileName[..<dot] + "-\(count)" + snippet.fileName[dot...]
      }
      return snippet
    }
  }
}

extension Snippet {
  fileprivate init(_ draft: Draft, _ tasks: HostTasks, hosts: [String]) {
    self.init(
      kind: draft.kind, title: draft.title, fileName: draft.fileName,
      destination: draft.destination, language: draft.language, text: draft.text, hosts: hosts,
      fixes: tasks.tasks.map(\.fix.id).filter(draft.fixes.contains),
      notes: HostTasks.unique(draft.notes))
  }
}

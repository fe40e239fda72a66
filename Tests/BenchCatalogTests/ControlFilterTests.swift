import BenchCatalog
import BenchModel
import Testing

struct `A filter of controls` {
  private static let all = Catalog.embedded.list(ControlFilter())

  private static func list(_ change: (inout ControlFilter) -> Void) -> [ListedControl] {
    var filter = ControlFilter()
    change(&filter)
    return Catalog.embedded.list(filter)
  }

  @Test func `lets all controls pass where nothing is asked for`() {
    #expect(Self.all.map(\.control) == Catalog.embedded.controls.all)
    #expect(Self.all.allSatisfy { $0.risk != nil && !$0.stride.isEmpty })
  }

  @Test func `asks for a section, a severity, a category or a tool`() {
    let daemon = Self.list { $0.section = "daemon" }
    #expect(!daemon.isEmpty && daemon.allSatisfy { $0.control.section == "daemon" })
    let critical = Self.list { $0.severity = .critical }
    #expect(!critical.isEmpty && critical.allSatisfy { $0.risk?.severity == .critical })
    // A control's second category counts too.
    let spoofing = Self.list { $0.stride = .spoofing }
    #expect(spoofing.contains { $0.control.id == "daemon-icc-disabled" })
    let kube = Self.list { $0.tool = .kubeBench }
    #expect(kube.contains { $0.control.id == "kube-kubelet-anonymous-auth-disabled" })
    #expect(!kube.contains { $0.control.id == "daemon-icc-disabled" })
    #expect(Self.list { $0.tool = Tool(name: "no-such-tool") }.isEmpty)
  }

  @Test func `asks for all at once`() {
    let both = Self.list {
      $0.section = "runtime"
      $0.severity = .critical
    }
    let expected = Self.all.filter {
      $0.control.section == "runtime" && $0.risk?.severity == .critical
    }
    #expect(!both.isEmpty && both.map(\.control) == expected.map(\.control))
  }

  @Test(arguments: [
    // The slug, the title, the rationale, the title of the fix; and one word of each.
    ["ICC"], ["default", "bridge", "blocks"], ["ARP", "spoofing"], ["inter-container"],
    ["icc", "Blocks", "arp", "cut"],
  ])
  func `looks for words in all texts, in any case`(words: [String]) {
    let found = Self.list { $0.words = words }
    #expect(found.contains { $0.control.id == "daemon-icc-disabled" })
    #expect(Self.list { $0.words = words + ["xyzzy"] }.isEmpty)
  }

  @Test func `knows the sections in the order of the catalogue`() {
    let sections = Catalog.embedded.controls.sections
    #expect(sections.first == "host")
    #expect(Set(sections).count == sections.count)
    #expect(Set(sections) == Set(Catalog.embedded.controls.all.map(\.section)))
  }
}

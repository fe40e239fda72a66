import BenchAnalysis
import BenchExports
import BenchModel
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct `A JUnit export` {
  /// The elements of a document.
  private final class Elements: NSObject, XMLParserDelegate {
    struct Element {
      var name: String
      var attributes: [String: String]
      var text = ""
    }

    var all: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      open.append(all.count)
      all.append(Element(name: name, attributes: attributes))
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let element = open.last { all[element].text += text }
    }

    func named(_ name: String) -> [Element] { all.filter { $0.name == name } }
  }

  private static func elements(_ hosts: [ExportHost]) throws -> Elements {
    let elements = Elements()
    let parser = XMLParser(data: Data(try Sample.text(.junit, hosts).utf8))
    parser.delegate = elements
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return elements
  }

  @Test func `has the elements that GitLab and Jenkins read`() throws {
    let hosts = try Sample.hosts()
    let elements = try Self.elements(hosts)
    #expect(
      Set(elements.all.map(\.name)) == [
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped",
        "system-out",
      ])
    let cases = elements.named("testcase").map(\.attributes)
    #expect(cases.count == hosts.map(\.findings.count).reduce(0, +))
    // GitLab drops what has the name of another.
    #expect(
      Set(cases.map { ($0["classname"] ?? "") + "\n" + ($0["name"] ?? "") }).count == cases.count)
    #expect(cases.allSatisfy { $0["classname"]?.isEmpty == false && $0["name"]?.isEmpty == false })
    for element in elements.named("failure") + elements.named("skipped") {
      let message = try #require(element.attributes["message"])
      #expect(!message.isEmpty && message.count <= 1_000)
      #expect(element.text.contains(message.prefix(40)))
    }
  }

  @Test func `counts what it has`() throws {
    let elements = try Self.elements(Sample.hosts())
    let suites = elements.named("testsuite").map(\.attributes)
    func sum(_ name: String) -> Int {
      suites.compactMap { $0[name].flatMap { Int($0) } }.reduce(0, +)
    }
    #expect(sum("tests") == elements.named("testcase").count)
    #expect(sum("failures") == elements.named("failure").count)
    #expect(sum("skipped") == elements.named("skipped").count)
    #expect(suites.first?["timestamp"] == "2026-11-23T04:05:20")
  }

  @Test func `fails for open failures and skips what is accepted`() throws {
    let elements = try Self.elements([Sample.web()])
    let skipped = elements.named("skipped").compactMap { $0.attributes["message"] }
    #expect(skipped.contains { $0.contains("platform team until 2027-03-30: Rebuilt in spring") })
    #expect(elements.named("system-out").contains { $0.text.contains("Attested as pass by alice") })
    #expect(elements.named("failure").contains { $0.attributes["type"] == "critical" })
  }

  @Test func `names tests without the ids that move`() throws {
    let host = try Sample.web()
    var moved = host
    for index in moved.findings.indices {
      moved.findings[index] = moved.findings[index].reading { $0.checkID = "99" }
    }
    let names = try [host, moved].map { host in
      try Self.elements([host]).named("testcase").map { $0.attributes["name"] }
    }
    #expect(names[0] == names[1])
  }
}

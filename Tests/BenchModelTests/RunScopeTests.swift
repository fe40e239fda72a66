import Testing

@testable import BenchModel

struct `A run's scope` {
  private static func item(_ name: String, _ kind: ItemKind = .container) -> Item {
    Item(kind: kind, name: name, stableName: name)
  }

  @Test(arguments: [
    ("", ""), ("   ", ""), ("include=web", "include=web"), ("include=web,db", "include=web,db"),
    ("exclude=test include=web", "include=web exclude=test"),
    ("labels=tier exclude=a,b include=c", "include=c exclude=a,b labels=tier"),
    ("labels=env=prod", "labels=env=prod"),
    ("include=a include=b", "include=a,b"), ("include=a,,b,", "include=a,b"),
    ("include=a=b", "include=a=b"), ("  include=a   exclude=b ", "include=a exclude=b"),
    ("include=ünï", "include=ünï"),
  ])
  func `is read and written`(text: String, written: String) throws {
    let scope = try #require(RunScope(text))
    #expect(scope.text == written)
    #expect(RunScope(scope.text) == scope)
    #expect(scope.isWhole == written.isEmpty)
  }

  @Test(arguments: [
    "web", "include", "include=", "include=,", "=web", "only=web", "Include=web",
    "include=web db", "include=web exclude=", "-i web",
  ])
  func `is not any text`(text: String) {
    #expect(RunScope(text) == nil)
  }

  @Test(arguments: [
    ("", "web", true), ("include=web", "web", true), ("include=web", "my-web-1", true),
    ("include=web", "db", false), ("include=web,db", "db", true), ("exclude=web", "web-1", false),
    ("exclude=web", "db", true), ("exclude=a,b", "cab", false),
    ("include=web exclude=test", "web-test", false),
    ("include=web exclude=test", "web-live", true), ("labels=tier", "db", false),
    ("include=WEB", "web", false), ("exclude=w.b", "db", false), ("exclude=^web$", "db", false),
    ("include=w.b", "web", false), ("include=web.1", "web.1", true),
    ("exclude=db|web", "api", false),
  ])
  func `covers containers by their names`(scope: String, name: String, isCovered: Bool) throws {
    #expect(try #require(RunScope(scope)).covers(Self.item(name)) == isCovered)
  }

  @Test(arguments: [
    ("", "nginx:1", true), ("labels=nginx", "nginx:1", false), ("include=nginx", "nginx:1", true),
    ("exclude=nginx", "nginx:1", false),
    ("include=nginx labels=a", "nginx:1", false),
  ])
  func `covers images by their names`(scope: String, name: String, isCovered: Bool) throws {
    #expect(try #require(RunScope(scope)).covers(Self.item(name, .image)) == isCovered)
  }

  @Test(arguments: [ItemKind.user, .file, .network], ["include=x", "exclude=a", "labels=x"])
  func `covers everything else`(kind: ItemKind, scope: String) throws {
    let scope = try #require(RunScope(scope))
    #expect(scope.covers(Self.item("a", kind)))
    #expect(!scope.limits(kind))
  }

  @Test(arguments: [
    ("", false, false), ("include=a", true, true), ("exclude=a", true, true),
    ("labels=a", true, true),
  ])
  func `limits containers or images`(scope: String, containers: Bool, images: Bool) throws {
    let scope = try #require(RunScope(scope))
    #expect(scope.limits(.container) == containers)
    #expect(scope.limits(.image) == images)
  }
}

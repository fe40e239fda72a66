import BenchModel
import Testing

struct `A host's name` {
  @Test(arguments: [
    (["a": "b"], "a", "b"), (["a": "b"], "b", "b"), (["a": "b"], "c", "c"), ([:], "a", "a"),
    (["a": "b", "b": "c", "c": "d"], "a", "d"), (["a": "b", "b": "c"], "b", "c"),
    (["a": "a"], "a", "a"),
  ])
  func `is the last one that it got`(renames: [String: String], name: String, current: String) {
    #expect(HostNames(renames: renames).current(name) == current)
  }

  @Test func `has all that it had, the current one first`() {
    let names = HostNames(renames: ["old": "new", "older": "old", "other": "new", "x": "y"])
    #expect(names.all(of: "older") == ["new", "old", "older", "other"])
    #expect(names.all(of: "new") == ["new", "old", "older", "other"])
    #expect(names.all(of: "x") == ["y", "x"])
    #expect(names.all(of: "z") == ["z"])
  }

  @Test(arguments: ["a", "b", "c"])
  func `may lead in a circle, and is found all the same`(name: String) {
    let names = HostNames(renames: ["a": "b", "b": "c", "c": "a"])
    #expect(names.all(of: name).contains(names.current(name)))
    #expect(Set(names.all(of: name)).count == names.all(of: name).count)
  }
}

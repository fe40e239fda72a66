import BenchModel
import Testing

@testable import BenchCatalog

struct `A stable name` {
  private static let names = Catalog.embedded.names

  @Test(arguments: [
    ("shop_web.1.abcdefghijklmnopqrstuvwxy", "shop_web"),
    ("shop_web.12.x1y2z3abcdefghijklmnopqrs", "shop_web"),
    ("shop_agent.abcdefghijklmnopqrstuvwxy.x1y2z3abcdefghijklmnopqrs", "shop_agent"),
    ("shop_web_1", "shop_web"), ("my_shop_web_12", "my_shop_web"), ("shop-web-1", "shop-web"),
    ("my-shop-web-3", "my-shop-web"), ("0123456789ab_web", "web"),
    ("shop_web_run_1", "shop_web_run"), ("shop_web_run_0123456789ab", "shop_web_run"),
    ("shop-web-run-0123456789ab", "shop-web-run"),
    (
      "k8s_web_web-6d4b75cb6d-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_web_web_default"
    ),
    ("k8s_POD_web-0_default_01234567-89ab-cdef-0123-456789abcdef_3", "k8s_POD_web-0_default"),
    ("web-01234567-89ab-cdef-0123-456789abcdef", "web"),
    ("ecs-web-5-nginx-0123456789abcdef0123", "ecs-web-nginx"),
  ])
  func `of a container has no part that changes by itself`(name: String, stable: String) {
    #expect(Self.names.fold(name, kind: .container) == stable)
  }

  @Test(arguments: [
    "web", "web-frontend", "web1", "web_1", "web-1", "postgres-db", "redis.cache", "a", "", "-",
    "_", "1",
    "shop_web.1", "shop_web.1.short", "web.1.ABCDEFGHIJKLMNOPQRSTUVWXY", "ünï-cøde", "0123456789ab",
    "shop_web_", "a b", "{1}",
  ])
  func `of a container is its name where nothing changes`(name: String) {
    #expect(Self.names.fold(name, kind: .container) == name)
  }

  @Test(arguments: [
    ("0123456789ab", "<untagged>"), ("nginx:1.25", "nginx:1.25"),
    ("0123456789abc", "0123456789abc"),
    ("sha256:" + String(repeating: "a", count: 64), "<untagged>"),
    ("nginx@sha256:" + String(repeating: "a", count: 64), "nginx"),
    ("registry:5000/web:latest", "registry:5000/web:latest"), ("<none>:<none>", "<none>:<none>"),
  ])
  func `of an image has no digest`(name: String, stable: String) {
    #expect(Self.names.fold(name, kind: .image) == stable)
  }

  @Test(arguments: [ItemKind.user, .file, .network])
  func `of anything else is its name`(kind: ItemKind) {
    #expect(Self.names.fold("shop_web_1", kind: kind) == "shop_web_1")
  }

  @Test func `of a container that Compose recreates is that of the one before`() {
    let before = Self.names.fold("shop_web_1", kind: .container)
    #expect(Self.names.fold("0123456789ab_shop_web_1", kind: .container) == before)
  }

  @Test func `of a restarted task is that of the one before`() {
    let first = Self.names.fold("shop_web.2.h3k9x0p1q2r3s4t5u6v7w8y9z", kind: .container)
    let second = Self.names.fold("shop_web.2.z9y8w7v6u5t4s3r2q1p0x9k3h", kind: .container)
    #expect(first == second)
  }

  @Test func `is made in bounded steps from a hostile name`() {
    for piece in ["_", "-", "_1", "-a", ".1", "a_1_"] {
      let name = String(repeating: piece, count: 256 / piece.utf8.count)
      _ = Self.names.fold(name, kind: .container)
      _ = Self.names.fold(name + "!", kind: .container)
    }
  }
}

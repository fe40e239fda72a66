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

  /// Names as the programs give them that start containers, each twice: before and after it is started anew.
  @Test(arguments: [
    (
      "Swarm, replicated", "shop_web.1.u2xxf66n2wtwzwi9g0xccdyfr",
      "shop_web.1.hysvq6ey0wldhy0fvude8x1xn"
    ),
    (
      "Swarm, another slot", "shop_web.1.u2xxf66n2wtwzwi9g0xccdyfr",
      "shop_web.10.hysvq6ey0wldhy0fvude8x1xn"
    ),
    (
      "Swarm, global", "shop_agent.u2xxf66n2wtwzwi9g0xccdyfr.abcdefghijklmnopqrstuvwxy",
      "shop_agent.u2xxf66n2wtwzwi9g0xccdyfr.hysvq6ey0wldhy0fvude8x1xn"
    ),
    ("Compose v1", "shop_web_1", "shop_web_2"),
    ("Compose v1, recreating", "shop_web_1", "0f1e2d3c4b5a_shop_web_1"),
    ("Compose v1, one-off", "shop_web_run_0f1e2d3c4b5a", "shop_web_run_a5b4c3d2e1f0"),
    ("Compose v2", "shop-web-1", "shop-web-12"),
    ("Compose v2, a project with a dash", "my-shop-web-1", "my-shop-web-2"),
    ("Compose v2, one-off", "shop-web-run-0f1e2d3c4b5a", "shop-web-run-a5b4c3d2e1f0"),
    (
      "Kubernetes, Deployment",
      "k8s_web_web-6d4b75cb6d-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_web_web-6d4b75cb6d-q8xk4_default_89abcdef-89ab-cdef-0123-456789abcdef_7"
    ),
    (
      "Kubernetes, a new template",
      "k8s_web_web-6d4b75cb6d-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_web_web-7f9c8b5d44-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0"
    ),
    (
      "Kubernetes, DaemonSet",
      "k8s_proxy_kube-proxy-hwzp2_kube-system_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_proxy_kube-proxy-q8xk4_kube-system_89abcdef-89ab-cdef-0123-456789abcdef_1"
    ),
    (
      "Kubernetes, CronJob",
      "k8s_job_backup-28401120-hwzp2_ops_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_job_backup-28402560-q8xk4_ops_89abcdef-89ab-cdef-0123-456789abcdef_0"
    ),
    (
      "Kubernetes, StatefulSet", "k8s_db_postgres-0_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_db_postgres-0_default_89abcdef-89ab-cdef-0123-456789abcdef_3"
    ),
    (
      "Kubernetes, a pod's sandbox",
      "k8s_POD_web-6d4b75cb6d-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_POD_web-6d4b75cb6d-q8xk4_default_89abcdef-89ab-cdef-0123-456789abcdef_0"
    ),
    (
      "Nomad", "web-01234567-89ab-cdef-0123-456789abcdef",
      "web-89abcdef-0123-4567-89ab-cdef01234567"
    ),
    (
      "Nomad, a task with a dash", "log-agent-01234567-89ab-cdef-0123-456789abcdef",
      "log-agent-89abcdef-0123-4567-89ab-cdef01234567"
    ),
    ("Docker", "web", "web"),
  ])
  func `of a container that is started anew is the same`(
    what: String, before: String, after: String
  ) {
    let stable = Self.names.fold(before, kind: .container)
    #expect(Self.names.fold(after, kind: .container) == stable)
    // A name that folds is folded to the end.
    #expect(Self.names.fold(stable, kind: .container) == stable)
  }

  @Test(arguments: [
    ("shop_web_1", "shop_db_1"), ("shop-web-1", "shop-db-1"), ("shop_web_1", "blog_web_1"),
    ("shop_web.1.u2xxf66n2wtwzwi9g0xccdyfr", "shop_db.1.u2xxf66n2wtwzwi9g0xccdyfr"),
    (
      "k8s_web_web-6d4b75cb6d-hwzp2_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_web_web-6d4b75cb6d-hwzp2_prod_01234567-89ab-cdef-0123-456789abcdef_0"
    ),
    (
      "k8s_db_postgres-0_default_01234567-89ab-cdef-0123-456789abcdef_0",
      "k8s_db_postgres-1_default_01234567-89ab-cdef-0123-456789abcdef_0"
    ),
    ("web-01234567-89ab-cdef-0123-456789abcdef", "db-01234567-89ab-cdef-0123-456789abcdef"),
    ("web-1", "web-2"), ("node_1", "node_2"), ("web", "web-frontend"),
  ])
  func `of another container is another`(one: String, two: String) {
    let names = [one, two].map { Self.names.fold($0, kind: .container) }
    #expect(names[0] != names[1])
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

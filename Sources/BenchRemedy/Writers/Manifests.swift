import BenchCatalog

/// Objects of a cluster that a person puts into each namespace.
enum Manifests {
  private static let podSecurity = "pod-security.kubernetes.io/enforce"

  /// Makes one file of the objects that are not a matter of choice.
  static var maker: SnippetMaker {
    SnippetMaker(
      takes: { $0.fix.target == podSecurity || $0.fix.id == "network-policy-default-deny" },
      usesItems: false
    ) { host in
      var documents: [String] = []
      // The catalogue lists the stricter level last, and it includes the other.
      if let level = host.tasks.last(where: { $0.fix.target == podSecurity })?.value {
        documents.append(namespace(level))
      }
      if host.tasks.contains(where: { $0.fix.id == "network-policy-default-deny" }) {
        documents.append(networkPolicy)
      }
      return Draft(
        kind: .manifests, title: "Objects for each namespace", fileName: "namespace.yaml",
        language: "yaml",
        text: "# Once for each namespace, whose name goes for NAMESPACE.\n"
          + documents.joined(separator: "---\n"), fixes: host.fixes, notes: host.notes)
    }
  }

  private static func namespace(_ level: String) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: NAMESPACE
      labels:
        pod-security.kubernetes.io/enforce: "\(level)"
        pod-security.kubernetes.io/warn: "\(level)"
        pod-security.kubernetes.io/audit: "\(level)"

    """
  }

  private static let networkPolicy = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: default-deny
      namespace: NAMESPACE
    spec:
      podSelector: {}
      policyTypes:
        - Ingress
        - Egress

    """
}

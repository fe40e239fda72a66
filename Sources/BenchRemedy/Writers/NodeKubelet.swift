import BenchCatalog

/// Settings of the kubelet, as cloud providers and OpenShift take them for their nodes.
enum NodeKubelet {
  /// Makes one file for each provider.
  static var makers: [SnippetMaker] {
    [
      maker(.nodeConfig, "node-config.yaml", "yaml") { nodeConfig($0) },
      maker(.nodeSystemConfig, "kubelet.yaml", "yaml") { config in
        "kubeletConfig:\n" + Kubelet.yaml(config, "  ")
      },
      maker(.customKubeletConfig, "kubelet.json", "json") { $0.pretty() + "\n" },
      maker(.kubeletResource, "kubelet-config.yaml", "yaml") { kubeletResource($0) },
    ]
  }

  private static func maker(
    _ layout: Distribution.Layout, _ fileName: String, _ language: String,
    _ text: @escaping (JSONValue) -> String
  ) -> SnippetMaker {
    SnippetMaker(
      takes: { $0.fix.kind == "kubelet-config" && $0.fix.kubeletLayout == layout },
      usesItems: false
    ) { host in
      guard let distribution = host.tasks.first?.fix.distribution else { return nil }
      return Draft(
        kind: .nodeConfig, title: "Settings of the kubelet on nodes of \(distribution.name)",
        fileName: fileName, language: language, text: text(Kubelet.object(host)),
        fixes: host.fixes, notes: host.notes + [.thenRun(distribution.restart)])
    }
  }

  private static func nodeConfig(_ config: JSONValue) -> String {
    """
    apiVersion: node.eks.aws/v1alpha1
    kind: NodeConfig
    spec:
      kubelet:
        config:

    """ + Kubelet.yaml(config, "      ")
  }

  private static func kubeletResource(_ config: JSONValue) -> String {
    """
    apiVersion: machineconfiguration.openshift.io/v1
    kind: KubeletConfig
    metadata:
      name: benchtrail
    spec:
      machineConfigPoolSelector:
        matchLabels:
          pools.operator.machineconfiguration.openshift.io/worker: ""
      kubeletConfig:

    """ + Kubelet.yaml(config, "    ")
  }
}

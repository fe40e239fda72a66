import BenchAnalysis
import BenchCatalog
import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing
import Yams

/// Texts for Kubernetes and Swarm.
struct `Snippets for clusters` {
  private static func snippets(kinds: Set<String>, _ policy: Policy = Policy()) -> [Snippet] {
    let controls = Sample.controls.filter { kinds.contains($0.fix.kind) }.flatMap(\.controls)
    return Remedies(controls.map { Sample.failure($0) }, policy: policy).snippets()
  }

  @Test func `set the kubelet's file with values of the right types`() throws {
    let snippets = Self.snippets(kinds: ["kubelet-config"])
    let file = try #require(snippets.only(.kubeletConfig))
    let root = try #require(try Yams.load(yaml: file.text) as? [String: Any])
    #expect(root["apiVersion"] as? String == "kubelet.config.k8s.io/v1beta1")
    #expect(root["kind"] as? String == "KubeletConfiguration")
    let authentication = try #require(root["authentication"] as? [String: [String: Any]])
    #expect(authentication["anonymous"]?["enabled"] as? Bool == false)
    #expect(authentication["x509"]?["clientCAFile"] as? String == "/etc/kubernetes/pki/ca.crt")
    #expect((root["authorization"] as? [String: Any])?["mode"] as? String == "Webhook")
    #expect(root["readOnlyPort"] as? Int == 0 && root["podPidsLimit"] as? Int == 1024)
    #expect(root["streamingConnectionIdleTimeout"] as? String == "5m")
    #expect((root["tlsCipherSuites"] as? [String])?.count == 6)
    #expect(
      (root["featureGates"] as? [String: Bool]) == ["RotateKubeletServerCertificate": true])
    #expect(file.fixes.count == 15)
    let options = try #require(snippets.only(.kubeletFlags)?.text)
    for line in [
      "--anonymous-auth=false", "--read-only-port=0", "--pod-max-pids=1024",
      "--feature-gates=RotateKubeletServerCertificate=true'",
    ] {
      #expect(options.contains(line), "\(line)")
    }
    // Every key of the file has its option.
    #expect(options.split(separator: " --").count == 1 + 18)
  }

  @Test func `set the control plane's options as lines of a list`() throws {
    let kinds: Set = ["apiserver-flag", "controller-manager-flag", "scheduler-flag", "etcd-flag"]
    let snippets = Self.snippets(kinds: kinds)
    #expect(
      snippets.map(\.fileName) == [
        "kube-apiserver.yaml", "kube-controller-manager.yaml", "kube-scheduler.yaml", "etcd.yaml",
      ])
    for snippet in snippets {
      let lines = try #require(try Yams.load(yaml: snippet.text) as? [String], "\(snippet.text)")
      let flags = lines.compactMap { $0.split(separator: "=").first }
      #expect(Set(flags).count == flags.count, "\(snippet.fileName)")
      for line in lines {
        #expect(line.wholeMatch(of: /--[a-z0-9-]+=[A-Za-z0-9_.,:=\/-]+/) != nil, "\(line)")
      }
    }
    let apiserver = try #require(snippets.first?.text)
    #expect(apiserver.contains("- --anonymous-auth=false\n"))
    #expect(apiserver.contains("# Take out: --basic-auth-file\n"))
    #expect(apiserver.contains("# Keep what --enable-admission-plugins lists already.\n"))
    #expect(apiserver.contains(",EventRateLimit,AlwaysPullImages,"))
    #expect(
      apiserver.contains("# Take out of the list of --enable-admission-plugins: AlwaysAdmit\n"))
  }

  @Test func `say where two values for an option meet`() throws {
    var policy = Policy()
    policy.fixValues = ["etcd-own-ca": "/etc/etcd/ca.crt"]
    let snippet = try #require(Self.snippets(kinds: ["etcd-flag"], policy).only(.staticPod))
    #expect(
      snippet.notes.contains(
        .kept(
          key: "--trusted-ca-file", own: "/etc/kubernetes/pki/etcd/ca.crt",
          instead: "/etc/etcd/ca.crt")))
  }

  @Test func `label namespaces with the strictest level that is asked for`() throws {
    let snippet = try #require(Self.snippets(kinds: ["policy"]).only(.manifests))
    let documents = Array(try Yams.load_all(yaml: snippet.text)).compactMap { $0 as? [String: Any] }
    #expect(documents.map { $0["kind"] as? String } == ["Namespace", "NetworkPolicy"])
    let metadata = documents.first?["metadata"] as? [String: Any]
    let labels = metadata?["labels"] as? [String: String]
    #expect(labels?["pod-security.kubernetes.io/enforce"] == "restricted")
    #expect(
      snippet.fixes == [
        "apiserver-security-context-deny", "pod-security-baseline", "pod-security-restricted",
        "network-policy-default-deny",
      ])
  }

  @Test func `command a swarm only where nothing is left to fill in`() throws {
    let text = try #require(Self.snippets(kinds: ["swarm-command"]).only(.swarmCommands)?.text)
    let live = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      live == [
        "docker swarm update --autolock=true", "docker swarm unlock-key --rotate",
        "docker swarm update --cert-expiry 48h", "docker swarm ca --rotate",
      ])
    let network = Remedies([
      Sample.failure(
        "swarm-overlay-encrypted",
        items: [Sample.item("shop; x", .network), Sample.item("ingress", .network)])
    ]).snippets().only(.swarmCommands)
    #expect(
      network?.text.contains(
        """
        # docker network rm ingress, then: docker network create --driver overlay --opt encrypted --ingress ingress
        docker network create --driver overlay --opt encrypted -- 'shop; x-encrypted'

        """) == true)
  }
}

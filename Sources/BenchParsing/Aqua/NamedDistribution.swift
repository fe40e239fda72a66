/// Tells a distribution of Kubernetes by the paths that a run of kube-bench names in remediations and values: a
/// distribution's benchmark may have the titles of CIS's to the letter.
struct NamedDistribution {
  /// The line of the distribution's editions, such as `rke2`; nil while no path tells.
  private(set) var line: String?
  /// How many texts are looked at before it is given up: the first ones name the most paths.
  private var left = 400

  /// Looks for a path in a text.
  @inline(__always)
  mutating func look(in text: Bytes) {
    guard left > 0, line == nil else { return }
    left -= 1
    if text.firstIndex(of: "/var/snap/microk8s/") != nil {
      line = "microk8s"
    } else if let start = text.firstIndex(of: "/rancher/k3s")
      ?? text.firstIndex(of: "/rancher/rke2")
    {
      line = text.has("/rancher/k3s", at: start) ? "k3s" : "rke2"
    }
  }
}

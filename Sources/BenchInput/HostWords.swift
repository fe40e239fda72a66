/// Words in the names of files and folders that are no host's name.
enum HostWords {
  /// The names of months.
  static let months = set(
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september
    october november december
    """)

  /// Words that no host has for a name, with or without a number.
  static let generic = months.union(
    set(
      """
      docker bench benchmark benchmarks security secure kube kubernetes kubebench dockerbench dbs aqua aquasec
      aquasecurity cis stig podman containerd container containers openshift ocp eks gke aks ack tkgi rke k3s k8s
      microk8s rancher starboard trivy

      log logs out output outputs err error errors stdout stderr console terminal tty pty screen raw text txt json jsonl
      yaml yml xml junit csv tsv html htm md markdown gz gzip zip bz2 xz zst tar tgz bak backup backups copy tmp temp
      file files data dump export exports capture captures captured result results report reports summary finding
      findings check checks remediation remediations

      run runs scan scans scanned audit audits test tests job jobs ci pipeline pipelines workflow step task cron nightly
      daily weekly monthly hourly yearly annual manual scheduled baseline before after pre post prior previous prev last
      latest newest oldest current today yesterday old new orig original init initial first second third final start end
      begin part no nr num number attempt try retry round pass default fix fixed fixes remediated hardening hardened
      unhardened changed update updated upgrade upgraded sample samples example examples demo

      v ver version versions release edition rc beta alpha head main commit rev git build week kw day month year q
      am pm utc gmt t z tue wed thu fri sat monday tuesday wednesday thursday friday saturday sunday

      var log home root opt usr local srv mnt media lib etc user users desktop documents downloads share archive
      archives archived history collected inbox incoming
      """))

  /// Words that are a host's name only with a number: what kube-bench checks, machines at large, days that hosts are
  /// called after.
  static let numbered = set(
    "master node etcd controlplane control plane policies managedservices host hosts server servers machine vm mon sun"
  )

  private static func set(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}

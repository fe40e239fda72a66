import BenchModel

/// A tool that was made after docker-bench-security, and prints lines of its form with checks of its own.
enum Relative {
  /// How the banners of such tools name them, and what else tells their logs.
  private static let banners: [(words: StaticString, name: String)] = [
    ("Podman Security Bench", "Podman Security Bench"),
    ("Podman Bench for Security", "Podman Security Bench"),
    ("containerd Bench for Security", "containerd Bench for Security"),
    ("CentOS Bench for Security", "CentOS Bench for Security"),
    ("Red Hat Bench for Security", "Red Hat Bench for Security"),
    ("Dockersec Benchmark", "Dockersec Benchmark"),
    ("Kubernetes CIS benchmark", "NeuVector's Kubernetes CIS benchmark"),
    ("Docker Actuary v", "Docker Actuary"),
  ]
  /// Headings of those whose log files have no banner.
  private static let headings: [(words: StaticString, name: String)] = [
    ("Podman ", "Podman Security Bench"), ("containerd daemon", "containerd Bench for Security"),
  ]

  /// The tool whose banner a line without a mark is.
  static func banner(_ line: Bytes) -> String? {
    banners.first { line.firstIndex(of: $0.words) != nil }?.name ?? other(line)
  }

  /// The tool whose heading a title is.
  static func heading(_ title: Bytes) -> String? {
    headings.first { title.has($0.words, at: 0) }?.name
  }

  /// The tool whose JSON has a key: `podmanbenchsecurity`.
  static func key(_ name: Bytes) -> String? {
    guard name.hasSuffix("benchsecurity"), !name.has("docker", at: 0) else { return nil }
    if name.has("podman", at: 0) { return "Podman Security Bench" }
    return String(decoding: name.dropLast(13), as: UTF8.self) + " Bench for Security"
  }

  /// Any other `# NAME Bench for Security`.
  private static func other(_ line: Bytes) -> String? {
    guard let end = line.firstIndex(of: " Bench for Security"),
      let start = line.part(0, end).lastIndex(of: ASCII.hash), end - start < 60
    else { return nil }
    let name = line.part(start + 1, end).trimmed()
    guard !name.isEmpty, !name.elementsEqual("Docker".utf8) else { return nil }
    return String(decoding: name, as: UTF8.self) + " Bench for Security"
  }
}

import BenchModel
import BenchRemedy
import BenchTestSupport
import Testing

/// All that is made of real logs, as it is written.
struct `The snippets of a log` {
  @Test(arguments: [
    ("s1-v1.6.1-log.txt", "s1.txt"), ("s6-v1.6.0-log.txt", "s6.txt"),
    ("before-kube-cis-1.23-stdout.txt", "kube.txt"),
  ])
  func `are written as before`(fixture: String, name: String) throws {
    expectSnapshot(Sample.text(Remedies(try Sample.failures(fixture)).snippets()), name)
  }
}

package import BenchAnalysis
import BenchCatalog
package import BenchHistory
package import BenchModel

// Most tests are about what is known by the catalogue that is compiled in.

extension Comparison {
  /// Compares two runs.
  package init(from base: ComparedRun, to head: ComparedRun) {
    self.init(from: base, to: head, .embedded)
  }

  /// Compares two runs of the database.
  package init(from base: StoredRun, to head: StoredRun) {
    self.init(from: base, to: head, .embedded)
  }
}

extension FleetComparison {
  /// Creates a comparison of no hosts.
  package init() { self.init(.embedded) }
}

extension HostReading {
  /// Creates a reading of all hosts of a history.
  package init(_ history: any History) { self.init(history, .embedded) }
}

extension Policy {
  /// Creates an empty policy.
  package init() { self.init(.embedded) }
}

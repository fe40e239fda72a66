import ArgumentParser
import BenchModel

extension RunScope: ExpressibleByArgument {
  /// Reads `include=web,db exclude=test`.
  package init?(argument: String) { self.init(argument) }
}

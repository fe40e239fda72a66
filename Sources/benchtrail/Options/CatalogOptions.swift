import ArgumentParser
import BenchCatalog

/// What is known of the checks.
struct CatalogOptions: ParsableArguments {
  /// The catalogue that all that follows is handed: no other place names the one that is compiled in.
  func load() throws -> Catalog { .embedded }
}

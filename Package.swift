// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "benchtrail",
  products: [
    .executable(name: "benchtrail", targets: ["benchtrail"]),
    // What the package in Fuzz/ hands its inputs to.
    .library(name: "BenchFuzz", targets: ["BenchFuzz"]),
  ],
  // Exact, in place of a lock file: docs/decisions/0012-exact-versions.md. LICENSES/components.tsv has them too.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // MARK: - C
    .target(name: "CEmbedded"),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // MARK: - Core: values, no input or output
    .target(name: "BenchModel"),
    .target(
      name: "BenchParsing", dependencies: ["BenchModel", .product(name: "Yams", package: "Yams")]),
    .target(name: "BenchCatalog", dependencies: ["BenchModel", "CEmbedded", "CNettle"]),
    .target(name: "BenchHistory", dependencies: ["BenchModel", "BenchCatalog"]),
    .target(name: "BenchAnalysis", dependencies: ["BenchModel", "BenchCatalog", "BenchHistory"]),
    .target(
      name: "BenchReports",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchRemedy", "CNettle",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .target(name: "BenchRemedy", dependencies: ["BenchModel", "BenchCatalog", "BenchAnalysis"]),

    // MARK: - Edges: files, database, terminal
    .target(name: "BenchEvidence", dependencies: ["BenchModel", "CNettle", "CZstd"]),
    .target(name: "BenchFiles"),
    .target(name: "BenchInput", dependencies: ["BenchModel", "CZlib"]),
    .target(
      name: "BenchPolicy",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchAnalysis",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "BenchExports",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchReports", "CNettle",
        "CZlib",
      ]),
    .target(
      name: "BenchStorage",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchEvidence", "BenchFiles", "BenchHistory", "CEmbedded",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),

    // MARK: - Use cases: what a command or a page does, over a repository
    .target(
      name: "BenchService",
      dependencies: [
        "BenchModel", "BenchParsing", "BenchInput", "BenchCatalog", "BenchEvidence",
        "BenchHistory", "BenchAnalysis", "BenchPolicy", "BenchRemedy", "BenchReports",
        "BenchExports",
      ]),
    .executableTarget(
      name: "benchtrail",
      dependencies: [
        "BenchModel", "BenchFiles", "BenchParsing", "BenchInput", "BenchCatalog", "BenchHistory",
        "BenchAnalysis", "BenchPolicy", "BenchRemedy", "BenchReports", "BenchExports",
        "BenchService", "BenchStorage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: - The page of components, for whoever changes one
    .executableTarget(name: "make-gallery", dependencies: ["BenchReports"]),

    // MARK: - Measurements
    .executableTarget(
      name: "measure-reading",
      dependencies: ["BenchModel", "BenchInput", "BenchParsing", "BenchCatalog"],
      path: "Benchmarks/measure-reading"),
    .executableTarget(
      name: "make-fleet",
      dependencies: [
        "BenchModel", "BenchInput", "BenchParsing", "BenchCatalog", "BenchService", "BenchStorage",
      ],
      path: "Benchmarks/make-fleet"),

    // MARK: - Tests
    .target(
      name: "BenchTestSupport",
      dependencies: [
        "BenchModel", "BenchParsing", "BenchCatalog", "BenchHistory", "BenchAnalysis",
      ],
      path: "Tests/BenchTestSupport"),
    .target(
      name: "BenchFuzz",
      dependencies: [
        "BenchModel", "BenchParsing", "BenchInput", "BenchCatalog", "BenchEvidence", "BenchHistory",
        "BenchPolicy", "BenchRemedy", "BenchReports", "BenchStorage",
      ],
      path: "Tests/BenchFuzz"),
    .testTarget(
      name: "BenchFuzzTests", dependencies: ["BenchFuzz"]),
    .testTarget(name: "BenchModelTests", dependencies: ["BenchModel"]),
    .testTarget(
      name: "BenchParsingTests", dependencies: ["BenchModel", "BenchParsing", "BenchTestSupport"]),
    .testTarget(
      name: "BenchEvidenceTests", dependencies: ["BenchModel", "BenchEvidence", "BenchTestSupport"]),
    .testTarget(name: "BenchFilesTests", dependencies: ["BenchFiles", "BenchTestSupport"]),
    .testTarget(
      name: "BenchInputTests", dependencies: ["BenchModel", "BenchInput", "BenchTestSupport"]),
    .testTarget(
      name: "BenchCatalogTests",
      dependencies: ["BenchModel", "BenchParsing", "BenchCatalog", "BenchTestSupport", "CNettle"]),
    .testTarget(
      name: "BenchHistoryTests",
      dependencies: ["BenchModel", "BenchCatalog", "BenchHistory", "BenchTestSupport"]),
    .testTarget(
      name: "BenchAnalysisTests",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchTestSupport",
      ]),
    .testTarget(
      name: "BenchRemedyTests",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchAnalysis", "BenchRemedy", "BenchTestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "BenchReportsTests",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchRemedy",
        "BenchReports", "BenchTestSupport", "CNettle",
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "BenchExportsTests",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchReports",
        "BenchExports", "BenchTestSupport",
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "BenchStorageTests",
      dependencies: [
        "BenchModel", "BenchFiles", "BenchInput", "BenchCatalog", "BenchEvidence", "BenchHistory",
        "BenchStorage", "BenchTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "BenchPolicyTests",
      dependencies: [
        "BenchModel", "BenchCatalog", "BenchHistory", "BenchAnalysis", "BenchPolicy",
        "BenchTestSupport",
      ]),
    .testTarget(
      name: "BenchServiceTests",
      dependencies: [
        "BenchModel", "BenchParsing", "BenchInput", "BenchCatalog", "BenchHistory", "BenchAnalysis",
        "BenchPolicy",
        "BenchRemedy", "BenchReports", "BenchExports", "BenchService", "BenchStorage",
        "BenchTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "CommandTests", dependencies: ["benchtrail", "BenchTestSupport"]),
  ],
  cLanguageStandard: .c2x
)

for target in package.targets where target.type != .system {
  guard target.name != "CEmbedded" else { continue }
  var settings = target.swiftSettings ?? []
  settings += [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
  target.swiftSettings = settings
}

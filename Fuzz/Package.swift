// swift-tools-version: 6.2

import PackageDescription

// Built with '--sanitize fuzzer', which has the main function and counts the paths through all modules; see ../Makefile.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "benchtrail", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz", dependencies: [.product(name: "BenchFuzz", package: "benchtrail")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ]
)

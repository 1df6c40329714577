// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the strictest that the language has.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// C kernels are compiled optimised even in debug builds: unoptimised, engine tests take minutes.
let optimisedC: [CSetting] = [.unsafeFlags(["-O3"], .when(configuration: .debug))]

func library(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target
{
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name)] + dependencies,
    exclude: exclude,
    resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "NeuronArena",
  products: [.executable(name: "neuronarena", targets: ["neuronarena"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    // Layer 0: what Swift can't import by itself, and the plain values of the game.
    .target(name: "CKernels", cSettings: optimisedC),
    .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    library("ArenaTypes", []),

    // Layer 1: pure code; bytes and commands in, values out.
    library("ArenaCrypto", ["COpenSSL"]),
    library("HTTPCodec", ["CZlib", "ArenaTypes"]),
    library("WebSocketCodec", ["CZlib", "ArenaTypes"]),
    library("ArenaProtocol", ["ArenaTypes"]),
    library("ArenaRules", ["ArenaTypes"]),
    library("TransformerEngine", ["CKernels", "ArenaTypes"]),

    // Layer 2: the engine's and the network's own worlds.
    library("Interpretation", ["TransformerEngine", "ArenaCrypto", "CZlib", "ArenaTypes"]),
    library(
      "DispatchTransport",
      [
        "HTTPCodec", "WebSocketCodec", "ArenaCrypto", "CLinux", "COpenSSL", "ArenaTypes",
        .product(name: "Logging", package: "swift-log"),
      ]),
    library("ArenaStorage", ["ArenaRules", "ArenaTypes"]),

    // Layer 3: the embedded database and the shell that ties all together.
    library("SQLiteStorage", ["ArenaStorage", "ArenaRules", "ArenaTypes", "CSQLite"]),
    library(
      "ArenaServer",
      [
        "ArenaProtocol", "ArenaRules", "ArenaCrypto", "Interpretation", "TransformerEngine",
        "DispatchTransport", "HTTPCodec", "WebSocketCodec", "ArenaStorage", "ArenaTypes",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "DequeModule", package: "swift-collections"),
      ]),

    // Layer 4: the whole server under simulated time, network and disk.
    library(
      "ArenaSimulation",
      [
        "ArenaServer", "ArenaStorage", "ArenaProtocol", "ArenaRules", "ArenaCrypto",
        "Interpretation", "DispatchTransport", "WebSocketCodec", "ArenaTypes",
        .product(name: "Logging", package: "swift-log"),
      ]),

    // Layer 5: the command.
    .executableTarget(
      name: "neuronarena",
      dependencies: [
        "ArenaSimulation", "ArenaServer", "SQLiteStorage", "ArenaStorage", "ArenaProtocol",
        "ArenaRules",
        "ArenaCrypto", "Interpretation", "TransformerEngine", "DispatchTransport", "HTTPCodec",
        "WebSocketCodec", "ArenaTypes", "CLinux", "COpenSSL",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Campaigns", "Judge"],
      resources: [.embedInCode("models.lock")],
      swiftSettings: strict),

    // What several test targets share.
    .target(
      name: "ArenaTestSupport",
      dependencies: [
        "ArenaProtocol", "CLinux", "COpenSSL", "HTTPCodec", "WebSocketCodec", "ArenaCrypto",
        "ArenaTypes",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),

    // What is fuzzed and what has to hold; `make fuzz` links it with libFuzzer, FuzzTests runs its
    // seeds.
    .target(
      name: "ArenaFuzz",
      dependencies: [
        "ArenaProtocol", "ArenaRules", "HTTPCodec", "WebSocketCodec", "TransformerEngine",
        "Interpretation", "ArenaCrypto", "ArenaTypes", "CZlib",
      ],
      path: "Tests/Fuzz/Targets", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["ArenaFuzz", "ArenaTypes"], path: "Tests/Fuzz/Tests",
      swiftSettings: strict),

    // Tests, one target for each.
    tests(of: "ArenaTypes"),
    tests(of: "ArenaCrypto"),
    tests(of: "HTTPCodec", ["ArenaTestSupport", "ArenaCrypto", "ArenaTypes"]),
    tests(of: "WebSocketCodec", ["ArenaTypes"]),
    tests(of: "ArenaProtocol", ["ArenaTestSupport", "ArenaTypes"]),
    tests(of: "ArenaRules", ["ArenaTypes"]),
    tests(
      of: "TransformerEngine", ["ArenaCrypto", "ArenaTypes", "CKernels"],
      resources: [.copy("Fixtures")]),
    tests(
      of: "Interpretation", ["TransformerEngine", "ArenaCrypto", "ArenaTypes"],
      exclude: ["Fixtures"]),
    tests(
      of: "DispatchTransport",
      [
        "ArenaTestSupport", "HTTPCodec", "WebSocketCodec", "ArenaCrypto", "CLinux", "COpenSSL",
        "ArenaTypes", .product(name: "Logging", package: "swift-log"),
      ]),
    tests(of: "ArenaStorage", ["ArenaRules", "ArenaTypes"]),
    tests(of: "SQLiteStorage", ["ArenaStorage", "ArenaRules", "ArenaTypes", "CSQLite"]),
    tests(
      of: "ArenaServer",
      [
        "ArenaTestSupport", "ArenaProtocol", "ArenaRules", "ArenaCrypto", "Interpretation",
        "TransformerEngine", "DispatchTransport", "HTTPCodec", "WebSocketCodec", "ArenaStorage",
        "SQLiteStorage", "ArenaTypes", .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      of: "ArenaSimulation",
      ["ArenaProtocol", "ArenaRules", "ArenaStorage", "DispatchTransport", "ArenaTypes"],
      exclude: ["failed-seeds.txt"]),
    tests(
      of: "neuronarena",
      [
        "ArenaServer", "DispatchTransport", "HTTPCodec", "WebSocketCodec", "ArenaProtocol",
        "ArenaRules", "ArenaCrypto", "Interpretation", "ArenaStorage", "SQLiteStorage",
        "ArenaTypes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "TidyTests", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "ArenaTestSupport", "ArenaServer", "ArenaProtocol", "ArenaRules", "Interpretation",
        "DispatchTransport", "WebSocketCodec", "HTTPCodec", "SQLiteStorage", "ArenaStorage",
        "ArenaCrypto", "ArenaTypes", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
  ]
)

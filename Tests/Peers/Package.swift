// swift-tools-version: 5.9
import PackageDescription

// A package apart: the product has nothing to do with SwiftNIO.
let package = Package(
  name: "Peers",
  platforms: [.macOS(.v13)],
  dependencies: [.package(url: "https://github.com/apple/swift-nio", exact: "2.101.2")],
  targets: [
    .executableTarget(
      name: "nio-peer",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
      ])
  ]
)

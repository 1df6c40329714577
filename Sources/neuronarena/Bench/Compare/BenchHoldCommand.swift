import ArgumentParser
import CLinux
import Glibc

/// `neuronarena bench hold`: idle connections of `bench compare memory`, in a process of their own.
struct BenchHoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Hold idle connections until input ends.",
    shouldDisplay: false)

  @Option var port: UInt16
  @Option var count: Int
  @Option var source: String
  @Flag var tls = false

  func run() throws {
    _ = DescriptorLimit.raise()
    if tls { return try holdTLS() }
    let descriptors = try HandshakeLoad.open(
      count, port: port, target: "/echo", source: source)
    waitForTheEnd()
    for descriptor in descriptors { close(descriptor) }
  }

  private func holdTLS() throws {
    let client = try TLSClient()
    let connections = try (0..<count).map { _ in try client.open(port: port, source: source) }
    waitForTheEnd()
    for connection in connections { connection.closeAtOnce() }
  }

  private func waitForTheEnd() {
    print("ready")
    fflush(nil)
    while readLine() != nil {}
  }
}

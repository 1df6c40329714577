import ArgumentParser
import CLinux
import DispatchTransport
import Glibc

/// `neuronarena bench serve`: the server of the network benches, to be loaded by any client.
struct BenchServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve /echo, /sub and /pub until standard input ends.")

  @Option(help: "The port on 127.0.0.1; 0 lets the kernel choose.")
  var port: UInt16 = 0

  @Option(help: "How many shards; 0 is one a processor.")
  var shards = 0

  @Flag(help: "Be the raw epoll loop in C, which echoes bytes without understanding them.")
  var raw = false

  @Option(help: "The processor to run on; by default any.")
  var processor: Int?

  func run() throws {
    if let processor { _ = ca_pin_to_processor(Int32(processor)) }
    if raw { try serveRaw() } else { try serve() }
  }

  private func serve() throws {
    var limits = TransportLimits()
    limits.connectionCountPerAddressMax = limits.connectionCountMax
    let hub = BenchHub()
    let transport = DispatchTransport(
      configuration: TransportConfiguration(
        listeners: [Listener(port: port)], shardCount: shards == 0 ? nil : shards,
        limits: limits)
    ) { BenchHandler($0, hub: hub) }
    let port = try transport.start()[0]
    announce(port)
    while readLine() != nil {}
    let counters = transport.counters()
    print(
      """
      sent \(counters.framesSent + counters.latestFramesSent) frames in \(counters.sendCalls) \
      calls, \(counters.latestFramesReplaced) replaced, \(counters.overflows) overflows
      """)
  }

  private func serveRaw() throws {
    var address = ca_address()
    guard ca_address_parse("127.0.0.1", port, &address) == 0 else { throw ExitCode.failure }
    let listener = ca_listen(&address, 1_024)
    guard listener >= 0 else { throw TransportError.system(call: "bind", errno: -listener) }
    announce(UInt16(ca_bound_port(listener)))
    let error = ca_raw_echo_serve(listener, STDIN_FILENO)
    if error < 0 { throw TransportError.system(call: "epoll", errno: -error) }
  }

  private func announce(_ port: UInt16) {
    print("port \(port)")
    fflush(nil)
  }
}

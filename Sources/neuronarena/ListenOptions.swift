import ArgumentParser
import DispatchTransport

/// Where a server listens, and which proxies it believes.
struct ListenOptions: ParsableArguments {
  @Option(help: "The port; 0 takes a free one.")
  var port: UInt16 = 8080

  @Option(
    help: "The numeric address to listen on; :: takes every address of both families.")
  var host = "127.0.0.1"

  @Option(
    help: """
      Listen here instead of at --host and --port: HOST:PORT, [HOST]:PORT or unix:PATH; may be given \
      several times.
      """, transform: Listener.Address.argument)
  var listen: [Listener.Address] = []

  @Option(
    help: """
      How many proxies stand in front, each of which adds its peer to X-Forwarded-For. A request \
      without an entry of each gets 400, so let nobody but the proxy reach the address.
      """)
  var trustedHops: Int?

  @Flag(
    help: """
      A proxy stands in front and begins each connection with a PROXY protocol header of version 2. \
      Let nobody but the proxy reach the address.
      """)
  var proxyProtocol = false

  func validate() throws {
    if let trustedHops, !(1...16).contains(trustedHops) {
      throw ValidationError("--trusted-hops takes a number from 1 to 16.")
    }
    if trustedHops != nil, proxyProtocol {
      throw ValidationError("Choose --trusted-hops or --proxy-protocol: one tells who the peer is.")
    }
    if listen.count > 12 { throw ValidationError("--listen may be given 12 times.") }
  }

  /// The listeners that were asked for, at least one.
  var listeners: [Listener] {
    let addresses = listen.isEmpty ? [.tcp(host: host, port: port)] : listen
    let forwarding: Listener.Forwarding =
      if let trustedHops {
        .forwardedFor(trustedHops: trustedHops)
      } else {
        proxyProtocol ? .proxyProtocol : .none
      }
    return addresses.map { Listener($0, forwarding: forwarding) }
  }
}

extension Listener.Address {
  /// Reads an address of the command line.
  static func argument(_ text: String) throws -> Listener.Address {
    if let address = Listener.Address(text) { return address }
    throw ValidationError("HOST:PORT with a numeric host, [HOST]:PORT or unix:PATH is wanted.")
  }
}

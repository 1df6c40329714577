import CLinux
@preconcurrency import Dispatch
import DispatchTransport
import Glibc
import WebSocketCodec

/// The server of `bench serve` from its start to its end.
///
/// It is no part of the command's file, since what is made there belongs to the main actor.
struct BenchServerProcess {
  private let command: BenchServeCommand
  /// Descriptors of the process itself: standard streams, listeners, each shard's epoll set and
  /// wake-ups, and Dispatch's own.
  private static let ownDescriptorCount = 256

  init(_ command: BenchServeCommand) { self.command = command }

  /// Serves until it is asked to stop, then prints what it has done.
  func run() async throws {
    let signals = command.untilInputEnds ? nil : StopSignals()
    let configuration = try configuration()
    let hub = BenchHub(shardCount: configuration.shardCount)
    let transport = DispatchTransport(configuration: configuration) {
      BenchHandler($0, hub: hub)
    }
    announce(port: try transport.start()[0])
    if let signals {
      await signals.first()
    } else {
      while readLine() != nil {
        print(
          """
          received \(transport.counters().messagesReceived) encoded \(SharedFrame.encodedCount)
          """)
        fflush(nil)
      }
    }
    let counters = transport.counters()
    await withCheckedContinuation { continuation in
      transport.drain(within: .milliseconds(500)) { continuation.resume() }
    }
    print(
      """
      sent \(counters.framesSent + counters.latestFramesSent) frames in \(counters.sendCalls) \
      calls, \(counters.latestFramesReplaced) replaced, \(counters.overflows) overflows
      """)
  }

  private func configuration() throws -> TransportConfiguration {
    var limits = TransportLimits()
    let descriptorCount = DescriptorLimit.raise()
    limits.connectionCountMax =
      command.connections
      ?? max(1, min(1_000_000, descriptorCount - limits.refusalCountMax - Self.ownDescriptorCount))
    limits.connectionCountPerAddressMax = limits.connectionCountMax
    limits.handshakesPerSecondPerAddress = nil
    limits.webSocket.messageByteCountMax = command.messageBytes
    // Conformance suites send their largest messages in fragments of 64 bytes.
    limits.webSocket.fragmentCountMax = max(
      limits.webSocket.fragmentCountMax, command.messageBytes / 64)
    // A lane must hold a message or it could never be sent; a few more make bursts lossless.
    limits.losslessByteCountMax = 4 * command.messageBytes + 65_536
    var listener = Listener(host: command.host, port: command.port)
    listener.tls = try tls()
    var configuration = TransportConfiguration(
      listeners: [listener], shardCount: command.shards == 0 ? nil : command.shards,
      limits: limits)
    configuration.deflate = command.deflate ? DeflateConfiguration() : nil
    return configuration
  }

  private func tls() throws -> TLSContext? {
    if let certificate = command.tlsCertificate {
      return try TLSContext(
        certificateFile: certificate, keyFile: command.tlsKey ?? certificate)
    }
    return command.tls ? try TLSContext.selfSigned() : nil
  }
}

/// The yardstick: an epoll loop in C that sends back whatever comes.
struct BenchRawServer {
  let host: String
  let port: UInt16
  let untilInputEnds: Bool

  func run() throws {
    var address = ca_address()
    guard ca_address_parse(host, port, &address) == 0 else {
      throw TransportError.badAddress(host)
    }
    _ = DescriptorLimit.raise()
    let listener = ca_listen(&address, 1_024)
    guard listener >= 0 else { throw TransportError.system(call: "bind", errno: -listener) }
    announce(port: UInt16(ca_bound_port(listener)))
    let error = ca_raw_echo_serve(listener, untilInputEnds ? STDIN_FILENO : ca_eventfd())
    if error < 0 { throw TransportError.system(call: "epoll", errno: -error) }
  }
}

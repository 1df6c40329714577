import ArenaTestSupport
import CLinux
import Glibc
import Testing
import WebSocketCodec

@testable import DispatchTransport

/// Limits that are handed to the kernel, or say when the shard gives its thread back.
@Suite("Backlog, linger and a proxy's header")
struct KernelLimitTests {
  @Test("More than the backlog do not even connect while nobody accepts")
  func backlog() async throws {
    var limits = TransportLimits()
    limits.backlog = 2
    let log = EventLog()
    let transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: 1, limits: limits),
      accept: { _, _ in -EMFILE }, makeHandler: { ScriptedHandler($0, log) })
    let port = try transport.start()[0]
    var address = ca_address()
    _ = ca_address_parse("127.0.0.1", port, &address)
    let crowd = (0..<12).map { _ in ca_connect_start(&address, nil) }
    defer { for descriptor in crowd { Glibc.close(descriptor) } }
    var polls = crowd.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
    func connectedCount() -> Int {
      poll(&polls, nfds_t(polls.count), 100)
      return polls.count { $0.revents & Int16(POLLOUT) != 0 }
    }
    // The kernel lets one more in than it is told.
    for _ in 0..<50 where connectedCount() < 3 {}
    #expect(connectedCount() == 3)
    await withCheckedContinuation { done in transport.drain(within: .zero) { done.resume() } }
  }

  @Test("A shard that never lingers hears of bytes, timers and posts all the same")
  func noLinger() async throws {
    var limits = TransportLimits()
    limits.linger = .zero
    let world = try RealWorld(limits: limits)
    let client = try world.connect()
    for round in 0..<30 {
      // Long enough for the shard to be asleep.
      try await Task.sleep(for: .milliseconds(3))
      try client.send(text: "echo \(round)")
      #expect(try client.receiveText() == "\(round)")
    }
    try client.send(text: "timer 20")
    #expect(try client.receiveText() == "timer")
    try client.send(text: "post late")
    #expect(try client.receiveText() == "before")
    #expect(try client.receiveText() == "late")
  }

  @Test("A proxy's header at the limit is read, one above it ends the connection")
  func proxyHeader() throws {
    var limits = TransportLimits()
    limits.proxyHeaderByteCountMax = 100
    let world = try RealWorld(
      [Listener(.tcp(host: "127.0.0.1", port: 0), forwarding: .proxyProtocol)], limits: limits)
    func answer(extraByteCount: Int) throws -> [UInt8] {
      let extra = [4, 0, UInt8(extraByteCount)] + [UInt8](repeating: 0, count: extraByteCount)
      let socket = try TestSocket(port: world.port)
      try socket.send(ProxyHeaderBytes.header(family: 0x11, ProxyHeaderBytes.four + extra))
      do {
        // By now it may have been cut off.
        try socket.send("GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return try socket.receiveAll()
      } catch TestClientError.ended { return [] }
    }
    // Fixed part, addresses, and the extra's own header.
    let room = 100 - 16 - 12 - 3
    #expect(String(decoding: try answer(extraByteCount: room), as: UTF8.self).hasSuffix("hello"))
    #expect(try answer(extraByteCount: room + 1).isEmpty)
  }
}

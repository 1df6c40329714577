import ArenaTestSupport
import HTTPCodec
import Testing

@testable import DispatchTransport

/// Newcomers are sent away before those who are here are hurt.
@Suite("Overload")
struct OverloadTests {
  @Test("The mean of the last turns follows them, and a rest clears it")
  func load() {
    var load = ShardLoad()
    for _ in 0..<100 { load.turned(nanoseconds: 1_000_000) }
    #expect((990_000...1_000_000).contains(load.turnNanoseconds))
    // One long turn among short ones is an eighth of itself.
    load.turned(nanoseconds: 801_000_000)
    #expect((100_000_000...101_000_000).contains(load.turnNanoseconds))
    for _ in 0..<20 { load.turned(nanoseconds: 0) }
    #expect(load.turnNanoseconds < 10_000_000)
    load.turned(nanoseconds: -5)
    load.rested()
    #expect(load.turnNanoseconds == 0)
  }

  @Test("While turns take too long newcomers get 503, an old echo works, and it recovers")
  func busy() async throws {
    var limits = TransportLimits()
    limits.turnDurationMax = .milliseconds(15)
    // A rest would end the overload that the test makes before its next step on a slow machine.
    limits.linger = .seconds(60)
    let world = try RealWorld(limits: limits)
    let old = try world.connect()
    for _ in 0..<4 {
      try old.send(text: "work 100")
      #expect(try old.receiveText() == "worked")
    }
    #expect(throws: TestClientError.refused(status: 503)) { try world.connect() }
    #expect(try world.ask("/page").hasPrefix("HTTP/1.1 200"))
    try old.send(text: "echo still")
    #expect(try old.receiveText() == "still")
    // Short turns bring the mean down.
    #expect(
      await world.eventually {
        try? old.send(text: "echo x")
        _ = try? old.receiveText()
        return (try? world.connect()) != nil
      })
    #expect(await world.eventually { world.transport.counters().shed >= 1 })
  }

  @Test("A rest ends the overload")
  func rest() async throws {
    var limits = TransportLimits()
    limits.turnDurationMax = .milliseconds(10)
    limits.linger = .milliseconds(1)
    let world = try RealWorld(limits: limits)
    let old = try world.connect()
    try old.send(text: "work 500")
    #expect(try old.receiveText() == "worked")
    #expect(await world.eventually { (try? world.connect()) != nil })
  }

  @Test("While too many bytes wait newcomers get 503, an old echo works, and it recovers")
  func queued() async throws {
    var limits = TransportLimits()
    limits.queuedByteCountMax = 100_000
    limits.losslessByteCountMax = 1_000_000
    limits.sendBufferByteCount = 4_096
    limits.closeTimeout = .milliseconds(80)
    let world = try RealWorld(limits: limits)
    let old = try world.connect()
    let slow = try world.connect(receiveBufferByteCount: 4_096)
    try slow.send(text: "flood 500")
    #expect(await world.eventually { world.transport.counters().bytesWaiting > 100_000 })
    #expect(throws: TestClientError.refused(status: 503)) { try world.connect() }
    try old.send(text: "echo still")
    #expect(try old.receiveText() == "still")
    slow.socket.close()
    #expect(await world.eventually { world.transport.counters().bytesWaiting == 0 })
    let new = try world.connect()
    try new.send(text: "echo in")
    #expect(try new.receiveText() == "in")
  }

  @Test("An exempt listener's connections are not shed")
  func exempt() async throws {
    var limits = TransportLimits()
    limits.queuedByteCountMax = 0
    limits.losslessByteCountMax = 1_000_000
    limits.sendBufferByteCount = 4_096
    limits.closeTimeout = .milliseconds(80)
    let world = try RealWorld(
      [Listener(port: 0), Listener(.tcp(host: "127.0.0.1", port: 0), isExempt: true)],
      limits: limits)
    let slow = try world.connect(receiveBufferByteCount: 4_096)
    try slow.send(text: "flood 500")
    #expect(await world.eventually { world.transport.counters().bytesWaiting > 0 })
    #expect(throws: TestClientError.refused(status: 503)) { try world.connect() }
    _ = try WebSocketTestClient(port: world.ports[1])
  }
}

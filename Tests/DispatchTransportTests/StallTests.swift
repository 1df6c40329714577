import ArenaTestSupport
import ArenaTypes
import CLinux
import Glibc
import Synchronization
import Testing
import WebSocketCodec

@testable import DispatchTransport

/// Peers that take no bytes, and clocks that are set.
@Suite("Stalls and clocks")
struct StallTests {
  private static var limits: TransportLimits {
    var limits = TransportLimits()
    limits.losslessByteCountMax = 4_000_000
    limits.sendBufferByteCount = 4_096
    limits.sendStallTimeout = .milliseconds(120)
    return limits
  }

  @Test(
    "An open connection that takes no bytes while some wait is ended, and its end told once",
    arguments: [false, true])
  func stall(_ isSecure: Bool) async throws {
    let world = try RealWorld(
      limits: Self.limits, tls: isSecure ? try TLSContext.selfSigned() : nil)
    let other = try world.connect(tls: isSecure ? try TestTLS() : nil)
    let stuck = try world.connect(
      receiveBufferByteCount: 4_096, tls: isSecure ? try TestTLS() : nil)
    try stuck.send(text: "flood 1000")
    #expect(await world.eventually { world.transport.counters().stallTimeouts == 1 })
    let id = try #require(world.log.openedIDs.last)
    #expect(await world.eventually { world.log.closes[id] == [nil] })
    try other.send(text: "echo on")
    #expect(try other.receiveText() == "on")
  }

  @Test("Who reads slowly, but reads, is not stalled")
  func slowReader() throws {
    var limits = Self.limits
    // The kernel itself waits up to 0.2 s before it asks a full receiver again.
    limits.sendStallTimeout = .seconds(1)
    let world = try RealWorld(limits: limits)
    let slow = try world.connect(receiveBufferByteCount: 4_096)
    try slow.send(text: "flood 150")
    // Longer than the limit in sum, and never as long without a byte taken.
    for _ in 0..<150 {
      #expect(try slow.receiveText().utf8.count == 1_000)
      // Not a task's sleep, which lasts as long as other tests keep the threads of tasks busy.
      usleep(8_000)
    }
    #expect(world.transport.counters().stallTimeouts == 0)
  }

  @Test("Who answers nothing and is sent nothing is not stalled")
  func idle() async throws {
    let world = try RealWorld(limits: Self.limits)
    let idle = try world.connect()
    try await Task.sleep(for: .milliseconds(400))
    try idle.send(text: "echo here")
    #expect(try idle.receiveText() == "here")
  }

  @Test("Setting the wall clock by a day, either way, ends no connection and keeps the timeouts")
  func jumpOverSockets() async throws {
    let shift = Offset()
    let log = EventLog()
    var limits = TransportLimits()
    limits.requestTimeout = .milliseconds(400)
    limits.sendStallTimeout = .seconds(600)
    let transport = DispatchTransport(
      configuration: TransportConfiguration(shardCount: 1, limits: limits),
      wallClock: {
        ca_realtime_milliseconds() + shift.milliseconds.load(ordering: .relaxed)
      }, makeHandler: { ScriptedHandler($0, log) })
    let port = try transport.start()[0]
    let open = try WebSocketTestClient(port: port)
    // A message under way, whose timeout is 15 s.
    try open.send(.text, Array("echo a".utf8), isFinal: false)
    try open.send(.ping, [1])
    #expect(try open.receive() == .pong([1]))
    let day: Int64 = 86_400_000
    for jump in [day, -day, 3 * day] {
      shift.milliseconds.store(jump, ordering: .relaxed)
      // A peer that says nothing makes the sweep look at all: it ends after its own time.
      let silent = try TestSocket(port: port)
      #expect(try silent.receiveAll().isEmpty)
      try open.send(.ping, [2])
      #expect(try open.receive() == .pong([2]))
    }
    try open.send(.continuation, Array("b".utf8))
    #expect(try open.receiveText() == "ab")
    await withCheckedContinuation { ended in
      // Time to go that a jump must not cut short either.
      transport.drain(within: .seconds(60)) { ended.resume() }
      shift.milliseconds.store(9 * day, ordering: .relaxed)
      #expect((try? open.receiveClose().code) == .serviceRestart)
      try? open.sendClose(.serviceRestart)
      #expect((try? open.receive()) == .end)
      open.socket.close()
    }
    #expect(transport.counters().timeouts == 0)
  }

  private final class Offset: Sendable {
    let milliseconds = Atomic<Int64>(0)
  }

  @Test("The monotonic clock of a shard does not follow the wall clock")
  func clockJump() {
    var clock = ShardClock()
    let start = clock.now.millisecondsSinceEpoch
    clock.update(realtime: start, monotonic: 1_000)
    // A day forward within a second, then two back.
    clock.update(realtime: start + 86_400_000, monotonic: 2_000)
    #expect(clock.monotonic == 2_000)
    clock.update(realtime: start - 86_400_000, monotonic: 3_000)
    #expect(clock.monotonic == 3_000)
    #expect(clock.now.millisecondsSinceEpoch == start + 86_401_000)
  }
}

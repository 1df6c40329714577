import ArenaTestSupport
import Testing

@testable import DispatchTransport

/// Handshakes an address and second.
@Suite("Handshake budgets")
struct HandshakeBudgetTests {
  private static func budget(
    rate: Int = 10, burst: Int = 3, groups: Int = 1_000
  ) -> HandshakeBudget {
    var limits = TransportLimits()
    limits.handshakesPerSecondPerAddress = rate
    limits.handshakeBurstPerAddress = burst
    limits.handshakeGroupCountMax = groups
    return HandshakeBudget(limits: limits)
  }

  private static func group(_ number: UInt64) -> AddressGroup {
    AddressGroup(high: number, low: 0)
  }

  @Test("A burst goes through, then the rate holds, and the wait that is named is enough")
  func rate() {
    var budget = Self.budget()
    let one = Self.group(1)
    for _ in 0..<3 { #expect(budget.take(one, now: 0) == nil) }
    #expect(budget.take(one, now: 0) == 100)
    #expect(budget.take(one, now: 99) == 1)
    #expect(budget.take(one, now: 100) == nil)
    #expect(budget.take(one, now: 100) == 100)
    // Long after, a whole burst is there again, and no more.
    for _ in 0..<3 { #expect(budget.take(one, now: 1_000_000) == nil) }
    #expect(budget.take(one, now: 1_000_000) == 100)
  }

  @Test("Whoever is refused does not wait longer for having asked")
  func asking() {
    var budget = Self.budget(burst: 1)
    #expect(budget.take(Self.group(1), now: 0) == nil)
    for now in 0..<100 as Range<Int64> { #expect(budget.take(Self.group(1), now: now) != nil) }
    #expect(budget.take(Self.group(1), now: 100) == nil)
  }

  @Test("One address does not use up another's")
  func apart() {
    var budget = Self.budget(burst: 1)
    #expect(budget.take(Self.group(1), now: 0) == nil)
    #expect(budget.take(Self.group(2), now: 0) == nil)
    #expect(budget.take(Self.group(1), now: 0) != nil)
  }

  @Test("The table is bounded; those who are remembered stay limited, and full buckets make room")
  func bounded() {
    var budget = Self.budget(burst: 1, groups: 5)
    for number in 0..<5 as Range<UInt64> { _ = budget.take(Self.group(number), now: 0) }
    #expect(budget.take(Self.group(9), now: 0) == nil)
    #expect(budget.take(Self.group(9), now: 0) == nil)
    #expect(budget.count == 5)
    #expect(budget.take(Self.group(4), now: 0) != nil)
    // Within a second of the last look there is no other.
    #expect(budget.take(Self.group(9), now: 999) == nil)
    #expect(budget.count == 5)
    #expect(budget.take(Self.group(9), now: 1_000) == nil)
    #expect(budget.count == 1)
    #expect(budget.take(Self.group(9), now: 1_000) != nil)
  }

  @Test("An address that comes too fast gets 429 with the time to wait, and others nothing of it")
  func overSockets() async throws {
    var limits = TransportLimits()
    limits.handshakesPerSecondPerAddress = 1
    limits.handshakeBurstPerAddress = 2
    let world = try RealWorld(limits: limits)
    let clients = try (0..<2).map { _ in try world.connect() }
    #expect(throws: TestClientError.refused(status: 429)) { try world.connect() }
    let answer = try world.ask(fields: [
      "Upgrade: websocket", "Connection: upgrade", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ])
    #expect(answer.hasPrefix("HTTP/1.1 429") && answer.contains("Retry-After: 1\r\n"))
    _ = try world.connect(source: "127.0.0.8")
    // Plain requests are no handshakes.
    #expect(try world.ask("/page").hasPrefix("HTTP/1.1 200"))
    try clients[1].send(text: "echo on")
    #expect(try clients[1].receiveText() == "on")
    #expect(await world.eventually { world.transport.counters().rateLimited == 2 })
  }
}

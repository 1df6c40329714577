import Synchronization
import Testing

@testable import DispatchTransport

/// The keys of session tickets on a clock that the test turns.
@Suite("Session ticket keys")
struct TicketKeysTests {
  private final class Clock: Sendable {
    let now = Atomic<Int64>(1_000)
    func advance(hours: Int64) { now.add(hours * 3_600, ordering: .relaxed) }
  }

  private func find(_ name: [UInt8], in keys: TicketKeys) -> Bool? {
    name.withUnsafeBytes { keys.key(named: $0)?.isCurrent }
  }

  @Test("A key seals for twelve hours and opens for twelve more")
  func rotation() throws {
    let clock = Clock()
    let keys = TicketKeys { clock.now.load(ordering: .relaxed) }
    let first = try #require(keys.current()).name
    clock.advance(hours: 11)
    #expect(keys.current()?.name == first)
    #expect(find(first, in: keys) == true)
    clock.advance(hours: 1)
    let second = try #require(keys.current()).name
    #expect(second != first)
    #expect(find(first, in: keys) == false)
    #expect(find(second, in: keys) == true)
    clock.advance(hours: 12)
    #expect(find(first, in: keys) == nil)
    #expect(find(second, in: keys) == false)
  }

  @Test("After a long silence old keys open nothing")
  func silence() throws {
    let clock = Clock()
    let keys = TicketKeys { clock.now.load(ordering: .relaxed) }
    let first = try #require(keys.current()).name
    clock.advance(hours: 30)
    #expect(find(first, in: keys) == nil)
  }

  @Test("Keys are of full length, and no two are alike")
  func keys() throws {
    let key = try #require(TicketKeys().current())
    #expect(key.name.count == 16 && key.cipherKey.count == 32 && key.macKey.count == 32)
    #expect(key.cipherKey != key.macKey)
    let other = try #require(TicketKeys().current())
    #expect(key.cipherKey != other.cipherKey && key.name != other.name)
  }

  @Test("A name that nobody gave opens nothing")
  func unknown() {
    #expect(find([UInt8](repeating: 0, count: 16), in: TicketKeys()) == nil)
  }
}

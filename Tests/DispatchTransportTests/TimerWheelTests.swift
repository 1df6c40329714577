import ArenaTypes
import Testing

@testable import DispatchTransport

/// The wheel against the plainest scheduler that keeps the same promises.
@Suite("Timer wheel")
struct TimerWheelTests {
  private func at(_ milliseconds: Int64) -> Timestamp {
    Timestamp(millisecondsSinceEpoch: milliseconds)
  }

  @Test("Random timers run at their time, in order, and cancelled ones don't", arguments: 0..<20)
  func agreesWithManualScheduler(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let start = at(1_764_000_000_000 + Int64(seed) * 4_294_967)
    let reference = ManualScheduler(now: start)
    var wheel = TimerWheel(now: start)
    var now = start
    var expected: [Int] = []
    var ran: [Int] = []
    var tokens: [(wheel: TimerToken, reference: TimerToken)] = []
    let reaches: [UInt64] = [3, 300, 70_000, 20_000_000, 6_000_000_000, 900_000_000_000]
    for number in 0..<2_000 {
      let reach = reaches[Int(generator.next(upperBound: UInt64(reaches.count)))]
      let deadline = now + .milliseconds(1 + Int64(generator.next(upperBound: reach)))
      tokens.append(
        (
          wheel.insert(at: deadline) { ran.append(number) },
          reference.schedule(at: deadline) { expected.append(number) }
        ))
      if generator.next(upperBound: 4 as UInt64) == 0,
        let token = tokens.randomElement(using: &generator)
      {
        wheel.remove(token.wheel)
        reference.cancel(token.reference)
      }
      if generator.next(upperBound: 3 as UInt64) == 0 {
        let step = reaches[Int(generator.next(upperBound: 4 as UInt64))]
        now = now + .milliseconds(Int64(generator.next(upperBound: step)))
        reference.advance(to: now)
        while let action = wheel.popDue(now: now) { action() }
        #expect(ran == expected, "seed \(seed)")
        #expect(wheel.nextWakeUp.map { $0 > now } ?? true)
      }
    }
    reference.advance(to: now + .seconds(2_000_000_000))
    while let action = wheel.popDue(now: now + .seconds(2_000_000_000)) { action() }
    #expect(ran == expected, "seed \(seed)")
    #expect(wheel.count == 0 && wheel.nextWakeUp == nil)
  }

  @Test("A timer may cancel the next of the same time")
  func cancelSibling() {
    var wheel = TimerWheel(now: at(0))
    var ran: [String] = []
    _ = wheel.insert(at: at(5)) { ran.append("first") }
    let second = wheel.insert(at: at(5)) { ran.append("second") }
    wheel.popDue(now: at(5))?()
    wheel.remove(second)
    #expect(wheel.popDue(now: at(5)) == nil)
    #expect(ran == ["first"])
  }

  @Test("A token of a timer that has run does not cancel the one in its place")
  func staleToken() {
    var wheel = TimerWheel(now: at(0))
    let old = wheel.insert(at: at(1)) {}
    _ = wheel.popDue(now: at(1))
    var ran = false
    _ = wheel.insert(at: at(2)) { ran = true }
    wheel.remove(old)
    wheel.popDue(now: at(2))?()
    #expect(ran)
  }

  @Test("A deadline in the past is due at the next look")
  func past() {
    var wheel = TimerWheel(now: at(1_000))
    _ = wheel.insert(at: at(3)) {}
    #expect(wheel.popDue(now: at(1_000)) == nil)
    #expect(wheel.popDue(now: at(1_001)) != nil)
  }

  @Test("The clock never goes back nor stands still")
  func clock() {
    var clock = ShardClock()
    clock.update(realtime: 5_000_000_000_000, monotonic: 10)
    #expect(clock.now == at(5_000_000_000_000))
    clock.update(realtime: 4_000_000_000_000, monotonic: 25)
    #expect(clock.now == at(5_000_000_000_015))
    clock.update(realtime: 5_000_000_000_020, monotonic: 26)
    #expect(clock.now == at(5_000_000_000_020))
  }
}

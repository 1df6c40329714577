import ArenaTypes
import Testing

@Suite("A clock that is turned by hand")
struct ManualSchedulerTests {
  private let start = Timestamp(millisecondsSinceEpoch: 1_000)

  @Test("Timers run by deadline, and those of one deadline in the order of scheduling")
  func order() {
    var chance = SeededGenerator(seed: 5)
    let clock = ManualScheduler(now: start)
    var wanted: [(deadline: Int64, number: Int)] = []
    var ran: [Int] = []
    for number in 0..<500 {
      let delay = Int64(chance.next() % 40)
      wanted.append((delay, number))
      clock.schedule(after: .milliseconds(delay)) { ran.append(number) }
    }
    clock.advance(by: .milliseconds(40))
    let sorted = wanted.sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
    #expect(ran == sorted.map(\.number))
    #expect(clock.nextDeadline == nil)
  }

  @Test("What is cancelled never runs, and is no deadline any more")
  func cancelled() {
    let clock = ManualScheduler(now: start)
    var ran: [String] = []
    let first = clock.schedule(after: .milliseconds(1)) { ran.append("first") }
    clock.schedule(after: .milliseconds(2)) { ran.append("second") }
    clock.cancel(first)
    clock.cancel(first)
    #expect(clock.nextDeadline == start + .milliseconds(2))
    #expect(clock.runNext())
    #expect(ran == ["second"])
    #expect(!clock.runNext())
  }

  @Test("Turned over several deadlines, it runs each timer at its own")
  func advance() {
    let clock = ManualScheduler(now: start)
    var seen: [String] = []
    func see(_ name: String) { seen.append("\(name)@\(clock.now.millisecondsSinceEpoch)") }
    clock.schedule(after: .seconds(2)) { see("b") }
    clock.schedule(after: .seconds(1)) { see("a") }
    clock.advance(by: .seconds(3))
    #expect(seen == ["a@2000", "b@3000"])
    #expect(clock.now == start + .seconds(3))
  }

  @Test("One timer at a time moves the clock to its deadline, and never back")
  func oneAtATime() {
    let clock = ManualScheduler(now: start)
    var seen: [Timestamp] = []
    clock.schedule(after: .milliseconds(5)) { [unowned clock] in
      seen.append(clock.now)
      clock.schedule(after: .milliseconds(-3)) { [unowned clock] in seen.append(clock.now) }
    }
    clock.schedule(after: .milliseconds(9)) { [unowned clock] in seen.append(clock.now) }
    while clock.runNext() {}
    #expect(seen == [5, 5, 9].map { start + .milliseconds($0) })
  }
}

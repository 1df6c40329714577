import ArenaTypes
import Testing

@testable import TransformerEngine

@Suite struct BatchScheduleTests {
  typealias Work = BatchSchedule.Work

  private static let limits: InferenceLimits = {
    var limits = InferenceLimits()
    limits.passRowCountMax = 100
    limits.requestCountMax = 6
    limits.waitingTokenCountMax = 1_000
    limits.passByteCountMax = 10_000
    limits.resultByteCountMax = 500
    return limits
  }()

  private func schedule(_ change: (inout InferenceLimits) -> Void = { _ in }) -> BatchSchedule {
    var limits = Self.limits
    change(&limits)
    return BatchSchedule(limits: limits)
  }

  private func work(
    _ rows: [Int], _ kind: BatchSchedule.Kind = .capture, depth: Int = 10, bytes: Int = 1
  ) -> Work {
    Work(
      kind: kind, depth: depth,
      sizes: rows.map { Work.Size(rowCount: $0, bufferByteCount: $0, resultByteCount: bytes) })
  }

  /// Who takes part in the next pass, with how many sequences.
  private func next(
    _ schedule: inout BatchSchedule, at now: Duration = .zero, above: InferencePriority? = nil
  ) -> [Int: Int] {
    guard case .run(let pass) = schedule.turn(now: now, above: above) else { return [:] }
    return Dictionary(uniqueKeysWithValues: pass.parts.map { ($0.id, $0.range.count) })
  }

  private func isIdle(_ schedule: inout BatchSchedule) -> Bool {
    schedule.turn(now: .zero) == .idle
  }

  private func submit(
    _ schedule: inout BatchSchedule, _ id: Int, _ work: Work,
    _ terms: InferenceTerms = InferenceTerms(), at now: Duration = .zero
  ) throws {
    let displaced = try schedule.submit(id, work, terms: terms, now: now)
    #expect(displaced.isEmpty)
  }

  @Test func `nothing waits at first`() {
    var schedule = schedule()
    #expect(isIdle(&schedule))
    #expect(schedule.waitingRequestCount == 0 && schedule.waitingRowCount == 0)
  }

  @Test func `higher priorities go first, each by itself and in order`() throws {
    var schedule = schedule()
    for (id, priority) in InferencePriority.allCases.enumerated() {
      try submit(&schedule, id, work([50]), InferenceTerms(priority: priority))
      try submit(&schedule, 10 + id, work([60]), InferenceTerms(priority: priority))
      if id == 2 { break }
    }
    #expect(next(&schedule) == [2: 1])
    #expect(next(&schedule) == [12: 1])
    #expect(next(&schedule) == [1: 1])
    #expect(next(&schedule, above: .low) == [:])
    #expect(next(&schedule, above: .background) == [11: 1])
    #expect(next(&schedule) == [0: 1])
    #expect(next(&schedule) == [10: 1])
    #expect(isIdle(&schedule))
    #expect(schedule.waitingRequestCount == 0 && schedule.waitingRowCount == 0)
  }

  @Test func `only one kind shares a pass`() throws {
    var schedule = schedule()
    try submit(&schedule, 1, work([10]))
    try submit(&schedule, 2, work([10], .someTokens))
    try submit(&schedule, 3, work([10]))
    #expect(next(&schedule) == [1: 1, 3: 1])
    #expect(next(&schedule) == [2: 1])
  }

  @Test func `rows, buffers and results of a pass have their bounds`() throws {
    var schedule = schedule()
    try submit(&schedule, 1, work([40, 40, 40]))
    #expect(next(&schedule) == [1: 2])
    #expect(next(&schedule) == [1: 1])
    try submit(&schedule, 2, work([5, 5, 5], bytes: 200))
    #expect(next(&schedule) == [2: 2])
    #expect(next(&schedule) == [2: 1])
    let wide = Work(
      kind: .capture, depth: 1,
      sizes: (0..<3).map { _ in
        Work.Size(rowCount: 1, bufferByteCount: 4_000, resultByteCount: 1)
      })
    try submit(&schedule, 3, wide)
    #expect(next(&schedule) == [3: 2])
    #expect(next(&schedule) == [3: 1])
    // A longer sequence goes alone.
    try submit(&schedule, 4, work([700, 10]))
    #expect(next(&schedule) == [4: 1])
    #expect(next(&schedule) == [4: 1])
  }

  @Test func `the patient wait for company, but no longer than they said`() throws {
    var schedule = schedule()
    let patient = InferenceTerms(patience: .milliseconds(5))
    try submit(&schedule, 1, work([40]), patient, at: .milliseconds(10))
    var turn = schedule.turn(now: .milliseconds(10))
    #expect(turn == .wait(until: .milliseconds(15)))
    try submit(&schedule, 2, work([40]), patient, at: .milliseconds(12))
    turn = schedule.turn(now: .milliseconds(14))
    #expect(turn == .wait(until: .milliseconds(15)))
    #expect(next(&schedule, at: .milliseconds(15)) == [1: 1, 2: 1])

    // A full pass doesn't wait, nor does what has begun.
    try submit(&schedule, 3, work([60, 60]), patient, at: .milliseconds(20))
    #expect(next(&schedule, at: .milliseconds(20)) == [3: 1])
    #expect(next(&schedule, at: .milliseconds(20)) == [3: 1])

    // One in a hurry takes the patient along.
    try submit(&schedule, 4, work([10]), patient, at: .milliseconds(30))
    try submit(&schedule, 5, work([10]), at: .milliseconds(30))
    #expect(next(&schedule, at: .milliseconds(30)) == [4: 1, 5: 1])

    // Between the layers of another pass nobody waits.
    try submit(
      &schedule, 6, work([10]), InferenceTerms(priority: .urgent, patience: .seconds(5)),
      at: .milliseconds(40))
    #expect(schedule.hasMoreUrgent(than: .low) && !schedule.hasMoreUrgent(than: .urgent))
    #expect(next(&schedule, at: .milliseconds(40), above: .low) == [6: 1])
  }

  @Test func `depths share a pass only where that saves work`() throws {
    var schedule = schedule()
    // 16 rows' worth a pass: 20 rows over 2 more layers are cheaper than a pass of 28 layers.
    try submit(&schedule, 1, work([20], depth: 28))
    try submit(&schedule, 2, work([20], depth: 30))
    #expect(next(&schedule) == [1: 1, 2: 1])
    try submit(&schedule, 3, work([20], depth: 5))
    try submit(&schedule, 4, work([20], depth: 30))
    #expect(next(&schedule) == [3: 1])
    #expect(next(&schedule) == [4: 1])
  }

  @Test func `a long request and short ones take turns`() throws {
    var schedule = schedule { $0.requestCountMax = 100 }
    try submit(&schedule, 1, work([Int](repeating: 50, count: 8)))
    var order = [next(&schedule)]
    for id in 2..<6 {
      try submit(&schedule, id, work([90]))
      order.append(next(&schedule))
    }
    while case let taken = next(&schedule), !taken.isEmpty { order.append(taken) }
    // The short ones came later and are not kept until the long one is done, which goes on meanwhile.
    let long = order.indices.filter { order[$0][1] != nil }
    let short = order.indices.filter { order[$0][1] == nil }
    #expect(long.count == 4 && short.count == 4)
    #expect(short.max() ?? 9 <= 6)
    #expect(long[1] <= 3)
  }

  @Test func `callers of one priority get equal shares however much they ask`() throws {
    var schedule = schedule { limits in
      limits.requestCountMax = 1_000
      limits.waitingTokenCountMax = 100_000
    }
    for id in 0..<100 {
      try submit(&schedule, id, work([30]), InferenceTerms(caller: 1))
    }
    for id in 100..<110 {
      try submit(&schedule, id, work([30]), InferenceTerms(caller: 2))
    }
    var modest: [Int] = []
    for pass in 0..<20 {
      for id in next(&schedule).keys where id >= 100 { modest.append(pass) }
    }
    // 3 sequences a pass: the modest caller has all of its 10 within the first 7 or so.
    #expect(modest.count == 10)
    #expect(modest.max() ?? 99 <= 8)
  }

  @Test func `what is cancelled costs nothing, at each stage`() throws {
    var schedule = schedule()
    try submit(&schedule, 1, work([60, 60]))
    try submit(&schedule, 2, work([10]))
    var isRemoved = [schedule.remove(2), schedule.remove(2)]
    #expect(isRemoved == [true, false])
    #expect(schedule.waitingRowCount == 120)
    #expect(next(&schedule) == [1: 1])
    isRemoved = [schedule.remove(1), schedule.remove(99)]
    #expect(isRemoved == [true, false])
    #expect(isIdle(&schedule))
    #expect(schedule.waitingRequestCount == 0 && schedule.waitingRowCount == 0)
  }

  @Test func `a time limit counts until the request has begun`() throws {
    var schedule = schedule()
    let limited = InferenceTerms(timeLimit: .milliseconds(50))
    try submit(&schedule, 1, work([60, 60]), limited)
    try submit(&schedule, 2, work([90]), limited)
    #expect(next(&schedule, at: .milliseconds(1)) == [1: 1])
    let late = [50, 51].map { schedule.removeLate(now: .milliseconds($0)) }
    #expect(late == [[], [2]])
    #expect(next(&schedule, at: .milliseconds(60)) == [1: 1])
    #expect(schedule.waitingRowCount == 0)
  }

  @Test func `a full queue says when to come back, and lets the more urgent in`() throws {
    var schedule = schedule()
    for id in 0..<3 { try submit(&schedule, id, work([60]), InferenceTerms(priority: .background)) }
    for id in 3..<6 { try submit(&schedule, id, work([60])) }
    let refusal = #expect(throws: InferenceRefusal.self) {
      try schedule.submit(6, work([10]), terms: InferenceTerms(priority: .background), now: .zero)
    }
    guard case .busy(let wait) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(wait > .zero && wait < .seconds(60))
    // The youngest of the lowest priority goes; one that has begun stays.
    var displaced = try schedule.submit(7, work([10]), terms: InferenceTerms(), now: .zero)
    #expect(displaced == [2])
    _ = schedule.remove(3)
    try submit(&schedule, 8, work([60, 60]), InferenceTerms(priority: .urgent))
    #expect(next(&schedule) == [8: 1])
    displaced = try schedule.submit(
      9, work([10]), terms: InferenceTerms(priority: .urgent), now: .zero)
    #expect(displaced == [1])
    #expect(schedule.waitingRequestCount == 6)
    // Tokens are as short as places.
    displaced = try schedule.submit(
      10, work([900]), terms: InferenceTerms(priority: .urgent), now: .zero)
    #expect(displaced == [0, 7, 5, 4])
    #expect(throws: InferenceRefusal.self) {
      try schedule.submit(11, work([900]), terms: InferenceTerms(priority: .urgent), now: .zero)
    }
    #expect(schedule.waitingRequestCount == 3 && schedule.waitingRowCount == 970)
  }

  @Test func `what could never be computed is refused with the reason`() throws {
    var schedule = schedule()
    for impossible in [
      work([600, 500]), work([1], bytes: 501),
      Work(
        kind: .capture, depth: 1,
        sizes: [Work.Size(rowCount: 1, bufferByteCount: 10_001, resultByteCount: 1)]),
    ] {
      let refusal = #expect(throws: InferenceRefusal.self) {
        try schedule.submit(1, impossible, terms: InferenceTerms(), now: .zero)
      }
      guard case .tooLarge(let reason) = refusal else {
        Issue.record("\(String(describing: refusal))")
        continue
      }
      #expect(reason.contains("10000") || reason.contains("1000") || reason.contains("500"))
    }
    #expect(schedule.waitingRequestCount == 0)
  }

  @Test(arguments: 0..<30)
  func `whatever comes, each sequence is computed once and the bounds are kept`(seed: UInt64)
    throws
  {
    var generator = SeededGenerator(seed: seed)
    var schedule = schedule { $0.requestCountMax = 40 }
    var due: [Int: (sizes: [Work.Size], next: Int)] = [:]
    var now = Duration.zero
    for id in 0..<400 {
      now += .milliseconds(Int.random(in: 0...3, using: &generator))
      let rows = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        Int.random(in: 1...130, using: &generator)
      }
      let kind: BatchSchedule.Kind = [.capture, .embedding, .allTokens][
        Int.random(in: 0..<3, using: &generator)]
      let work = work(
        rows, kind, depth: Int.random(in: 0...30, using: &generator),
        bytes: Int.random(in: 0...200, using: &generator))
      let terms = InferenceTerms(
        priority: InferencePriority.allCases[Int.random(in: 0..<4, using: &generator)],
        patience: .milliseconds(Int.random(in: 0...4, using: &generator)),
        timeLimit: Bool.random(using: &generator) ? .milliseconds(9) : nil,
        caller: Bool.random(using: &generator) ? UInt64.random(in: 0..<4, using: &generator) : nil)
      if let displaced = try? schedule.submit(id, work, terms: terms, now: now) {
        due[id] = (work.sizes, 0)
        for other in displaced {
          let begun = due.removeValue(forKey: other)?.next
          #expect(begun == 0)
        }
      }
      if Int.random(in: 0..<9, using: &generator) == 0, let some = due.keys.min() {
        let isRemoved = schedule.remove(some)
        #expect(isRemoved)
        due[some] = nil
      }
      for late in schedule.removeLate(now: now) {
        let begun = due.removeValue(forKey: late)?.next
        #expect(begun == 0)
      }
      if case .run(let pass) = schedule.turn(now: now) { check(pass, &due) }
    }
    while case .run(let pass) = schedule.turn(now: now + .seconds(1)) { check(pass, &due) }
    #expect(due.isEmpty)
    #expect(schedule.waitingRequestCount == 0 && schedule.waitingRowCount == 0)
  }

  private func check(
    _ pass: BatchSchedule.Pass, _ due: inout [Int: (sizes: [Work.Size], next: Int)]
  ) {
    var sizes: [Work.Size] = []
    for part in pass.parts {
      guard let entry = due[part.id] else {
        Issue.record("request \(part.id) was not due")
        continue
      }
      #expect(part.range.lowerBound == entry.next && !part.range.isEmpty)
      sizes += entry.sizes[part.range]
      due[part.id]?.next = part.range.upperBound
      if part.range.upperBound == entry.sizes.count { due[part.id] = nil }
    }
    #expect(pass.rowCount == sizes.reduce(0) { $0 + $1.rowCount })
    if sizes.count > 1 {
      #expect(pass.rowCount <= Self.limits.passRowCountMax)
      #expect(sizes.reduce(0) { $0 + $1.resultByteCount } <= Self.limits.resultByteCountMax)
    }
  }
}

public import ArenaTypes

extension Contest {
  /// Takes a command, and says what happened.
  ///
  /// A contest may hold many runs, so it is changed in place: everything that can be refused is
  /// checked before the first change. A deadline that has passed is acted on by `tick` alone; until
  /// then what comes too late is refused for being late.
  ///
  /// - Complexity: O(log *n*) in the number of runs; a tick, O(*k* log *n*) for *k* due runs.
  /// - Throws: Why the command is refused; the contest is then as it was.
  public mutating func apply(_ command: ContestCommand, now: Timestamp)
    throws(ContestRejection) -> [ContestEvent]
  {
    switch command {
    case .start(let player, let name, let commandID):
      return try start(player, name: name, commandID: commandID, now: now)
    case .answer(let player, let question, let side, let commandID):
      return try answer(player, question: question, side: side, commandID: commandID, now: now)
    case .tick: return tick(now: now)
    case .pause: return try pause(now: now)
    case .resume: return try resume(now: now)
    case .end(_, let reason):
      guard state != .final else { throw .wrongState }
      return close(now: now, because: reason)
    case .remove(let player, _, _): return try remove(player, now: now)
    case .outage(let milliseconds): return try moveClocks(by: milliseconds)
    }
  }

  private mutating func start(
    _ player: PlayerID, name: String, commandID: CommandID, now: Timestamp
  ) throws(ContestRejection) -> [ContestEvent] {
    if let run = runs[player] {
      if run.startedBy == commandID { return [] }
      throw .alreadyStarted
    }
    try requireOpen(now: now)
    let clock = clock(at: now)
    guard clock + setup.shortestRunMilliseconds <= setup.closesAt else { throw .closed }
    guard runs.count < setup.playerCountMax else { throw .full }
    var run = RaceRun(
      player: player, name: name, startedBy: commandID, startedAt: now,
      endsAt: min(clock + setup.runMilliseconds, setup.closesAt))
    ask(&run, number: 0, clock: clock)
    runs.append(run)
    let entry = BoardEntry(
      player: player, name: name, points: 0, finishedAt: now, joinedAt: now)
    board.put(entry)
    return [.runStarted(player: player, run: view(run)), .boardChanged(entry: entry)]
  }

  private mutating func answer(
    _ player: PlayerID, question: Int, side: Side, commandID: CommandID, now: Timestamp
  ) throws(ContestRejection) -> [ContestEvent] {
    if verdict(player: player, commandID: commandID) != nil { return [] }
    guard let index = runs.index(of: player) else { throw .notStarted }
    guard runs.runs[index].end == nil, let asked = runs.runs[index].asked else { throw .runOver }
    let clock = clock(at: now)
    guard clock < runs.runs[index].endsAt else { throw .runOver }
    try requireOpen(now: now)
    guard question >= asked.number else { throw .questionOver }
    guard question == asked.number else { throw .notTheQuestion }
    guard clock < asked.deadline else { throw .questionOver }
    return judge(index, asked: asked, choice: side, commandID: commandID, now: now)
  }

  private func requireOpen(now: Timestamp) throws(ContestRejection) {
    switch state {
    case .scheduled: throw .notOpenYet(opensAt: setup.opensAt)
    case .paused: throw .paused
    case .closing, .final: throw .closed
    case .open: if clock(at: now) >= setup.closesAt { throw .closed }
    }
  }

  private mutating func tick(now: Timestamp) -> [ContestEvent] {
    var events: [ContestEvent] = []
    if state == .scheduled, now >= setup.opensAt {
      state = .open
      events.append(.stateChanged(state: .open, closesAt: closesAt))
    }
    guard state == .open else { return events }
    let clock = clock(at: now)
    while let due = runs.nextDue, due.at <= clock {
      let run = runs.runs[due.index]
      if run.endsAt <= clock {
        events += endRun(due.index, run.endsAt < setup.closesAt ? .time : .closed)
      } else if let asked = run.asked {
        events += judge(due.index, asked: asked, choice: nil, commandID: nil, now: now)
      }
    }
    if clock >= setup.closesAt { events += close(now: now, because: nil) }
    return events
  }

  private mutating func pause(now: Timestamp) throws(ContestRejection) -> [ContestEvent] {
    guard state == .open else { throw .wrongState }
    state = .paused
    pausedAt = now
    return [.stateChanged(state: .paused, closesAt: closesAt)]
  }

  private mutating func resume(now: Timestamp) throws(ContestRejection) -> [ContestEvent] {
    guard state == .paused, let pausedAt else { throw .wrongState }
    let pause = max(now.milliseconds(since: pausedAt), 0)
    state = .open
    self.pausedAt = nil
    shiftMilliseconds += pause
    return [
      .clocksMoved(milliseconds: pause), .stateChanged(state: .open, closesAt: closesAt),
    ]
  }

  /// While the contest is paused or hasn't opened, an outage takes nothing from anybody.
  private mutating func moveClocks(by milliseconds: Int64) throws(ContestRejection)
    -> [ContestEvent]
  {
    guard (0...Duel.outageMillisecondsMax).contains(milliseconds) else { throw .badDuration }
    guard state == .open, milliseconds > 0 else { return [] }
    shiftMilliseconds += milliseconds
    return [.clocksMoved(milliseconds: milliseconds)]
  }

  private mutating func remove(_ player: PlayerID, now: Timestamp) throws(ContestRejection)
    -> [ContestEvent]
  {
    guard let index = runs.index(of: player), board.entry(of: player) != nil else {
      throw .notStarted
    }
    var events = endRun(index, .removed)
    board.remove(player)
    events.append(.entryRemoved(player: player))
    if var result {
      result.isAmended = true
      self.result = result
      events.append(.final(result: result))
    }
    return events
  }

  private mutating func close(now: Timestamp, because reason: String?) -> [ContestEvent] {
    var events: [ContestEvent] = []
    state = .closing
    events.append(.stateChanged(state: .closing, closesAt: closesAt))
    while let due = runs.nextDue { events += endRun(due.index, .closed) }
    pausedAt = nil
    state = .final
    let result = ContestResult(at: now, playerCount: runs.count, endedBecause: reason)
    self.result = result
    events.append(.stateChanged(state: .final, closesAt: closesAt))
    events.append(.final(result: result))
    return events
  }
}

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
    case .start(let player, let name, let commandID, let standing, let territory):
      return try start(
        player, name: name, commandID: commandID, standing: standing, territory: territory,
        now: now)
    case .answer(let player, let question, let side, let commandID):
      return try answer(.pick(side: side), question, of: player, commandID: commandID, now: now)
    case .submit(let player, let question, let content, let commandID):
      return try answer(content, question, of: player, commandID: commandID, now: now)
    case .next(let player, let question):
      try requireRunning(player)
      return absorb(try rule.next(after: question, of: player, moment(now)))
    case .tick: return tick(now: now)
    case .checked(let player, let question, let attempt, let result):
      return try take(
        .check(result, seat: SoloRound.seat, attempt: attempt), question, of: player, now: now)
    case .scored(let player, let question, let attempt, let outcome):
      return try take(
        .score(outcome, seat: SoloRound.seat, attempt: attempt), question, of: player, now: now)
    case .activations(let player, let question, let attempt, let outcome):
      return try take(
        .activations(outcome, seat: SoloRound.seat, attempt: attempt), question, of: player,
        now: now)
    case .settled(let player, let question, let outcome):
      guard state == .closing else { throw .answer(.notWanted) }
      let events = try rule.settle(outcome, question: question, of: player, moment(now))
      return events + goOnClosing(now: now)
    case .pause: return try pause(now: now)
    case .resume: return try resume(now: now)
    case .extend(let milliseconds, _, _): return try extend(by: milliseconds, now: now)
    case .end(_, let reason):
      guard state != .final, state != .closing else { throw .wrongState }
      return close(now: now, because: reason)
    case .remove(let player, _, let reason):
      return try remove(player, because: reason, now: now)
    case .outage(let milliseconds): return try moveClocks(by: milliseconds)
    }
  }

  private mutating func start(
    _ player: PlayerID, name: String, commandID: CommandID, standing: Standing?,
    territory: Territory?, now: Timestamp
  ) throws(ContestRejection) -> [ContestEvent] {
    if let head = rule.head(of: player) {
      if head.startedBy == commandID { return [] }
      throw .alreadyStarted
    }
    try requireOpen()
    let moment = moment(now)
    guard moment.clock < setup.closesAt, moment.clock <= rule.lastStart(setup) else {
      throw .closed
    }
    guard rule.runCount < setup.playerCountMax else { throw .full }
    let isKeptOff =
      (setup.plan?.ranksEstablishedOnly ?? false) && standing?.isEstablished(at: now) == false
    let head = RunHead(
      player: player, name: name, startedBy: commandID, startedAt: now, isRanked: !isKeptOff,
      territory: territory)
    return absorb(rule.start(head, moment))
  }

  private mutating func answer(
    _ answer: Answer, _ question: Int, of player: PlayerID, commandID: CommandID, now: Timestamp
  ) throws(ContestRejection) -> [ContestEvent] {
    if rule.hasTaken(commandID, of: player) { return [] }
    try requireRunning(player)
    return absorb(
      try rule.answer(answer, question: question, of: player, commandID: commandID, moment(now)))
  }

  /// Takes a result of the engine; it comes whenever it comes, and pauses don't hold it up.
  private mutating func take(
    _ reply: EngineReply, _ question: Int, of player: PlayerID, now: Timestamp
  ) throws(ContestRejection) -> [ContestEvent] {
    guard state != .final else { throw .answer(.notWanted) }
    let events = absorb(try rule.take(reply, question: question, of: player, moment(now)))
    return events + (state == .closing ? goOnClosing(now: now) : [])
  }

  private func requireRunning(_ player: PlayerID) throws(ContestRejection) {
    guard let head = rule.head(of: player) else { throw .notStarted }
    guard head.end == nil else { throw .runOver }
    try requireOpen()
  }

  private func requireOpen() throws(ContestRejection) {
    switch state {
    case .scheduled: throw .notOpenYet(opensAt: setup.opensAt)
    case .paused: throw .paused
    case .closing, .final: throw .closed
    case .open: break
    }
  }

  /// Keeps the board as the rule's events say, and passes on what everybody may know: who plays
  /// beside the board, or was taken off it, has no entry.
  mutating func absorb(_ events: [ContestEvent]) -> [ContestEvent] {
    events.filter { event in
      guard case .boardChanged(let entry) = event else { return true }
      let head = rule.head(of: entry.player)
      guard head?.isRanked == true, head?.end != .removed, board.entry(of: entry.player) != entry
      else { return false }
      board.put(entry)
      return true
    }
  }

  private mutating func tick(now: Timestamp) -> [ContestEvent] {
    var events: [ContestEvent] = []
    if state == .scheduled, now >= setup.opensAt {
      state = .open
      events.append(.stateChanged(state: .open, closesAt: closesAt))
      if let stage { events.append(.stageChanged(stage: stage)) }
    }
    if state == .closing { return events + goOnClosing(now: now) }
    guard state == .open else { return events }
    let moment = moment(now)
    events += absorb(rule.advance(moment))
    if moment.clock >= setup.closesAt || rule.isOver { events += close(now: now, because: nil) }
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
    return moved(by: pause) + [.stateChanged(state: .open, closesAt: closesAt)]
  }

  /// Moves the end; no clock of a run that goes on is changed by it, and none is cut short in silence.
  private mutating func extend(by milliseconds: Int64, now: Timestamp) throws(ContestRejection)
    -> [ContestEvent]
  {
    // A live contest ends when its last round does.
    guard state == .scheduled || state == .open || state == .paused, setup.kind != .live else {
      throw .wrongState
    }
    let limit = Int64(Moderation.extensionSecondsMax) * 1_000
    guard milliseconds != 0, (-limit...limit).contains(milliseconds) else { throw .badDuration }
    let end = setup.closesAt + milliseconds
    guard end > max(setup.opensAt, clock(at: now)) else { throw .badDuration }
    setup.closesAt = end
    return [.stateChanged(state: state, closesAt: closesAt)]
  }

  /// While the contest is paused or hasn't opened, an outage takes nothing from anybody.
  private mutating func moveClocks(by milliseconds: Int64) throws(ContestRejection)
    -> [ContestEvent]
  {
    guard (0...Duel.outageMillisecondsMax).contains(milliseconds) else { throw .badDuration }
    guard milliseconds > 0 else { return [] }
    switch state {
    case .open:
      shiftMilliseconds += milliseconds
      return moved(by: milliseconds)
    case .closing:
      // The engine owed nothing while there was none.
      if let until = closing?.until { closing?.until = until + milliseconds }
      return [.clocksMoved(milliseconds: milliseconds)]
    case .scheduled, .paused, .final: return []
    }
  }

  private func moved(by milliseconds: Int64) -> [ContestEvent] {
    [.clocksMoved(milliseconds: milliseconds)]
      + (stage.map { [.stageChanged(stage: $0)] } ?? [])
  }

  private mutating func remove(_ player: PlayerID, because reason: String, now: Timestamp)
    throws(ContestRejection) -> [ContestEvent]
  {
    guard let head = rule.head(of: player), head.end != .removed,
      board.entry(of: player) != nil || (!head.isRanked && state != .final)
    else { throw .notStarted }
    var events = absorb(rule.end(player, .removed, moment(now)))
    removedCount += 1
    if board.remove(player) != nil { events.append(.entryRemoved(player: player)) }
    if var result {
      result.isAmended = true
      result.amendedBecause = reason
      self.result = result
      events.append(.final(result: result))
    }
    return events
  }
}

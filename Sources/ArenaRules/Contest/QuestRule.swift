import ArenaTypes

/// The best explanation of each of a set of units, summed; three tries each, in any order.
///
/// A try is a text that has passed the checks; one that was refused, or that the engine could not
/// score, uses none up. While the quest is open, tries are scored on the first sealed half of the
/// held-out excerpts. When it closes, the best text of each unit is scored once more on the second
/// half, which nobody could climb, and that is what the final board stands on: one text a unit, so
/// that nobody gets the luckiest of three.
struct QuestRule: ContestRule {
  private(set) var runs = RunTable<QuestRun>()
  private let templates: [WriteRound]
  private let tryCount: Int
  /// Players of whom the engine owes a check or a score.
  private var waiting: Set<PlayerID> = []
  /// The settled scores that are owed.
  private var unsettled: Set<QuestRun.Place> = []

  init(_ setup: ContestSetup) {
    templates = setup.sharedRounds().compactMap {
      if case .write(let rule) = $0 { rule } else { nil }
    }
    tryCount = setup.plan?.tryCount ?? 1
  }

  var runCount: Int { runs.count }
  func head(of player: PlayerID) -> RunHead? { runs[player]?.head }
  var runningPlayers: [PlayerID] { runs.runningPlayers }
  var nextDue: Timestamp? { nil }
  func hasTaken(_ commandID: CommandID, of player: PlayerID) -> Bool {
    runs[player]?.commands.contains(commandID) ?? false
  }

  /// What is asked, the same for everyone and from the start.
  func questions(_ moment: ContestMoment) -> [RaceQuestion] {
    templates.enumerated().map { number, template in
      RaceQuestion(
        number: number, question: template.question,
        deadline: moment.wall(moment.setup.closesAt))
    }
  }

  func view(of player: PlayerID, _ moment: ContestMoment) -> RunView? {
    runs[player].map { view($0, moment) }
  }

  private func view(_ run: QuestRun, _ moment: ContestMoment) -> RunView {
    RunView(
      startedAt: run.head.startedAt, endsAt: moment.wall(moment.setup.closesAt),
      points: run.points, wrongCount: 0, end: run.head.end, question: nil,
      isRanked: run.head.isRanked,
      rounds: run.units.enumerated().map { number, unit in
        unit.view(
          number: number, question: templates[number].question, tryCount: tryCount,
          isOver: run.head.end != nil, isSettled: run.isSettled)
      })
  }

  // MARK: Commands

  mutating func start(_ head: RunHead, _ moment: ContestMoment) -> [ContestEvent] {
    let run = QuestRun(head: head, unitCount: templates.count)
    runs.append(run)
    return [
      .runStarted(player: head.player, run: view(run, moment)), .boardChanged(entry: run.entry),
    ]
  }

  mutating func answer(
    _ answer: Answer, question: Int, of player: PlayerID, commandID: CommandID,
    _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player) else { throw .notStarted }
    guard templates.indices.contains(question) else { throw .notTheQuestion }
    guard moment.clock < moment.setup.closesAt else { throw .closed }
    let (template, tryCount) = (templates[question], tryCount)
    let effects = try runs.update(index) { run throws(ContestRejection) in
      let effects = try run.units[question].take(
        answer, from: template, tryCount: tryCount, at: moment.now)
      run.remember(commandID)
      return effects
    }
    return changed(index, question, effects, moment)
  }

  mutating func take(
    _ reply: EngineReply, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    guard let index = runs.index(of: player), templates.indices.contains(question) else {
      throw .answer(.notWanted)
    }
    let effects = try runs.update(index) { run throws(ContestRejection) in
      try run.units[question].take(reply)
    }
    return changed(index, question, effects, moment)
  }

  private mutating func changed(
    _ index: Int, _ question: Int, _ effects: [RoundEffect], _ moment: ContestMoment
  ) -> [ContestEvent] {
    let run = runs.runs[index]
    if run.units.contains(where: \.isWaiting) {
      waiting.insert(run.head.player)
    } else {
      waiting.remove(run.head.player)
    }
    let asked = templates[question].question
    return effects.compactMap { $0.wish(of: run.head.player, question, asked) } + [
      .runChanged(player: run.head.player, run: view(run, moment)),
      .boardChanged(entry: run.entry),
    ]
  }

  mutating func advance(_ moment: ContestMoment) -> [ContestEvent] { [] }

  mutating func end(_ player: PlayerID, _ end: RunView.End, _ moment: ContestMoment)
    -> [ContestEvent]
  {
    guard let index = runs.index(of: player) else { return [] }
    let wasOver = runs.runs[index].head.end != nil
    guard !wasOver || end == .removed else { return [] }
    runs.update(index) { $0.head.end = end }
    let run = view(runs.runs[index], moment)
    return [wasOver ? .runChanged(player: player, run: run) : .runEnded(player: player, run: run)]
  }

  mutating func endAll(_ moment: ContestMoment) -> [ContestEvent] {
    runs.runs.map(\.head.player).flatMap { end($0, .closed, moment) }
  }

  // MARK: Engine

  var isWaiting: Bool { !waiting.isEmpty }

  var outstanding: [ContestEvent] {
    let scores = waiting.sorted().compactMap { runs[$0] }.flatMap { run in
      run.units.enumerated().flatMap { number, unit in
        unit.outstanding.compactMap {
          $0.wish(of: run.head.player, number, templates[number].question)
        }
      }
    }
    return scores + unsettled.sorted().compactMap(settleWish)
  }

  mutating func stopWaiting(_ moment: ContestMoment)
    -> (lostCount: Int, events: [ContestEvent])
  {
    var lostCount = 0
    var events: [ContestEvent] = []
    for player in waiting.sorted() {
      guard let index = runs.index(of: player) else { continue }
      lostCount += runs.update(index) { run in
        var lost = 0
        for number in run.units.indices where run.units[number].stopWaiting() { lost += 1 }
        return lost
      }
      events.append(.runChanged(player: player, run: view(runs.runs[index], moment)))
    }
    waiting = []
    return (lostCount, events)
  }

  // MARK: Settling

  var isSettling: Bool { !unsettled.isEmpty }

  /// The leaders' texts come first: where time runs out, the top is settled.
  mutating func beginSettling() -> [ContestEvent] {
    let ranked = runs.runs.filter { $0.head.end != .removed && $0.head.isRanked }
      .sorted { $0.entry.precedes($1.entry) }
    var wishes: [ContestEvent] = []
    for run in ranked {
      for number in run.units.indices {
        let place = QuestRun.Place(player: run.head.player, question: number)
        guard let wish = settleWish(place) else { continue }
        unsettled.insert(place)
        wishes.append(wish)
      }
    }
    return wishes
  }

  private func settleWish(_ place: QuestRun.Place) -> ContestEvent? {
    guard let best = runs[place.player]?.units[place.question].best else { return nil }
    return .settleWanted(
      player: place.player, question: place.question,
      unit: templates[place.question].question.unit, text: best.text)
  }

  mutating func settle(
    _ outcome: ScoreOutcome, question: Int, of player: PlayerID, _ moment: ContestMoment
  ) throws(ContestRejection) -> [ContestEvent] {
    let place = QuestRun.Place(player: player, question: question)
    guard unsettled.remove(place) != nil, let index = runs.index(of: player) else {
      throw .answer(.notWanted)
    }
    if case .scored(let score) = outcome {
      runs.update(index) { $0.units[question].settled = score }
    }
    return [.runChanged(player: player, run: view(runs.runs[index], moment))]
  }

  mutating func endSettling(_ moment: ContestMoment)
    -> (unsettledCount: Int, events: [ContestEvent])
  {
    unsettled = []
    var count = 0
    var events: [ContestEvent] = []
    for (index, run) in runs.runs.enumerated() where run.head.end != .removed {
      if run.head.isRanked { count += run.units.count { $0.best != nil && $0.settled == nil } }
      runs.update(index) { $0.isSettled = true }
      let settled = runs.runs[index]
      events += [
        .runChanged(player: run.head.player, run: view(settled, moment)),
        .boardChanged(entry: settled.entry),
      ]
    }
    return (count, events)
  }
}

import ArenaProtocol
import ArenaRules
import ArenaTypes

extension WireViews {
  /// A question of a race; the clock beside it is the run's.
  func question(_ asked: RaceQuestion) -> Wire.Question {
    let question = asked.question
    let options = question.options
    return Wire.Question(
      number: asked.number + 1, unit: card(question.unit),
      clues: clues(question.clues, of: question.unit),
      options: Wire.SideTexts(
        a: options.first.map(text) ?? "", b: options.dropFirst().first.map(text) ?? ""),
      deadline: asked.deadline)
  }

  /// The run as its player sees it.
  func run(_ run: RunView, of setup: ContestSetup) -> Wire.Run {
    let isRace = setup.kind == .race
    let asked = run.question
    let last = run.rounds.last
    return Wire.Run(
      contest: setup.id, startedAt: run.startedAt, endsAt: run.endsAt, points: run.points,
      wrong: run.wrongCount, over: run.end != nil,
      endReason: run.end.flatMap { Wire.RunEndReason(rawValue: $0.rawValue) },
      question: isRace ? asked.map(question) : nil,
      kind: Wire.ContestKind(rawValue: setup.kind.rawValue) ?? .race, ranked: run.isRanked,
      round: isRace ? nil : asked.map { round($0, of: setup) },
      rounds: run.rounds.map(runRound),
      fireTries: last?.fireTries.map { fireTry($0, isOwn: true, round: 0, seat: 0) } ?? [],
      reveal: last?.result.map { reveal($0, heat: heat(of: $0)) },
      given: run.given.map { Wire.Answer($0) },
      share: setup.kind == .daily && run.end == .finished && run.isSettled
        ? ShareText.text(
          date: setup.plan?.date ?? "", points: run.rounds.map { $0.points ?? 0 }) : nil)
  }

  private func round(_ asked: RaceQuestion, of setup: ContestSetup) -> Wire.RoundView {
    let time = setup.plan?.timing.question(asked.question.kind) ?? 0
    return round(
      asked.question, number: asked.number + 1, of: setup.plan?.rounds.count ?? 1,
      startedAt: asked.deadline + .milliseconds(-time), deadline: asked.deadline)
  }

  private func runRound(_ round: RunRound) -> Wire.RunRound {
    Wire.RunRound(
      number: round.number + 1, kind: Wire.RoundKind(round.kind), unit: round.unit,
      state: Wire.RunRoundState(rawValue: round.state.rawValue) ?? .done, points: round.points,
      refused: round.refusal.map { Wire.TextRefusal($0.reason) },
      tries: round.tries.map { attempt in
        Wire.RunTry(
          number: attempt.number + 1, text: attempt.text.description,
          state: Wire.RunTryState(rawValue: attempt.state.rawValue) ?? .lost,
          score: attempt.score, refused: attempt.refusal.map { Wire.TextRefusal($0) })
      }, triesLeft: round.triesLeft, settled: round.settled)
  }

  /// What everybody sees of a live contest.
  func stage(_ stage: ArenaRules.ContestStage, of setup: ContestSetup) -> Wire.ContestStage {
    var view: Wire.RoundView?
    if let question = stage.question, let number = stage.round {
      let until = stage.phase == .question ? stage.until : stage.since
      let deadline = until ?? stage.until ?? setup.closesAt
      view = round(
        question, number: number + 1, of: setup.plan?.rounds.count ?? 1,
        startedAt: stage.since ?? deadline, deadline: deadline)
    }
    return Wire.ContestStage(
      phase: Wire.StagePhase(rawValue: stage.phase.rawValue) ?? .over, round: view,
      reveal: stage.result.map { reveal($0, heat: heat(of: $0)) }, until: stage.until,
      answered: stage.answeredCount)
  }

  /// A contest in one line.
  func summary(_ contest: Contest, seal: Wire.ContestSeal?) -> Wire.ContestSummary {
    let setup = contest.setup
    let (plan, result) = (setup.plan, contest.result)
    let isRace = setup.kind == .race
    let length = setup.closesAt - setup.opensAt
    return Wire.ContestSummary(
      id: setup.id, title: setup.title,
      kind: Wire.ContestKind(rawValue: setup.kind.rawValue) ?? .race,
      state: Wire.ContestState(rawValue: contest.state.rawValue) ?? .open,
      opensAt: setup.opensAt, closesAt: contest.closesAt, players: contest.playerCount,
      runSeconds: Int(isRace ? setup.runMilliseconds / 1_000 : length.wholeMilliseconds / 1_000),
      wrongCostSeconds: isRace ? Int(setup.wrongCostMilliseconds / 1_000) : 0,
      wrongMax: isRace ? setup.wrongCountMax : 0, endedBecause: result?.endedBecause,
      amended: result?.isAmended ?? false, rounds: isRace ? nil : plan?.rounds.count,
      tries: setup.kind == .quest ? plan?.tryCount : nil, zone: plan?.zone, date: plan?.date,
      establishedOnly: plan?.ranksEstablishedOnly ?? false, beside: contest.besideCount,
      amendedBecause: result?.amendedBecause, seal: seal, campaign: plan?.campaign)
  }
}

extension Wire.BoardEntry {
  init(_ entry: ArenaRules.BoardEntry) {
    self.init(
      player: entry.player, name: entry.name, points: entry.points,
      finishedAt: entry.finishedAt, territory: entry.territory)
  }
}

extension Wire.BoardOperation {
  init(_ operation: ArenaRules.BoardOperation) {
    switch operation {
    case .remove(let position): self = .remove(position: position)
    case .insert(let position, let entry):
      self = .insert(position: position, entry: Wire.BoardEntry(entry))
    case .move(let from, let to, let entry):
      self = .move(from: from, to: to, entry: Wire.BoardEntry(entry))
    case .change(let position, let entry):
      self = .change(position: position, entry: Wire.BoardEntry(entry))
    }
  }
}

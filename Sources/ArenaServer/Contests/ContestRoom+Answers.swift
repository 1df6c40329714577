import ArenaRules
import ArenaStorage
import ArenaTypes
import Interpretation

/// What players answer in contests, kept for research beside the journal.
///
/// | kind | kept when |
/// |---|---|
/// | race | a question is judged |
/// | daily | a round's points are known |
/// | live | an answer is given; who gave none, at the reveal |
/// | quest | a text's score is known |
///
/// Names of records are made of contest, player, round and attempt, so that what is kept again after a
/// restart is kept once.
extension ContestRoom {
  /// The question that a command answers, as it stands before the command; nil where there is none.
  func askedQuestion(of command: ContestCommand) -> RaceQuestion? {
    guard contest.setup.kind == .race, case .answer(let player, _, _, _) = command else {
      return nil
    }
    return contest.run(of: player)?.question
  }

  /// What is written together with a command that settles answers.
  func answerWrites(
    _ events: [ContestEvent], command: ContestCommand, asked: RaceQuestion?, now: Timestamp
  ) -> [StoreWrite] {
    let records =
      switch contest.setup.kind {
      case .race: raceRecords(events, asked: asked, now: now)
      case .daily: dailyRecords(events, now: now)
      case .live: liveRecords(events, command: command, now: now)
      case .quest: questRecords(events, command: command, now: now)
      }
    return records.map { .recordAnswer($0) }
  }

  private func record(
    of player: PlayerID, round: Int, attempt: Int = 0, unit: UnitID, at now: Timestamp,
    milliseconds: Int, _ content: AnswerRecord.Content, _ circumstances: AnswerCircumstances
  ) -> AnswerRecord {
    AnswerRecord(
      id: "\(id)/\(player)/\(round)/\(attempt)", player: player, unit: unit,
      campaign: campaign, at: now, milliseconds: max(0, milliseconds), content: content,
      circumstances: circumstances)
  }

  private var campaign: CampaignID {
    contest.setup.plan?.campaign ?? served.id
  }

  private func circumstances(of player: PlayerID) -> AnswerCircumstances {
    AnswerCircumstances(
      setting: .contest, isRated: contest.run(of: player)?.isRanked ?? false)
  }

  // MARK: Kinds

  private func raceRecords(
    _ events: [ContestEvent], asked: RaceQuestion?, now: Timestamp
  ) -> [AnswerRecord] {
    events.compactMap { event in
      guard case .judged(let player, let verdict) = event else { return nil }
      var circumstances = circumstances(of: player)
      var content = AnswerRecord.Content.unanswered(kind: ArenaRules.RoundKind.pick.rawValue)
      var used = contest.setup.questionMilliseconds
      if let choice = verdict.choice, let asked, asked.number == verdict.question,
        asked.question.options.count == 2
      {
        let options = asked.question.options
        let (chosen, other) = choice == .a ? (options[0], options[1]) : (options[1], options[0])
        content = .pick(chosen: chosen, other: other, wasShownFirst: choice == .a)
        used -= (asked.deadline - now).wholeMilliseconds
        circumstances.isRight = verdict.isRight
        circumstances.basis = basis(of: options, unit: verdict.unit)?.rawValue
      }
      return record(
        of: player, round: verdict.question, unit: verdict.unit, at: now,
        milliseconds: Int(used), content, circumstances)
    }
  }

  private func basis(of options: [ExplanationID], unit: UnitID) -> ExplanationPair.Basis? {
    served.campaign.unit(unit)?.pairs.compactMap(\.asked).first { $0.holds(options) }?
      .basis
  }

  private func dailyRecords(_ events: [ContestEvent], now: Timestamp) -> [AnswerRecord] {
    events.flatMap { event -> [AnswerRecord] in
      guard let (player, run) = event.changedRun else { return [] }
      return run.rounds.flatMap { round -> [AnswerRecord] in
        guard let result = round.result,
          keptRounds[player, default: []].insert(round.number).inserted
        else { return [] }
        return records(of: result.reveal, player, round: round.number, unit: round.unit, now: now)
      }
    }
  }

  private func records(
    of reveal: RoundReveal, _ player: PlayerID, round: Int, unit: UnitID, now: Timestamp
  ) -> [AnswerRecord] {
    var circumstances = reveal.circumstances(
      seat: 0, setting: .contest, isRated: contest.run(of: player)?.isRanked ?? false, pairs: [])
    // What is written in a contest is seen by its author alone, so nobody has looked at it.
    switch reveal.kind {
    case .write, .fire: circumstances.isHidden = true
    case .pick, .oddOneOut, .predict: break
    }
    return reveal.contents(seat: 0).enumerated().map { attempt, content in
      record(
        of: player, round: round, attempt: attempt, unit: unit, at: now,
        milliseconds: reveal.milliseconds(seat: 0) ?? 0, content, circumstances)
    }
  }

  private func liveRecords(
    _ events: [ContestEvent], command: ContestCommand, now: Timestamp
  ) -> [AnswerRecord] {
    if case .submit(let player, _, _, _) = command {
      guard let (round, reveal) = contest.judgedAnswer(of: player),
        keptRounds[player, default: []].insert(round).inserted
      else { return [] }
      let unit = contest.setup.materials[round].unit
      return records(of: reveal, player, round: round, unit: unit, now: now)
    }
    // At a reveal the run of everybody who was there changes.
    return events.flatMap { event -> [AnswerRecord] in
      guard let (player, run) = event.changedRun, let round = run.rounds.last,
        keptRounds[player, default: []].insert(round.number).inserted
      else { return [] }
      return [
        record(
          of: player, round: round.number, unit: round.unit, at: now, milliseconds: 0,
          .unanswered(kind: round.kind.rawValue), circumstances(of: player))
      ]
    }
  }

  private func questRecords(
    _ events: [ContestEvent], command: ContestCommand, now: Timestamp
  ) -> [AnswerRecord] {
    guard case .scored(let player, let question, let attempt, _) = command,
      let run = events.lazy.compactMap(\.changedRun).first(where: { $0.player == player })?.run,
      run.rounds.indices.contains(question),
      let text = run.rounds[question].tries.first(where: { $0.number == attempt })
    else { return [] }
    var circumstances = circumstances(of: player)
    circumstances.isHidden = true
    return [
      record(
        of: player, round: question, attempt: attempt, unit: run.rounds[question].unit, at: now,
        milliseconds: 0,
        .write(
          text: text.text.description, score: text.score?.value, scorer: text.score?.scorer),
        circumstances)
    ]
  }
}

extension ContestEvent {
  /// The player and the run that it tells of, after the run began.
  fileprivate var changedRun: (player: PlayerID, run: RunView)? {
    switch self {
    case .runChanged(let player, let run), .runEnded(let player, let run): (player, run)
    default: nil
    }
  }
}
